package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickbridge.gateway.config.Transport;
import io.tickbridge.gateway.transport.SocketTransport;
import io.tickbridge.protocol.LogoutDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which transport is taken, why, and that the link works over each that this machine has. */
class TransportChoiceTest {

    private static TransportChoice choose(final Transport wanted, final String epoll, final String ioUring)
            throws IOException {
        final Map<SocketTransport, Optional<String>> obstacles = Map.of(
                SocketTransport.IO_URING, Optional.ofNullable(ioUring), SocketTransport.EPOLL, Optional.ofNullable(epoll),
                SocketTransport.NIO, Optional.empty());
        return TransportChoice.choose(wanted, obstacles::get);
    }

    @Test
    void takesTheFirstThatWorks() throws IOException {
        assertEquals(new TransportChoice(SocketTransport.EPOLL, "first that works here"),
                choose(Transport.AUTO, null, null));
        assertEquals(new TransportChoice(SocketTransport.IO_URING, "first that works here; not epoll: kernel says no"),
                choose(Transport.AUTO, "kernel says no", null));
        assertEquals(new TransportChoice(SocketTransport.NIO, "first that works here; not epoll: a; not io-uring: b"),
                choose(Transport.AUTO, "a", "b"));
    }

    @Test
    void takesTheOneConfiguredOrSaysWhyNot() throws IOException {
        assertEquals(new TransportChoice(SocketTransport.EPOLL, "as configured"), choose(Transport.EPOLL, null, null));
        final IOException refused = assertThrows(IOException.class, () -> choose(Transport.IO_URING, null, "kernel says no"));
        assertEquals("link.transport does not work here; not io-uring: kernel says no; set it to auto, which takes one that "
                + "does", refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void theLinkWorksOver(final Transport transport, @TempDir final Path directory) {
        assumeTrue(SocketTransport.candidates(transport).stream().anyMatch(candidate -> candidate.obstacle().isEmpty()),
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
        assumeTrue(SocketTransport.candidates(transport).stream().anyMatch(candidate -> candidate.obstacle().isEmpty()),
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
