package io.tickbridge.gateway.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
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
    private static final String USUAL_NAME = "journal";
    private static final DateTimeFormatter NAME = new DateTimeFormatterBuilder()
            .appendPattern(JournalAppender.ROLL_CYCLE.format()).appendLiteral(SUFFIX).toFormatter(Locale.ROOT);

    /** All of a journal, oldest first. */
    static List<JournalDay> allIn(final Path directory) {
        final List<JournalDay> days = presentIn(directory);
        if (days.isEmpty()) {
            // Whoever names the directory of a demo or a gateway means the journal in it.
            final Path inside = directory.resolve(USUAL_NAME);
            throw new JournalException(isJournal(inside)
                    ? "no journal at " + directory + "; there is one at " + inside + ": did you mean that?"
                    : "no journal in " + directory + ": it holds no " + SUFFIX + " file");
        }
        return days;
    }

    /** Whether files of a journal lie there; of a place that cannot be listed, none are known. */
    static boolean isJournal(final Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(SUFFIX));
        } catch (final IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** The same, of a journal that may hold none yet. */
    static List<JournalDay> presentIn(final Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(JournalDay::of)
                    .sorted(Comparator.comparingInt(JournalDay::cycle))
                    .toList();
        } catch (final NotDirectoryException e) {
            final Path around = directory.toAbsolutePath().getParent();
            throw new JournalException("no journal at " + directory + ": that is a file" + (isJournal(around)
                    ? "; it is in " + around + ": did you mean that?" : ", name the directory"), e);
        } catch (final NoSuchFileException e) {
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
