package io.tickbridge.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.TimeUnit;

/** A journal whose clock a test sets, so that its records lie in the files of the days that the test wants. */
public final class JournalOfDays implements AutoCloseable {
    private final SteppedJournal journal;
    private LocalDate day;

    /** Begins a run on a day. */
    public JournalOfDays(final Path directory, final String configuration, final LocalDate first) throws IOException {
        day = first;
        journal = new SteppedJournal(directory, () -> Long.MAX_VALUE,
                () -> TimeUnit.DAYS.toMillis(day.toEpochDay()) + TimeUnit.HOURS.toMillis(12),
                RunStarted.of("days", "1", configuration, midnight()));
    }

    /** Begin of the day at hand, ns since the Unix epoch. */
    public long midnight() {
        return TimeUnit.DAYS.toNanos(day.toEpochDay());
    }

    /** What is recorded is in the journal after {@link #write}. */
    public JournalRecorder recorder() {
        return journal.recorder;
    }

    /** Empties the ring. */
    public void write() {
        journal.drain();
    }

    /** Goes on in the file of a later day. */
    public void setDay(final LocalDate next) {
        write();
        day = next;
    }

    @Override
    public void close() {
        journal.close();
    }
}
