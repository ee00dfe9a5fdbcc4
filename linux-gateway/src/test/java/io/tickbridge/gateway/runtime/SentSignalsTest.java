package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

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
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.SignalEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When signals were sent, of a burst of any size. */
class SentSignalsTest {
    private static final int SIGNALS = 10_000;

    @TempDir
    private Path directory;

    @Test
    void everySignalOfALargeBurstWasSentAfterTheBurst() throws Exception {
        final Path key = Files.writeString(directory.resolve("key"), "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
        final GatewayConfig config = ConfigReader.parse("""
                capture: {source: udp}
                feeds: [{name: es, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: lo}]}]
                link: {listen: 127.0.0.1, port: 7411, key-file: %s}
                journal: {directory: journal, min-free: 16MiB}
                """.formatted(key), directory, "test");
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

    /** Signals' times, each with its numbers looked at. */
    private record SentTimes(List<Long> times) implements JournalRecordHandler {
        @Override
        public void onSignalSent(final long index, final long session, final long sequence, final long number, final long readyTime,
                final long sentTime, final long peers) {
            times.add(sentTime);
            assertEquals(times.size(), number);
            assertEquals(times.size(), sequence);
            assertFalse(readyTime >= sentTime);
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
