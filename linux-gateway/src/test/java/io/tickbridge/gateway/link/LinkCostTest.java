package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.netty.channel.epoll.Epoll;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.config.Transport;
import io.tickbridge.gateway.feed.MarketDataListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the link costs the receive thread: no garbage, and no system call when there is nothing to say. */
class LinkCostTest {
    private static final int WARM_UP = 20_000;
    private static final int MEASURED = 5_000;
    /** The virtual machine allocates on any thread now and then; what every round shows is the link's own. */
    private static final int ROUNDS = 5;

    @TempDir
    private Path directory;

    /** As the launcher starts a gateway: following buffers makes garbage of its own. */
    @BeforeEach
    void followNoBuffer() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @ParameterizedTest
    @EnumSource(value = Transport.class, names = {"NIO", "EPOLL"})
    void deliversWithoutGarbage(final Transport transport) throws InterruptedException {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread receiveThread = new FastThreadLocalThread(() -> deliver(transport));
        receiveThread.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        receiveThread.start();
        receiveThread.join();
        if (failure.get() != null) {
            throw new AssertionError(failure.get());
        }
    }

    private void deliver(final Transport transport) {
        try (LinkHarness link = new LinkHarness(directory, LinkHarness.Setup.USUAL.transport(transport))) {
            final TestBook book = new TestBook(3);
            link.server.onInstrument(book);
            final TestAddOn addOn = link.loggedOn();
            final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            final UnsafeBuffer body = new UnsafeBuffer(new byte[64]);
            long leastEncoding = Long.MAX_VALUE;
            long leastWriting = Long.MAX_VALUE;
            long encoding = 0;
            long writing = 0;
            for (int i = 1; i <= WARM_UP + ROUNDS * MEASURED; i++) {
                final long start = threads.getCurrentThreadAllocatedBytes();
                link.server.onSignal(body, 0, i);
                link.server.onBookEvent(book.top(i, 1, i + 1, 1), i);
                link.server.onTrade(book, i, i, 1, MarketDataListener.BID);
                final long encoded = threads.getCurrentThreadAllocatedBytes();
                link.server.doWork();
                final long written = threads.getCurrentThreadAllocatedBytes();
                encoding += encoded - start;
                writing += written - encoded;
                if (i % MEASURED == 0) {
                    leastEncoding = i > WARM_UP ? Math.min(leastEncoding, encoding) : leastEncoding;
                    leastWriting = i > WARM_UP ? Math.min(leastWriting, writing) : leastWriting;
                    encoding = 0;
                    writing = 0;
                }
                addOn.poll();
                addOn.frames.clear();
            }
            assertEquals(WARM_UP + ROUNDS * MEASURED, link.server.counts().get(LinkCounter.SENT_LIVE));
            assertEquals(WARM_UP + ROUNDS * MEASURED, link.server.counts().get(LinkCounter.TRADES));
            assertTrue(leastEncoding < MEASURED, leastEncoding + " bytes allocated in encoding " + MEASURED + " times");
            assertTrue(leastWriting < MEASURED, leastWriting + " bytes allocated in " + MEASURED + " writes");
        }
    }

    @Test
    void asksTheSocketsOnlyNowAndThenButWritesAtOnce() throws IOException {
        final Path key = Files.writeString(directory.resolve("key"), HexFormat.of().formatHex(LinkHarness.KEY));
        final SteppedClock clock = new SteppedClock();
        try (LinkServer server = new LinkServer(
                LinkHarness.config(key, 0, LinkHarness.Setup.USUAL), "gateway", List.of(), () -> clock.time,
                LinkJournal.NONE, 10_000);
                TestAddOn addOn = TestAddOn.connect(server.start(), 0)) {
            workUntilReceived(server, addOn, 1, clock);
            addOn.send(addOn.logon(LinkHarness.KEY, "test", 0, 0));
            workUntilReceived(server, addOn, 3, clock);
            clock.time += 20_000;
            server.doWork();

            addOn.send(TestAddOn.probe(1, 1));
            clock.time += 9_999;
            for (int i = 0; i < 100; i++) {
                assertEquals(0, server.doWork());
            }
            server.onSignal(new UnsafeBuffer(new byte[64]), 0, 1);
            assertTrue(server.doWork() > 0, "a signal does not wait");
            workUntilReceived(server, addOn, 20, clock);
            workUntilReceived(server, addOn, 8, clock);
            addOn.poll();
            assertFalse(addOn.isEnded());
        }
    }

    /** Or no order would be back in less than the interval. */
    @Test
    void anAnswerToASignalWaitsForNoInterval() throws IOException {
        Requirement.is(Epoll.isAvailable(), "Netty's epoll library");
        final Path key = Files.writeString(directory.resolve("key"), HexFormat.of().formatHex(LinkHarness.KEY));
        final SteppedClock clock = new SteppedClock();
        try (LinkServer server = new LinkServer(
                LinkHarness.config(key, 0, LinkHarness.Setup.USUAL), "gateway", List.of(), () -> clock.time, LinkJournal.NONE);
                TestAddOn addOn = TestAddOn.connect(server.start(), 0)) {
            workUntilReceived(server, addOn, 1, clock);
            addOn.send(addOn.logon(LinkHarness.KEY, "test", 0, 0));
            workUntilReceived(server, addOn, 3, clock);
            clock.time += 20_000;
            server.doWork();
            clock.time += 1_000;
            server.onSignal(new UnsafeBuffer(new byte[64]), 0, 1);
            assertTrue(server.doWork() > 0);

            final long probes = server.counts().get(LinkCounter.CLOCK_PROBES);
            addOn.send(TestAddOn.probe(1, 1));
            clock.time += 9_999;
            final long begun = System.nanoTime();
            while (server.counts().get(LinkCounter.CLOCK_PROBES) == probes) {
                server.doWork();
                assertTrue(System.nanoTime() - begun < 20_000_000_000L, "it waits for the clock, which stands still");
            }

            clock.time += 50_000;
            server.doWork();
            addOn.send(TestAddOn.probe(2, 1));
            clock.time += 9_999;
            for (int i = 0; i < 100; i++) {
                assertEquals(0, server.doWork(), "nobody waits for anything");
            }
        }
    }

    private static void workUntilReceived(
            final LinkServer server, final TestAddOn addOn, final int template, final SteppedClock clock) {
        final long begun = System.nanoTime();
        while (!addOn.has(template)) {
            clock.time += 10_000;
            server.doWork();
            addOn.poll();
            assertTrue(System.nanoTime() - begun < 20_000_000_000L, "template " + template + " never came");
        }
    }

    /** Stands still until told. */
    private static final class SteppedClock {
        private long time = 1_732_287_600_000_000_000L;
    }
}
