package io.tickbridge.gateway.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;

/** All tables of a part of one day being written: under temporary names until the part is whole. */
final class DayTables implements Closeable {
    private final Path out;
    private final TableFormat format;
    private final LocalDate day;
    private final int part;
    private final DiskRoom room;
    private final Map<Table, CsvTable> tables = new EnumMap<>(Table.class);

    DayTables(final Path out, final TableFormat format, final LocalDate day, final int part, final DiskRoom room)
            throws IOException {
        this.out = out;
        this.format = format;
        this.day = day;
        this.part = part;
        this.room = room;
        for (final Table table : Table.values()) {
            tables.put(table, new CsvTable(table, FinishedFile.temporary(csv(table))));
        }
    }

    CsvTable of(final Table table) {
        return tables.get(table);
    }

    /** Gives every table its name. Returns how many rows there are. */
    long finish() throws IOException {
        close();
        try {
            if (format == TableFormat.PARQUET) {
                convert();
            }
        } catch (final SQLException e) {
            throw new ExportException("the tables of " + day + " cannot be written as Parquet to " + out + ": " + e.getMessage(), e);
        }
        for (final Table table : Table.values()) {
            final Path file = file(out, table, day, part, format);
            FinishedFile.finish(FinishedFile.temporary(file), file);
        }
        return tables.values().stream().mapToLong(CsvTable::rows).sum();
    }

    private void convert() throws IOException, SQLException {
        try (DuckDb database = DuckDb.open(out, room)) {
            for (final Table table : Table.values()) {
                // It becomes a tenth of that, but never more.
                room.require(Files.size(FinishedFile.temporary(csv(table))));
                database.execute("COPY (SELECT * FROM "
                        + DuckDb.readCsv(table, FinishedFile.temporary(csv(table)).toString(), false) + ") TO "
                        + DuckDb.text(FinishedFile.temporary(file(out, table, day, part, format)).toString())
                        + " (FORMAT parquet, COMPRESSION zstd)");
                Files.delete(FinishedFile.temporary(csv(table)));
            }
        }
    }

    private Path csv(final Table table) {
        return file(out, table, day, part, TableFormat.CSV);
    }

    /** Where a table's day lies: Hive's layout, which Spark, Trino and DuckDB read. */
    static Path file(final Path out, final Table table, final LocalDate day, final int part, final TableFormat format) {
        return out.resolve(table.label()).resolve("date=" + day).resolve("part-" + part + "." + format.suffix());
    }

    @Override
    public void close() throws IOException {
        for (final CsvTable table : tables.values()) {
            table.close();
        }
    }
}
