package io.tickbridge.gateway.export;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.JournalDamage;
import io.tickbridge.gateway.journal.JournalRecordHandler;
import io.tickbridge.gateway.journal.LinkEvent;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.agrona.DirectBuffer;

/** Turns the records of a journal into rows, a day after the other. */
final class TableRecords implements JournalRecordHandler, Closeable {
    private static final long UNKNOWN = 0;

    private final DayWriter days;
    private final ExportRange range;
    private final Progress progress;
    private final ExportProblems problems = new ExportProblems();
    private final RecordPlace place = new RecordPlace();
    private final ReportRows reports = new ReportRows(this::row, place);
    private final SignalRows signals = new SignalRows(this::row);
    private final RunRows runs = new RunRows(this::row, place);
    private RunTables run;
    /** Index of the run's start. Where that is not in the journal, minus the index from which on it is unknown: no two are alike. */
    private long runId = UNKNOWN;
    private long framesWithoutRun;

    /** Keeps the tables of the day at hand. */
    interface DayWriter extends Closeable {
        /** Turns to a record: to its day, and part of it, and finishes what was before. */
        void at(long index) throws IOException;

        /** Of the record at hand. Null when it is there already. */
        DayTables tables();
    }

    TableRecords(final DayWriter days, final ExportRange range, final Progress progress) {
        this.days = days;
        this.range = range;
        this.progress = progress;
    }

    ExportProblems problems() {
        if (framesWithoutRun > 0) {
            problems.add(framesWithoutRun + " frames are in no table: the start of their run, with its configuration, is not in the "
                    + "journal; --to pcapng has them");
            framesWithoutRun = 0;
        }
        return problems;
    }

    private Optional<CsvTable> row(final Table table) {
        return isWanted() ? Optional.of(days.tables().of(table).number(runId)) : Optional.empty();
    }

    /** Asked without beginning a row, which has its run from the first moment. */
    private boolean isWanted() {
        return days.tables() != null && range.contains(place.index(), place.time());
    }

    private void at(final long index, final long time) {
        place.at(index, time);
        progress.record();
        if (runId == UNKNOWN) {
            runId = -index;
        }
        try {
            days.at(index); // a day without rows has its tables too
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onRunStarted(final long index, final RunStarted started) {
        runId = index;
        at(index, started.startTime());
        signals.onRunStarted();
        try {
            final GatewayConfig config = ConfigReader.parse(started.configuration(), Path.of(""), "journalled configuration");
            run = new RunTables(config, this::row, place);
            runs.started(started, config);
        } catch (final RuntimeException e) {
            throw new ExportException("the run at journal index 0x" + Long.toHexString(index) + " cannot be decoded, for this build "
                    + "refuses its configuration: " + e.getMessage() + "; build " + started.build() + " wrote it", e);
        }
    }

    @Override
    public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length, final long receiveTime,
            final int line) {
        at(index, receiveTime);
        if (run == null) {
            framesWithoutRun++;
        } else {
            run.onFrame(buffer, offset, length, receiveTime, line, isWanted());
        }
    }

    @Override
    public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
        at(index, receiveTime);
        signals.onSignal(index, body, offset, receiveTime, run);
    }

    @Override
    public void onGap(final long index, final long frames, final long signals, final long firstTime, final long lastTime) {
        at(index, firstTime);
        runs.gap(frames, signals, 0, firstTime, lastTime);
        problems.add("journal index 0x" + Long.toHexString(index) + ": " + frames + " frames and " + signals
                + " signals were lost on the way into the journal");
    }

    @Override
    public void onOthersLost(final long index, final long records, final long firstTime, final long lastTime) {
        at(index, firstTime);
        runs.gap(0, 0, records, firstTime, lastTime);
        problems.add("journal index 0x" + Long.toHexString(index) + ": " + records
                + " events of the link or of feeds' health, or times of sent signals, were lost on the way into the journal");
    }

    @Override
    public void onLinkReport(final long index, final long connection, final DirectBuffer buffer, final int offset,
            final int length, final long receiveTime) {
        at(index, receiveTime);
        if (!reports.onReport(connection, buffer, offset, length)) {
            problems.add("journal index 0x" + Long.toHexString(index) + ": a report of an unknown kind is in no table");
        }
    }

    @Override
    public void onLinkEvent(final long index, final LinkEvent event, final long time) {
        at(index, time);
        runs.linkEvent(event);
    }

    @Override
    public void onFeedHealth(final long index, final FeedHealth health, final long time) {
        at(index, time);
        runs.feedHealth(health, run == null ? null : run.feedName(health.feed()));
    }

    @Override
    public void onSignalSent(final long index, final long session, final long sequence, final long number,
            final long readyTime, final long sentTime, final long peers) {
        at(index, readyTime);
        signals.onSent(index, session, sequence, number, readyTime, sentTime, peers);
    }

    @Override
    public void onRunStopped(final long index, final RunStopped stopped) {
        if (run != null) {
            // What is processed only now belongs to the last frame.
            run.onEndOfInput();
        }
        at(index, stopped.stopTime());
        runs.stopped(stopped);
        endRun();
    }

    /** What follows belongs to it no more, by its numbers neither. */
    private void endRun() {
        run = null;
        runId = UNKNOWN;
        signals.onRunStarted();
    }

    @Override
    public void onDamaged(final long index, final JournalDamage damage) {
        at(index, place.time());
        runs.damage(damage);
        problems.add(damage.toString());
        if (damage.endsRun()) {
            endRun();
        }
    }

    @Override
    public void close() throws IOException {
        days.close();
    }
}
