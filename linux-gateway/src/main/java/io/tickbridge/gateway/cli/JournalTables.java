package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.ExportException;
import io.tickbridge.gateway.export.ExportRange;
import io.tickbridge.gateway.export.ExportResult;
import io.tickbridge.gateway.export.TableExport;
import io.tickbridge.gateway.export.TableFormat;
import io.tickbridge.gateway.export.TableQuery;
import io.tickbridge.gateway.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

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
        JournalReader.requireJournal(given); // before a directory is made for its tables
        if (cache != null) {
            OutputPlace.require("--cache", cache);
            if (Files.isRegularFile(cache)) {
                throw new ExportException("--cache " + cache + ": that is a file; name a directory for tables");
            }
        }
        final Path journal = given.toAbsolutePath().normalize();
        final Path tables = cache == null ? journal.resolveSibling(journal.getFileName() + ".tables") : cache;
        final ExportResult result =
                TableExport.write(given, tables, TableFormat.PARQUET, ExportRange.ALL, disk.room(tables), screen);
        return new JournalTables(tables, given, result.problems());
    }
}
