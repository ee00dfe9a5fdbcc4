package io.tickbridge.gateway.journal;

import io.tickbridge.gateway.config.JournalConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.agrona.DirectBuffer;

/** Reads a whole journal into lines of text, one a record, so that tests compare and print them with ease. */
final class RecordedJournal implements JournalRecordHandler {
    final List<String> lines = new ArrayList<>();
    final List<Long> indexes = new ArrayList<>();
    final List<JournalDamage> damages = new ArrayList<>();
    final List<RunStarted> runs = new ArrayList<>();
    final List<RunStopped> stops = new ArrayList<>();

    static RecordedJournal read(final Path directory) {
        final RecordedJournal journal = new RecordedJournal();
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(journal);
        }
        return journal;
    }

    static JournalConfig config(final Path directory, final int ringBytes) {
        return new JournalConfig(true, directory, ringBytes, 8 << 20);
    }

    static RunStarted run(final String configuration) {
        return RunStarted.of("test gateway", "1.2.3", configuration, 1_700_000_000_000_000_000L);
    }

    static String frame(final long time, final int line, final byte[] bytes) {
        return "frame " + time + " " + line + " " + print(bytes);
    }

    static String signal(final long time, final byte[] body) {
        return "signal " + time + " " + print(body);
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        runs.add(run);
        add(index, "started " + run.configuration());
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        add(index, frame(receiveTime, line, copy(buffer, offset, length)));
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        add(index, signal(receiveTime, copy(body, offset, 64)));
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime,
            final long lastTime) {
        add(index, "gap " + frames + " " + signals + " " + firstTime + " " + lastTime);
    }

    @Override
    public void onOthersLost(final long index, final long records, final long firstTime, final long lastTime) {
        add(index, "others " + records + " " + firstTime + " " + lastTime);
    }

    @Override
    public void onFeedHealth(final long index, final FeedHealth health, final long time) {
        add(index, time + " " + health);
    }

    @Override
    public void onSignalSent(final long index, final long session, final long sequence, final long number,
            final long readyTime, final long sentTime, final long peers) {
        add(index, "sent " + session + " " + sequence + " " + number + " " + readyTime + " " + sentTime + " " + peers);
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        stops.add(run);
        add(index, "stopped " + run.reason());
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        damages.add(damage);
    }

    private void add(final long index, final String line) {
        indexes.add(index);
        lines.add(line);
    }

    /** Length and a checksum of another kind than the journal's own. */
    private static String print(final byte[] bytes) {
        final CRC32 crc = new CRC32();
        crc.update(bytes);
        return bytes.length + " bytes " + Long.toHexString(crc.getValue());
    }

    private static byte[] copy(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}
