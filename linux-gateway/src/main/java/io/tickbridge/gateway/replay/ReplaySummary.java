package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** What a journal holds: its runs, and for each the frames, signals, gaps and damages. */
public final class ReplaySummary implements JournalRecordHandler {
    private final SignalDecoder signal = new SignalDecoder();
    private final List<RunTotals> runs = new ArrayList<>();
    private final List<String> damages = new ArrayList<>();
    private RunTotals run;

    private ReplaySummary() {
    }

    /**
     * Reads a whole journal.
     *
     * @param directory the journal's directory
     * @return what it holds
     * @throws io.tickbridge.gateway.journal.JournalException when there is no journal, or it cannot be read
     */
    public static ReplaySummary of(final Path directory) {
        return of(directory, RecordRange.ALL);
    }

    /**
     * Reads a part of a journal.
     *
     * @param directory the journal's directory
     * @param range     which
     * @return what it holds
     * @throws io.tickbridge.gateway.journal.JournalException when there is no journal, or it cannot be read
     */
    public static ReplaySummary of(final Path directory, final RecordRange range) {
        final ReplaySummary summary = new ReplaySummary();
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(new RangedRecords(range, summary));
        }
        return summary;
    }

    /**
     * For people.
     *
     * @return lines ended by newlines
     */
    public String toText() {
        return SummaryText.of(runs, damages);
    }

    /**
     * For tools.
     *
     * @return an object of JSON: maps, lists, text, numbers, booleans
     */
    public Map<String, Object> toMap() {
        return SummaryMap.of(runs, damages);
    }

    /**
     * Frames in all runs.
     *
     * @return how many
     */
    public long frames() {
        return runs.stream().mapToLong(totals -> totals.frames).sum();
    }

    /**
     * Signals in all runs.
     *
     * @return how many
     */
    public long signals() {
        return runs.stream().mapToLong(totals -> totals.signals).sum();
    }

    /**
     * Whether nothing is missing from the journal and nothing in it is damaged.
     *
     * @return false with gaps or damages
     */
    public boolean isComplete() {
        return damages.isEmpty() && runs.stream().allMatch(totals -> totals.gaps == 0 && totals.lostOthers == 0);
    }

    @Override
    public void onRunStarted(final long index, final RunStarted started) {
        run = new RunTotals(started, index);
        runs.add(run);
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime, final int line) {
        runAt(index).frame(line, length, receiveTime);
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        runAt(index).signal(signal.rule());
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime,
            final long lastTime) {
        runAt(index).gap(frames, signals);
    }

    @Override
    public void onOthersLost(final long index, final long records, final long firstTime, final long lastTime) {
        runAt(index).lostOthers += records;
    }

    @Override
    public void onLinkReport(final long index, final long connection, final DirectBuffer buffer, final int offset,
            final int length, final long receiveTime) {
        runAt(index).report(buffer, offset);
    }

    @Override
    public void onLinkEvent(final long index, final LinkEvent event, final long time) {
        runAt(index).linkEvent(event.kind(), event.count());
    }

    @Override
    public void onFeedHealth(final long index, final FeedHealth health, final long time) {
        runAt(index).health(health);
    }

    @Override
    public void onSignalSent(final long index, final long session, final long sequence, final long number,
            final long readyTime, final long sentTime, final long peers) {
        runAt(index).sent++;
    }

    @Override
    public void onRunStopped(final long index, final RunStopped stopped) {
        runAt(index).stopped = stopped;
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        runAt(index).damaged++;
        damages.add(damage.toString());
        if (damage.endsRun()) {
            run = null;
        }
    }

    private RunTotals runAt(final long index) {
        if (run == null) {
            onRunStarted(index, null);
        }
        return run;
    }
}
