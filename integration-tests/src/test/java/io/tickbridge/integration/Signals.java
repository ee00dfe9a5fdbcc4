package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.file.CaptureFiles;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;

/** Signal bodies in hexadecimal, wherever they come from. */
final class Signals {

    private Signals() {
    }

    /**
     * What the pipeline makes of a capture file in this process: no link, no journal, no other thread.
     *
     * @param configuration the gateway's; what it says of the capture is not looked at
     * @param frames        how many of the file's frames to take
     */
    static List<String> ofFile(final String configuration, final Path file, final long frames) {
        final List<String> signals = new ArrayList<>();
        final Pipeline pipeline = pipeline(configuration, signals);
        play(pipeline, file, frames);
        pipeline.onEndOfInput();
        return signals;
    }

    /** Plays the first frames of a capture file. */
    static void play(final Pipeline pipeline, final Path file, final long frames) {
        try (PacketSource source = CaptureFiles.open(file)) {
            while (!source.isExhausted() && source.counts().received() < frames) {
                source.poll(pipeline, 1);
            }
        }
    }

    /** A pipeline that writes its signals into a list. */
    static Pipeline pipeline(final String configuration, final List<String> signals) {
        final SignalListener listener = (body, offset, time) -> signals.add(hex(body, offset));
        return new Pipeline(ConfigReader.parse(configuration, Path.of(""), "configuration"),
                FrameRecorder.NONE, List.of(listener), List.of());
    }

    /** What a journal holds, which must be whole. */
    static List<String> ofJournal(final Path directory) {
        final List<String> signals = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(new Collector(signals));
        }
        return signals;
    }

    /** Compares count and bytes; the message shows the first difference and not ten thousand lines. */
    static void assertSame(final List<String> expected, final List<String> actual, final String what) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertEquals(expected.get(i), actual.get(i), what + ": signal " + (i + 1) + " of " + expected.size());
        }
        assertEquals(expected.size(), actual.size(), what + ": number of signals");
    }

    private static String hex(final DirectBuffer buffer, final int offset) {
        final byte[] body = new byte[SignalListener.BODY_LENGTH];
        buffer.getBytes(offset, body);
        return HexFormat.of().formatHex(body);
    }

    private record Collector(List<String> signals) implements JournalRecordHandler {
        @Override
        public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
            signals.add(hex(body, offset));
        }

        @Override
        public void onGap(final long index, final long frames, final long lost, final long firstTime,
                final long lastTime) {
            throw new AssertionError("the journal lacks " + frames + " frames and " + lost + " signals");
        }

        @Override
        public void onDamaged(final long index, final JournalDamage damage) {
            throw new AssertionError("the journal is damaged: " + damage);
        }

        @Override
        public void onRunStarted(final long index, final RunStarted run) {
            // Only signals are compared.
        }

        @Override
        public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
                final long receiveTime, final int line) {
            // Only signals are compared.
        }

        @Override
        public void onRunStopped(final long index, final RunStopped run) {
            // Only signals are compared.
        }
    }
}
