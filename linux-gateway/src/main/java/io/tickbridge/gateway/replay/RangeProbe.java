package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.nio.file.Path;
import java.time.Instant;
import org.agrona.DirectBuffer;

/** Whether anything of a journal lies in a range: what is asked before a file is made or anything is sent. */
public final class RangeProbe implements JournalRecordHandler {
    private final RecordRange range;
    private final Wanted wanted;
    private boolean found;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long firstIndex = Long.MAX_VALUE;
    private long lastIndex;

    /** Of which records one must be there. */
    public enum Wanted {
        /** What is played or written as frames. */
        FRAMES_AND_SIGNALS("frames and signals"),
        /** Reports, events and times besides. */
        ANY("records");

        private final String text;

        Wanted(final String text) {
            this.text = text;
        }
    }

    private RangeProbe(final RecordRange range, final Wanted wanted) {
        this.range = range;
        this.wanted = wanted;
    }

    /**
     * Looks for a record.
     *
     * @param directory the journal's
     * @param range     what of it
     * @param wanted    which records count
     * @return false when there is none; read up to the first that there is
     */
    public static boolean finds(final Path directory, final RecordRange range, final Wanted wanted) {
        final RangeProbe probe = new RangeProbe(range, wanted);
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
     * @param wanted    which records count
     * @return for people
     */
    public static String span(final Path directory, final Wanted wanted) {
        final RangeProbe probe = new RangeProbe(RecordRange.ALL, wanted);
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(probe);
        }
        return !probe.found ? "no " + wanted.text : wanted.text + " from " + Instant.ofEpochSecond(0, probe.first) + " to "
                + Instant.ofEpochSecond(0, probe.last) + ", 0x" + Long.toHexString(probe.firstIndex) + " to 0x"
                + Long.toHexString(probe.lastIndex);
    }

    private void other(final long index, final long time) {
        if (wanted == Wanted.ANY) {
            record(index, time);
        }
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
    public void onLinkReport(final long index, final long connection, final DirectBuffer buffer, final int offset,
            final int length, final long receiveTime) {
        other(index, receiveTime);
    }

    @Override
    public void onLinkEvent(final long index, final LinkEvent event, final long time) {
        other(index, time);
    }

    @Override
    public void onFeedHealth(final long index, final FeedHealth health, final long time) {
        other(index, time);
    }

    @Override
    public void onSignalSent(final long index, final long session, final long sequence, final long number,
            final long readyTime, final long sentTime, final long peers) {
        other(index, readyTime);
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
