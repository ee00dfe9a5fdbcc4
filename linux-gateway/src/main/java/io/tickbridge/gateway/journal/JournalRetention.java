package io.tickbridge.gateway.journal;

import io.tickbridge.gateway.config.JournalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the journal's oldest files, a day at a time, beyond the age and the size that are configured. Never the file that
 * is written, nor a later one.
 */
final class JournalRetention {
    private static final Logger LOGGER = LoggerFactory.getLogger(JournalRetention.class);

    private final Path directory;
    private final int keepDays;
    private final long keepBytes;

    JournalRetention(final JournalConfig config) {
        directory = config.directory();
        keepDays = config.keepDays();
        keepBytes = config.keepBytes();
    }

    /**
     * Deletes what is beyond.
     *
     * @param current file being written
     * @return files deleted
     * @throws IOException when one could not be
     */
    int apply(final Path current) throws IOException {
        if (keepDays == 0 && keepBytes == 0) {
            return 0;
        }
        final List<JournalDay> days = JournalDay.presentIn(directory);
        final int today = days.stream().filter(day -> day.file().getFileName().equals(current.getFileName()))
                .mapToInt(JournalDay::cycle).findFirst().orElse(Integer.MIN_VALUE);
        final List<JournalDay> old = new ArrayList<>(days.stream().filter(day -> day.cycle() < today).toList());
        long total = 0;
        for (final JournalDay day : days) {
            total += Files.size(day.file());
        }
        int deleted = 0;
        for (final JournalDay day : old) {
            final boolean tooOld = keepDays > 0 && day.cycle() <= today - keepDays;
            if (!tooOld && (keepBytes == 0 || total <= keepBytes)) {
                break;
            }
            final long size = Files.size(day.file());
            Files.delete(day.file());
            total -= size;
            deleted++;
            LOGGER.info("journal: deleted {}, {} bytes, by journal.{}", day.file(), size, tooOld ? "keep-days" : "keep-size");
        }
        return deleted;
    }
}
