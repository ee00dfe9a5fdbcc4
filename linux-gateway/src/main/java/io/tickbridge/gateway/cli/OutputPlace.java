package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.ExportException;
import io.tickbridge.gateway.journal.JournalReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a user wants a result: found wrong before the work, not after it, and never over a journal. */
final class OutputPlace {
    private OutputPlace() {
    }

    /** Refuses a place that cannot be written to whatever is written, or in which a journal lies. */
    static void require(final String option, final Path place) {
        final Path whole = place.toAbsolutePath();
        for (Path above = whole.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                throw new ExportException(option + " " + place + ": " + above + " is a file, nothing can be written below it; name another place");
            }
        }
        requireNoJournal(option, place, whole);
        requireNoJournal(option, place, whole.getParent());
    }

    private static void requireNoJournal(final String option, final Path place, final Path directory) {
        if (directory != null && JournalReader.isJournal(directory)) {
            throw new ExportException(option + " " + place + ": " + directory
                    + " is a journal, which nothing else is written to; name a place outside it");
        }
    }
}
