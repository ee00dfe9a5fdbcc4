package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.nio.file.Path;
import java.time.Instant;
import org.agrona.DirectBuffer;

/** Whether anything of a journal lies in a range: what is asked before a file is made or anything is sent. */
public final class RangeProbe implements JournalRecordHandler {
    private final RecordRange range;
    private boolean found;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long firstIndex = Long.MAX_VALUE;
    private long lastIndex;

    private RangeProbe(final RecordRange range) {
        this.range = range;
    }

    /**
     * Looks for a frame or a signal.
     *
     * @param directory the journal's
     * @param range     what of it
     * @return false when there is none; read up to the first that there is
     */
    public static boolean finds(final Path directory, final RecordRange range) {
        final RangeProbe probe = new RangeProbe(range);
        try (JournalReader reader = JournalReader.open(directory)) {
            boolean more = true;
            while (more && !probe.found) {
                more = reader.next(probe);
            }
        }
        return probe.found;
    }

    /**
     * From where to where a journal goes.
     *
     * @param directory the journal's
     * @return for people
     */
    public static String span(final Path directory) {
        final RangeProbe probe = new RangeProbe(RecordRange.ALL);
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(probe);
        }
        return !probe.found ? "neither frames nor signals" : "frames and signals from " + Instant.ofEpochSecond(0, probe.first) + " to "
                + Instant.ofEpochSecond(0, probe.last) + ", 0x" + Long.toHexString(probe.firstIndex) + " to 0x"
                + Long.toHexString(probe.lastIndex);
    }

    private void record(final long index, final long time) {
        found |= range.contains(index, time);
        first = Math.min(first, time);
        last = Math.max(last, time);
        firstIndex = Math.min(firstIndex, index);
        lastIndex = index;
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        record(index, receiveTime);
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        record(index, receiveTime);
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        // What lies in it counts.
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        // Nothing to play.
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        // Nothing to play.
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        // Nothing to play.
    }
}
