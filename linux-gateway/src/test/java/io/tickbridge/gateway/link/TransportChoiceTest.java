package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.protocol.LogoutDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which transport is taken, why, and that the link works over each that this machine has. */
class TransportChoiceTest {

    private static List<TransportChoice.Candidate> candidates(final String ioUring, final String epoll) {
        return List.of(candidate(Transport.IO_URING, ioUring), candidate(Transport.EPOLL, epoll),
                candidate(Transport.NIO, null));
    }

    private static TransportChoice.Candidate candidate(final Transport transport, final String obstacle) {
        return new TransportChoice.Candidate(transport, () -> Optional.ofNullable(obstacle), NioIoHandler::newFactory,
                NioServerSocketChannel.class);
    }

    @Test
    void takesTheFirstThatWorks() throws IOException {
        assertEquals(Transport.IO_URING, TransportChoice.choose(Transport.AUTO, candidates(null, null)).transport());
        final TransportChoice epoll = TransportChoice.choose(Transport.AUTO, candidates("kernel says no", null));
        assertEquals(Transport.EPOLL, epoll.transport());
        assertEquals("first that works here; not IO_URING: kernel says no", epoll.reason());
        final TransportChoice nio = TransportChoice.choose(Transport.AUTO, candidates("a", "b"));
        assertEquals(Transport.NIO, nio.transport());
        assertEquals("first that works here; not IO_URING: a; not EPOLL: b", nio.reason());
    }

    @Test
    void takesTheOneConfiguredOrSaysWhyNot() throws IOException {
        assertEquals(Transport.EPOLL, TransportChoice.choose(Transport.EPOLL, candidates(null, null)).transport());
        final IOException refused = assertThrows(IOException.class,
                () -> TransportChoice.choose(Transport.IO_URING, candidates("kernel says no", null)));
        assertEquals("link.transport IO_URING does not work here; not IO_URING: kernel says no; "
                + "AUTO takes one that does",
                refused.getMessage());
    }

    @Test
    void refusesIoUringUnderOnload() throws IOException {
        final TransportChoice choice = TransportChoice.choose(Transport.AUTO, TransportChoice.candidates(true));
        assertFalse(choice.transport() == Transport.IO_URING);
        assertTrue(choice.reason().contains("Onload is preloaded"), choice.reason());
        assertThrows(IOException.class,
                () -> TransportChoice.choose(Transport.IO_URING, TransportChoice.candidates(true)));
    }

    @Test
    void knowsOnloadByItsLibrary() {
        final String libc = "7f0000-7f1000 r-xp 00000000 fe:00 1234   /usr/lib/x86_64-linux-gnu/libc.so.6";
        final String onload = "7f2000-7f3000 r-xp 00000000 fe:00 1235   /usr/lib64/libonload.so";
        assertFalse(TransportChoice.isOnloadAmong(Stream.of(libc)));
        assertTrue(TransportChoice.isOnloadAmong(Stream.of(libc, onload)));
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void theLinkWorksOver(final Transport transport, @TempDir final Path directory) {
        assumeTrue(TransportChoice.candidates(false).stream()
                .filter(c -> c.transport() == transport).allMatch(c -> c.obstacle().get().isEmpty()),
                "skipped: " + transport + " does not work here");
        try (LinkHarness link = new LinkHarness(directory, LinkHarness.Setup.USUAL.transport(transport)
                .retain(1 << 14))) {
            final TestAddOn addOn = link.loggedOn();
            final List<byte[]> bodies = new ArrayList<>();
            for (int i = 0; i < 5000; i++) {
                bodies.add(link.signal());
                if (i % 7 == 0) {
                    link.server.doWork();
                }
                addOn.poll();
            }
            link.until(() -> addOn.sequenced().size() == bodies.size());
            for (int i = 0; i < bodies.size(); i++) {
                assertArrayEquals(bodies.get(i), addOn.sequenced().get(i).block(0, 64));
            }
            final TestAddOn late = link.loggedOn(0, 4001);
            link.until(() -> late.sequenced().size() == 1000);
            assertEquals(4001, late.sequenced().get(0).sequence());
            final TestAddOn wrong = link.challenged();
            wrong.send(new byte[64]);
            link.until(wrong::isEnded);
            late.send(TestAddOn.logout());
            link.until(late::isEnded);
            link.until(() -> link.server.peers() == 1);
            link.server.close();
            addOn.poll();
            assertTrue(addOn.isEnded() && addOn.has(LogoutDecoder.TEMPLATE_ID));
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aSlowPeerIsCutOffOver(final Transport transport, @TempDir final Path directory) {
        assumeTrue(TransportChoice.candidates(false).stream()
                .filter(c -> c.transport() == transport).allMatch(c -> c.obstacle().get().isEmpty()),
                "skipped: " + transport + " does not work here");
        try (LinkHarness link = new LinkHarness(directory, LinkHarness.Setup.USUAL.transport(transport)
                .peerBuffer(8192))) {
            final TestAddOn slow = link.loggedOn();
            int sent = 0;
            while (link.server.counts().get(LinkCounter.SLOW_PEERS) == 0) {
                link.signal();
                link.server.doWork();
                assertTrue(++sent < 1_000_000, "never cut off");
            }
            link.until(slow::isEnded);
            final TestAddOn.Frame last = slow.frames.get(slow.frames.size() - 1);
            assertEquals(LogoutDecoder.TEMPLATE_ID, last.template());
            assertEquals(slow.sequenced().size(), last.sequence());
            final long received = slow.sequenced().size();
            final int total = sent;
            final TestAddOn again = link.loggedOn(link.server.session(), total);
            assertEquals(1, again.sequenced().size());
            assertTrue(received < total);
        }
    }

    @Test
    void saysWhereItCannotListen(@TempDir final Path directory) {
        try (LinkHarness link = new LinkHarness(directory)) {
            final IOException taken = assertThrows(IOException.class, () -> LinkSocket.listen(
                    LinkHarness.config(directory.resolve("key"), link.port, LinkHarness.Setup.USUAL), channel -> { }));
            assertTrue(taken.getMessage().startsWith("link cannot listen on 127.0.0.1 port " + link.port + ": "),
                    taken::getMessage);
        }
    }
}
