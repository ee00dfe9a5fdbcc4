package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.gateway.link.LinkJournal;
import io.tickbridge.gateway.link.LinkServer;
import io.tickbridge.gateway.link.TestAddOn;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.SignalEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When signals were sent: of a burst of any size, and into a socket that is full. */
class SentSignalsTest {
    private static final int SIGNALS = 10_000;

    private static final String KEY = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final int CHALLENGE = 1; // numbers of messages, by the link's specification
    private static final int LOGON_ACCEPTED = 3;
    private static final int MORE = 10;
    private static final long PATIENCE = 20_000_000_000L; // ns
    private static final long NOT_KNOWN_IN_JOURNAL = 0; // JOURNAL.md

    @TempDir
    private Path directory;

    @Test
    void everySignalOfALargeBurstWasSentAfterTheBurst() throws Exception {
        final GatewayConfig config = config();
        final List<Long> sent = new ArrayList<>();
        final long[] clock = {0};
        try (LinkServer link = new LinkServer(config.link(), "x", List.of(), () -> ++clock[0], LinkJournal.NONE);
                Journal journal = Journal.open(config.journal(), RunStarted.of("x", "1", "x", 0), true)) {
            final SentSignals signals = new SentSignals(link, journal.recorder());
            final UnsafeBuffer body = new UnsafeBuffer(new byte[SignalListener.BODY_LENGTH]);
            for (int i = 1; i <= SIGNALS; i++) {
                new SignalEncoder().wrap(body, 0).number(i);
                link.onSignal(body, 0, i);
                signals.onSignal(body, 0, i);
            }
            signals.onBurstSent(++clock[0]);
            assertFalse(signals.isPending());
        }
        try (JournalReader reader = JournalReader.open(config.journal().directory())) {
            reader.readAll(new SentTimes(sent));
        }
        assertEquals(SIGNALS, sent.size());
        assertEquals(List.of(clock[0]), sent.stream().distinct().toList(), "none before the link wrote");
    }

    private GatewayConfig config() throws IOException {
        return ConfigReader.parse("""
                capture: {source: udp}
                feeds: [{name: es, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: lo}]}]
                link: {listen: 127.0.0.1, port: 0, transport: nio, key-file: %s}
                journal: {directory: journal, min-free: 16MiB}
                """.formatted(Files.writeString(directory.resolve("key"), KEY)), directory, "test");
    }

    /** What the link keeps for a socket that is full was not written at any time that is known; what the socket took was. */
    @Test
    void whatAFullSocketHasNotTakenHasNoTime() throws Exception {
        final GatewayConfig config = config();
        final long[] clock = {0};
        final UnsafeBuffer body = new UnsafeBuffer(new byte[SignalListener.BODY_LENGTH]);
        final int taken;
        final int all;
        try (LinkServer link = new LinkServer(config.link(), "x", List.of(), () -> ++clock[0], LinkJournal.NONE, 0);
                Journal journal = Journal.open(config.journal(), RunStarted.of("x", "1", "x", 0), true);
                TestAddOn addOn = TestAddOn.connect(link.start(), 4096)) {
            until(link, addOn, () -> addOn.has(CHALLENGE));
            addOn.send(addOn.logon(HexFormat.of().parseHex(KEY), "full", 0, 1));
            until(link, addOn, () -> addOn.has(LOGON_ACCEPTED) && !link.isWriting());
            final SentSignals signals = new SentSignals(link, journal.recorder());
            int number = 0;
            for (int more = 0; more <= MORE; more += link.isWriting() ? 1 : 0) {
                new SignalEncoder().wrap(body, 0).number(++number);
                link.onSignal(body, 0, number);
                signals.onSignal(body, 0, number);
                link.doWork();
                signals.onBurstSent(++clock[0]);
            }
            taken = number - MORE - 1;
            // From here on the link does nothing: what comes was in the socket.
            final long begun = System.nanoTime();
            while (addOn.sequenced().size() < taken) {
                addOn.poll();
                assertTrue(System.nanoTime() - begun < PATIENCE, () -> addOn.sequenced().size() + " came of " + taken);
            }
            addOn.poll();
            assertTrue(addOn.sequenced().size() < number, "what has no time was not written");
            final int before = number;
            until(link, addOn, () -> addOn.sequenced().size() == before && !link.isWriting());
            new SignalEncoder().wrap(body, 0).number(++number);
            link.onSignal(body, 0, number);
            signals.onSignal(body, 0, number);
            link.doWork();
            signals.onBurstSent(++clock[0]);
            all = number;
        }
        final List<Long> sent = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(config.journal().directory())) {
            reader.readAll(new SentTimes(sent));
        }
        assertEquals(all, sent.size());
        assertTrue(sent.subList(0, taken).stream().noneMatch(time -> time == SentSignals.NOT_KNOWN), "taken at once");
        assertEquals(List.of(SentSignals.NOT_KNOWN), sent.subList(taken, all - 1).stream().distinct().toList());
        assertTrue(sent.get(all - 1) > 0, "the socket has room again");
    }

    private static void until(final LinkServer link, final TestAddOn addOn, final BooleanSupplier condition) {
        final long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            link.doWork();
            addOn.poll();
            assertTrue(System.nanoTime() - begun < PATIENCE, "never came");
        }
    }

    /** Signals' times, each with its numbers looked at. */
    private record SentTimes(List<Long> times) implements JournalRecordHandler {
        @Override
        public void onSignalSent(final long index, final long session, final long sequence, final long number, final long readyTime,
                final long sentTime, final long peers) {
            times.add(sentTime);
            assertEquals(times.size(), number);
            assertEquals(times.size(), sequence);
            assertFalse(sentTime != NOT_KNOWN_IN_JOURNAL && readyTime >= sentTime);
        }

        @Override
        public void onRunStarted(final long index, final RunStarted run) {
            // One.
        }

        @Override
        public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
                final int line) {
            // None.
        }

        @Override
        public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
            // None.
        }

        @Override
        public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
            throw new AssertionError("a gap");
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
}
