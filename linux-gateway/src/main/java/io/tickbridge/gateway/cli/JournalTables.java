package io.tickbridge.gateway.cli;

import java.nio.file.Path;

/** Where the tables of a journal are kept that commands ask again and again. */
final class JournalTables {
    private JournalTables() {
    }

    /** The directory named, or the one beside the journal, its name with .tables. */
    static Path of(final Path directory, final Path cache) {
        final Path journal = directory.toAbsolutePath().normalize();
        return cache == null ? journal.resolveSibling(journal.getFileName() + ".tables") : cache;
    }
}
