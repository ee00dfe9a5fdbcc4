package io.tickbridge.gateway.export;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;

/** All tables of one day being written: under temporary names until the day is whole. */
final class DayTables implements Closeable {
    private final Path out;
    private final TableFormat format;
    private final LocalDate day;
    private final Map<Table, CsvTable> tables = new EnumMap<>(Table.class);

    DayTables(final Path out, final TableFormat format, final LocalDate day) throws IOException {
        this.out = out;
        this.format = format;
        this.day = day;
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
            final Path file = file(out, table, day, format);
            FinishedFile.finish(FinishedFile.temporary(file), file);
            Files.deleteIfExists(FinishedFile.temporary(csv(table)));
        }
        return tables.values().stream().mapToLong(CsvTable::rows).sum();
    }

    private void convert() throws IOException, SQLException {
        try (DuckDb database = DuckDb.open(out)) {
            for (final Table table : Table.values()) {
                database.execute("COPY (SELECT * FROM "
                        + DuckDb.readCsv(table, FinishedFile.temporary(csv(table)).toString(), false) + ") TO "
                        + DuckDb.text(FinishedFile.temporary(file(out, table, day, format)).toString())
                        + " (FORMAT parquet, COMPRESSION zstd)");
            }
        }
    }

    private Path csv(final Table table) {
        return file(out, table, day, TableFormat.CSV);
    }

    /** Where a table's day lies: Hive's layout, which Spark, Trino and DuckDB read. */
    static Path file(final Path out, final Table table, final LocalDate day, final TableFormat format) {
        return out.resolve(table.label()).resolve("date=" + day).resolve("part-0." + format.suffix());
    }

    @Override
    public void close() throws IOException {
        for (final CsvTable table : tables.values()) {
            table.close();
        }
    }
}
