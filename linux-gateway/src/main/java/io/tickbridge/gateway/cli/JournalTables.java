package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.ExportException;
import io.tickbridge.gateway.export.ExportRange;
import io.tickbridge.gateway.export.ExportResult;
import io.tickbridge.gateway.export.TableExport;
import io.tickbridge.gateway.export.TableFormat;
import io.tickbridge.gateway.export.TableQuery;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tables that commands ask again and again: those of a directory that {@code export} wrote, or a journal's, which are written
 * first and kept beside it.
 *
 * @param directory where they are
 * @param journal   null when only tables are there
 * @param problems  what is missing from the journal, damaged, or not whole in the tables
 */
record JournalTables(Path directory, Path journal, List<String> problems) {

    /** Of a journal what is missing in them is written first. */
    static JournalTables of(final Path given, final Path cache, final DiskOptions disk, final ExportScreen screen) throws IOException {
        if (TableQuery.isExport(given)) {
            if (cache != null) {
                throw new ExportException(given + " holds tables already: --cache is for a journal's");
            }
            return new JournalTables(given, null, TableQuery.partial(given));
        }
        requireJournal(given);
        final Path journal = given.toAbsolutePath().normalize();
        final Path tables = cache == null ? journal.resolveSibling(journal.getFileName() + ".tables") : cache;
        final ExportResult result =
                TableExport.write(given, tables, TableFormat.PARQUET, ExportRange.ALL, disk.room(tables), screen);
        return new JournalTables(tables, given, result.problems());
    }

    /** Whoever names the directory of a demo or a gateway means the journal in it. */
    static void requireJournal(final Path given) throws IOException {
        final Path inside = given.resolve("journal");
        if (!isJournal(given) && isJournal(inside)) {
            throw new ExportException("no journal at " + given + "; there is one at " + inside + ": did you mean that?");
        }
    }

    private static boolean isJournal(final Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(".cq4"));
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
