package io.tickbridge.gateway.export;

import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalReader;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** Which days a journal has, and where each ends, so that an export knows what it has already. */
final class JournalSurvey implements JournalRecordHandler {
    private final SortedMap<LocalDate, Long> lastIndex = new TreeMap<>();
    private LocalDate day;
    private long last;
    private long records;

    static JournalSurvey of(final Path journal) {
        final JournalSurvey survey = new JournalSurvey();
        try (JournalReader reader = JournalReader.open(journal)) {
            reader.readAll(survey);
        }
        survey.endDay();
        return survey;
    }

    /** Journal index of the last record or damage of each day. */
    SortedMap<LocalDate, Long> lastIndex() {
        return lastIndex;
    }

    long records() {
        return records;
    }

    private void record(final long index) {
        final LocalDate of = JournalReader.day(index);
        if (!of.equals(day)) {
            endDay();
            day = of;
        }
        last = index;
        records++;
    }

    private void endDay() {
        if (day != null) {
            lastIndex.put(day, last);
        }
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        record(index);
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        record(index);
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        record(index);
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        record(index);
    }

    @Override
    public void onOthersLost(final long index, final long records, final long firstTime, final long lastTime) {
        record(index);
    }

    @Override
    public void onLinkReport(final long index, final long connection, final DirectBuffer buffer, final int offset,
            final int length, final long receiveTime) {
        record(index);
    }

    @Override
    public void onLinkEvent(final long index, final LinkEvent event, final long time) {
        record(index);
    }

    @Override
    public void onFeedHealth(final long index, final FeedHealth health, final long time) {
        record(index);
    }

    @Override
    public void onSignalSent(final long index, final long session, final long sequence, final long number,
            final long readyTime, final long sentTime, final long peers) {
        record(index);
    }

    @Override
    public void onRunStopped(final long index, final RunStopped run) {
        record(index);
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        record(index);
    }
}
