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
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** Which days a journal has, and where each and its parts end, so that an export knows what it has already. */
final class JournalSurvey implements JournalRecordHandler {
    private static final long NOTHING_YET = Long.MIN_VALUE;

    private final long partRecords;
    private final long wanted;
    private final SortedMap<LocalDate, List<Long>> parts = new TreeMap<>();
    private LocalDate day;
    private List<Long> ends;
    private long last = NOTHING_YET;
    private long inPart;
    private long records;
    private Long wantedTime;

    private JournalSurvey(final long partRecords, final long wanted) {
        this.partRecords = partRecords;
        this.wanted = wanted;
    }

    /**
     * Reads a journal.
     *
     * @param partRecords how many records a part of a day has; the last one of a day fewer
     */
    static JournalSurvey ofParts(final Path journal, final long partRecords) {
        return read(journal, new JournalSurvey(partRecords, NOTHING_YET));
    }

    /**
     * Reads a journal.
     *
     * @param index of a frame whose receive time is asked for
     */
    static JournalSurvey ofFrame(final Path journal, final long index) {
        return read(journal, new JournalSurvey(Long.MAX_VALUE, index));
    }

    private static JournalSurvey read(final Path journal, final JournalSurvey survey) {
        try (JournalReader reader = JournalReader.open(journal)) {
            reader.readAll(survey);
        }
        survey.endDay();
        return survey;
    }

    /** Of each day where its parts end: the journal indexes of their last records or damages. */
    SortedMap<LocalDate, List<Long>> parts() {
        return parts;
    }

    /** Receive time of the frame asked for; null when none has that index. */
    Long wantedTime() {
        return wantedTime;
    }

    long records() {
        return records;
    }

    private void record(final long index) {
        final LocalDate of = JournalReader.day(index);
        if (!of.equals(day)) {
            endDay();
            day = of;
            ends = new ArrayList<>();
            inPart = 0;
        } else if (inPart >= partRecords && index != last) {
            ends.add(last);
            inPart = 0;
        }
        last = index;
        inPart++;
        records++;
    }

    private void endDay() {
        if (day != null) {
            ends.add(last);
            parts.put(day, ends);
        }
    }

    @Override
    public void onRunStarted(final long index, final RunStarted run) {
        record(index);
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        if (index == wanted) {
            wantedTime = receiveTime;
        }
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
