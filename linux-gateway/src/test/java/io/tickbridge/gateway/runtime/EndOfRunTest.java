package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.gateway.link.LinkJournal;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.link.TestAddOn;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A captured session without one of its last packets, for which line B could be waited for, so that all behind it is held back until the run ends: the
 * gap that is given up then is in the journal, behind it what became of the books, and every signal of the run has its time.
 */
class EndOfRunTest {
    private static final String KEY = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final int CHALLENGE = 1; // by the link's specification
    private static final int LINE_B = 15_340;
    private static final int DESTINATION_PORT_OFFSET = 36; // UDP's, behind Ethernet and IPv4
    private static final int SEQUENCE_OFFSET = 42; // of MDP 3.0's packet header behind Ethernet, IPv4 and UDP
    private static final int HELD_BACK = 400; // packets; the session has 5,000 on each line
    private static final int MANY = 1_000; // signals
    private static final long PATIENCE = 60_000_000_000L; // ns

    @TempDir
    private Path directory;

    @Test
    void theGapThatIsGivenUpAtTheEndIsJournalledBehindEverySignalAndItsTime() throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final GatewayConfig config = ConfigReader.parse("""
                capture: {source: pcap, file: none.pcap}
                feeds:
                  - {name: cme, protocol: cme-mdp3, reorder-window: 4096, reorder-timeout: 60s, reorder-wait: 60s,
                     lines: [{group: 224.0.31.64, port: 14340}, {group: 224.0.32.64, port: 15340}]}
                signals: [{kind: top-of-book, parameters: {interval: 0ms}}]
                link: {listen: 127.0.0.1, port: 0, transport: nio, key-file: %s}
                journal: {directory: journal, min-free: 16MiB}
                """.formatted(Files.writeString(directory.resolve("key"), KEY)), directory, "test");
        final EpochNanoClock clock = new OffsetEpochNanoClock();
        final StopRequest stop = new StopRequest();
        final Incomplete source = new Incomplete(capture);
        final List<Long> received = new ArrayList<>();
        try (Journal journal = Journal.open(config.journal(), RunStarted.of("x", "1", "x", 0), true)) {
            final LinkServer link = new LinkServer(config.link(), "x", List.of(), clock, LinkJournal.NONE);
            final FeedHealthWatch health = new FeedHealthWatch(journal.recorder(), clock);
            final SentSignals sent = new SentSignals(link, journal.recorder());
            final Pipeline pipeline = new Pipeline(config, journal.recorder()::onFrame, List.of(link, journal.recorder(), sent),
                    List.of(link, health));
            health.watch(List.of(pipeline.feedCounts(0)));
            final ReceiveAgent agent = new ReceiveAgent(() -> source, () -> { }, pipeline, link, null, sent, () -> link.peers() > 0, stop, 64,
                    List.of(), clock, null, health);
            final Thread thread = AgentRunner.startOnThread(new AgentRunner(YieldingIdleStrategy.INSTANCE, stop::failed, null, agent));
            try (TestAddOn addOn = connect(agent)) {
                final long begun = System.nanoTime();
                while (!addOn.isEnded()) {
                    addOn.poll();
                    assertTrue(System.nanoTime() - begun < PATIENCE, "the run does not end");
                }
                thread.join();
                addOn.sequenced().forEach(frame -> received.add(frame.sequence()));
            }
        }
        assertNull(stop.failure());
        final Run run = new Run();
        try (JournalReader reader = JournalReader.open(config.journal().directory())) {
            reader.readAll(run);
        }
        assertEquals(List.of("GAP 1 1"), run.gaps, "one packet was given up, after the last frame");
        assertTrue(run.statesAtTheEnd > 0, "books that the held packets are of stay in doubt");
        assertTrue(run.signals > MANY, () -> run.signals + " signals");
        assertEquals(run.signals, run.sent);
        assertEquals(0, run.withoutTime, "each was written before the clock was read");
        assertTrue(received.containsAll(run.sequences), "the add-on has them");
    }

    private static TestAddOn connect(final ReceiveAgent agent) throws Exception {
        while (agent.linkPort() == 0) {
            Thread.onSpinWait();
        }
        final TestAddOn addOn = TestAddOn.connect(agent.linkPort(), 0);
        while (!addOn.has(CHALLENGE)) {
            addOn.poll();
        }
        addOn.send(addOn.logon(HexFormat.of().parseHex(KEY), "reader", 0, 1));
        return addOn;
    }

    /** What the journal has of the run; gaps and states are those behind its last frame. */
    private static final class Run implements JournalRecordHandler {
        private final List<String> gaps = new ArrayList<>();
        private final List<Long> sequences = new ArrayList<>();
        private int signals;
        private int statesAtTheEnd;
        private int sent;
        private int withoutTime;

        @Override
        public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
                final int line) {
            gaps.clear();
            statesAtTheEnd = 0;
        }

        @Override
        public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
            signals++;
        }

        @Override
        public void onSignalSent(final long index, final long session, final long sequence, final long number, final long readyTime,
                final long sentTime, final long peers) {
            sent++;
            sequences.add(sequence);
            withoutTime += sentTime == SentSignals.NOT_KNOWN ? 1 : 0;
        }

        @Override
        public void onFeedHealth(final long index, final FeedHealth health, final long time) {
            if (health.kind() == FeedHealth.Kind.GAP) {
                gaps.add(health.kind() + " " + health.gaps() + " " + health.lost());
            } else {
                statesAtTheEnd++;
            }
        }

        @Override
        public void onRunStarted(final long index, final RunStarted run) {
            // One.
        }

        @Override
        public void onGap(final long index, final long frames, final long lost, final long firstTime, final long lastTime) {
            throw new AssertionError("a gap of the journal");
        }

        @Override
        public void onRunStopped(final long index, final RunStopped run) {
            // One.
        }

        @Override
        public void onDamaged(final long index, final JournalDamage damage) {
            throw new AssertionError(damage.toString());
        }
    }

    /** A capture file, but for one packet near its end, and for all behind it on line B, which might have brought it. */
    private static final class Incomplete implements PacketSource {
        private final PacketSource file;
        private final int missing;

        Incomplete(final Path capture) {
            final int[] last = new int[1];
            try (PacketSource all = CaptureFiles.open(capture)) {
                while (!all.isExhausted()) {
                    all.poll((buffer, offset, length, time, port) -> last[0] = sequence(buffer, offset), 64);
                }
            }
            missing = last[0] - HELD_BACK;
            file = CaptureFiles.open(capture);
        }

        private static int sequence(final DirectBuffer buffer, final int offset) {
            return buffer.getInt(offset + SEQUENCE_OFFSET, ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            return file.poll((buffer, offset, length, time, port) -> {
                final int sequence = sequence(buffer, offset);
                final boolean silent = sequence > missing && buffer.getShort(offset + DESTINATION_PORT_OFFSET, ByteOrder.BIG_ENDIAN) == LINE_B;
                if (sequence != missing && !silent) {
                    handler.onFrame(buffer, offset, length, time, port);
                }
            }, limit);
        }

        @Override
        public boolean isExhausted() {
            return file.isExhausted();
        }

        @Override
        public boolean isLive() {
            return false;
        }

        @Override
        public String describe() {
            return "an incomplete session";
        }

        @Override
        public TimestampSource timestampSource() {
            return file.timestampSource();
        }

        @Override
        public SourceCounts counts() {
            return file.counts();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
