package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.tickbridge.gateway.config.LinkLimits;
import io.tickbridge.gateway.config.LinkSecurity;
import io.tickbridge.protocol.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bad connections do to a gateway: nothing. An add-on that was there before gets every signal, in order. */
class LinkFaultsTest {
    private static final long STREAM = 0xFA17L;
    private static final long PATIENCE = 20_000_000_000L; // ns; only what never comes takes so long
    private static final int CROWD = 100; // connections, no more than any system lets wait
    /** Netty accepts one connection a turn. */
    private static final int MOST_A_TURN = 1;

    private final SteppedLinkJournal journal = new SteppedLinkJournal();

    @TempDir
    private Path directory;
    private LinkHarness link;
    private TestAddOn witness;
    private long signals;

    @BeforeEach
    void begin() {
        link = new LinkHarness(directory, LinkHarness.Setup.USUAL, journal, config -> LinkReportTest.with(
                config, LinkSecurity.Rights.TRADE, new LinkLimits(3_600_000_000_000L, 64, 100, 1_000_000)));
        witness = link.reporting();
    }

    @AfterEach
    void theWitnessMissesNothing() {
        link.until(() -> witness.sequenced().size() == signals);
        assertEquals(LongStream.rangeClosed(1, signals).boxed().toList(),
                witness.sequenced().stream().map(TestAddOn.Frame::sequence).toList());
        link.until(() -> link.server.connections() == 1);
        link.close();
    }

    /** A session of a logon, a report and a goodbye, given the gateway's challenge. */
    private static byte[] session(final TestAddOn addOn) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(addOn.logon(LinkHarness.KEY, "faulty", 0, 0, 2));
        bytes.write(TestAddOn.reportStream(STREAM, 1));
        bytes.write(TestAddOn.position(STREAM, 1));
        bytes.write(TestAddOn.probe(1, 1));
        bytes.write(TestAddOn.logout());
        return bytes.toByteArray();
    }

    private void signal() {
        link.signal();
        signals++;
        link.clock.advance(20_000_000); // so that no more connect in a second than may
    }

    @Test
    void cutAtEveryByteOfASession() throws IOException {
        int length = 1;
        for (int cut = 0; cut <= length; cut++) {
            final TestAddOn addOn = link.challenged();
            final byte[] session = session(addOn);
            length = session.length;
            addOn.send(Arrays.copyOf(session, cut));
            addOn.close();
            signal();
            link.until(() -> link.server.connections() == 1);
        }
        assertEquals(1, journal.reports.size(), "the same report, again and again, is journalled once");
        assertEquals(length, 144 + 64 + 160 + 48 + 152);
    }

    @Test
    void aSessionRecordedFromTheWireIsWorthNothing() throws IOException {
        final TestAddOn recorded = link.challenged();
        final byte[] session = session(recorded);
        recorded.send(session);
        link.until(recorded::isEnded);
        assertEquals(1, journal.reports.size());
        signal();

        final TestAddOn replayed = link.challenged();
        replayed.sendAnyway(session);
        link.until(replayed::isEnded);
        assertEquals(RejectReason.AUTHENTICATION_FAILED.value(), replayed.first(4).uint16(0));
        assertEquals(1, journal.reports.size());
        assertEquals(0, link.server.counts().get(LinkCounter.REPORTS_DUPLICATE), "it was not even looked at");
    }

    @Test
    void randomBytesBeforeAndAfterALogon() throws IOException {
        final long seed = new Random().nextLong();
        final Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            final TestAddOn addOn = link.challenged();
            if (i % 2 == 0) {
                addOn.send(addOn.logon(LinkHarness.KEY, "noisy", 0, 0, 2));
            }
            final byte[] noise = new byte[random.nextInt(4096)];
            random.nextBytes(noise);
            if (i % 3 == 0 && noise.length >= 32) {
                System.arraycopy(TestAddOn.heartbeat(1), 0, noise, 0, 32); // beyond the first check
            }
            addOn.sendAnyway(noise);
            addOn.close();
            signal();
            link.until(() -> link.server.connections() == 1);
        }
        assertEquals(0, journal.reports.size(), "seed " + seed);
    }

    @Test
    void resetsInTheMiddleOfASession() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (SocketChannel socket = SocketChannel.open(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), link.port))) {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0); // close() then resets, RFC 793 section 3.4
                socket.write(ByteBuffer.wrap(TestAddOn.heartbeat(1), 0, i % 40));
                final int before = i;
                link.until(() -> link.server.counts().get(LinkCounter.CONNECTIONS) == before + 2);
            }
            signal();
            link.until(() -> link.server.connections() == 1);
        }
    }

    /** However many wait to be accepted, the feed is polled again after few, and a signal passes between them. */
    @Test
    void manyConnectionsAtOnceAreTakenInFewATurn() throws IOException {
        final List<SocketChannel> crowd = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), link.port)));
        }
        final long before = link.server.counts().get(LinkCounter.CONNECTIONS);
        int turns = 0;
        while (link.server.counts().get(LinkCounter.CONNECTIONS) < before + CROWD) {
            turn();
            assertTrue(++turns < 100 * CROWD, "connections that wait are never accepted");
            if (turns == CROWD / 4) {
                assertTrue(link.server.counts().get(LinkCounter.CONNECTIONS) < before + CROWD, "there is no crowd any more");
                signal();
                turn();
                awaitWithoutTheServer(signals);
            }
        }
        assertTrue(turns >= CROWD, "the feed was polled " + turns + " times");
        for (final SocketChannel one : crowd) {
            one.close();
        }
    }

    /** The turn after a signal has written it: no further one is made. */
    private void awaitWithoutTheServer(final long count) {
        final long begun = System.nanoTime();
        while (witness.sequenced().size() < count) {
            witness.poll();
            assertTrue(System.nanoTime() - begun < PATIENCE, "the signal was not written in the turn after it");
        }
    }

    /**
     * One turn of the thread that polls the feed too. It may not wait, whoever connects: for no lock, no other thread and no time. The
     * virtual machine counts what a thread waits for, however long it takes.
     */
    private void turn() {
        final long connections = link.server.counts().get(LinkCounter.CONNECTIONS);
        final long waits = waits();
        link.server.doWork();
        assertEquals(waits, waits(), "the receive thread waited in its turn");
        final long accepted = link.server.counts().get(LinkCounter.CONNECTIONS) - connections;
        assertTrue(accepted <= MOST_A_TURN, () -> accepted + " connections in one turn");
    }

    private static long waits() {
        final ThreadInfo thread = ManagementFactory.getThreadMXBean().getThreadInfo(Thread.currentThread().getId());
        return thread.getWaitedCount() + thread.getBlockedCount();
    }

    /** Bytes taken from where the link takes them. */
    private static long memory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
    }

    @Test
    void tenThousandConnectionsTakeNoMemory() throws IOException {
        long after = 0;
        for (int i = 0; i < 10_000; i++) {
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), link.port)).close();
            turn();
            turn();
            assertTrue(link.server.connections() <= PeerPlaces.MOST_STRANGERS + 1);
            if (i % 100 == 0) {
                signal();
            }
            if (i == 5_000) {
                link.until(() -> link.server.connections() == 1);
                after = memory();
            }
        }
        link.until(() -> link.server.connections() == 1);
        assertTrue(after > 0, "the witness has buffers, so this allocator is not the link's");
        assertTrue(memory() <= after, "from " + after + " to " + memory() + " bytes between the 5,000th and the 10,000th connection");
        assertTrue(link.server.counts().get(LinkCounter.REFUSED_RATE) > 0);
    }
}
