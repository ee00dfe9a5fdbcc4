package io.tickbridge.gateway.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.time.TimeProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which day's file is appended to: this machine's day, but never an earlier one than before. Order in the journal is
 * order of writing, and its days are read in their order, so that a clock set back across midnight must not lead into a
 * file that is ended already. Times in records are not touched by this.
 */
final class JournalClock implements TimeProvider {
    private static final Logger LOGGER = LoggerFactory.getLogger(JournalClock.class);

    private final TimeProvider machine;
    private volatile long latest;

    private JournalClock(final TimeProvider machine, final long latest) {
        this.machine = machine;
        this.latest = latest;
    }

    /** A clock that is not before the newest file of a journal. */
    static JournalClock from(final Path directory, final TimeProvider machine) {
        final List<JournalDay> days = Files.isDirectory(directory) ? JournalDay.presentIn(directory) : List.of();
        final long newest = days.isEmpty() ? Long.MIN_VALUE : TimeUnit.DAYS.toMillis(days.get(days.size() - 1).cycle());
        if (newest > machine.currentTimeMillis()) {
            LOGGER.warn("journal {}: its newest file is that of {}, which is later than this machine's clock; it goes on in that file "
                    + "until the clock has passed it", directory, LocalDate.ofEpochDay(TimeUnit.MILLISECONDS.toDays(newest)));
        }
        return new JournalClock(machine, newest);
    }

    @Override
    public long currentTimeMillis() {
        final long now = machine.currentTimeMillis();
        if (now > latest) {
            latest = now;
        }
        return latest;
    }
}
