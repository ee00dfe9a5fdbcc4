package io.tickbridge.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One of the queue's files.
 *
 * @param file  where it lies
 * @param cycle Chronicle's number of the day: days since the Unix epoch, UTC
 */
record JournalDay(Path file, int cycle) {
    private static final String SUFFIX = ".cq4";
    private static final DateTimeFormatter NAME = new DateTimeFormatterBuilder()
            .appendPattern(JournalAppender.ROLL_CYCLE.format()).appendLiteral(SUFFIX).toFormatter(Locale.ROOT);

    /** All of a journal, oldest first. */
    static List<JournalDay> allIn(final Path directory) {
        final List<JournalDay> days = presentIn(directory);
        if (days.isEmpty()) {
            throw new JournalException("no journal in " + directory + ": it holds no " + SUFFIX + " file");
        }
        return days;
    }

    /** The same, of a journal that may hold none yet. */
    static List<JournalDay> presentIn(final Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(JournalDay::of)
                    .sorted(Comparator.comparingInt(JournalDay::cycle))
                    .toList();
        } catch (final NoSuchFileException | NotDirectoryException e) {
            throw new JournalException("no journal at " + directory + ": there is no such directory", e);
        } catch (final IOException e) {
            throw new JournalException("journal " + directory + " cannot be listed: " + e.getMessage(), e);
        }
    }

    private static JournalDay of(final Path file) {
        try {
            final LocalDate date = LocalDate.parse(file.getFileName().toString(), NAME);
            return new JournalDay(file, Math.toIntExact(date.toEpochDay()));
        } catch (final DateTimeParseException e) {
            throw new JournalException(file + " is a queue, but not a Tickbridge journal: its files are named like "
                    + NAME.format(LocalDate.EPOCH), e);
        }
    }
}
