package io.tickbridge.gateway.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** SQL over exported tables and views of them, by DuckDB within this process. One thread at a time. */
public final class TableQuery implements AutoCloseable {
    private final SpillDirectory spill;
    private final DuckDb database;

    private TableQuery(final Path tables, final LocalDate day, final SpillDirectory spill) throws IOException, SQLException {
        this.spill = spill;
        database = DuckDb.open(spill.path(), DiskRoom.of(spill.path()));
        try {
            final Path reached = tables.toAbsolutePath().normalize();
            views(database, reached);
            TransactionCosts.define(database);
            if (day != null) {
                ViewsOfDay.create(database, reached, day);
            }
            TableViews.create(database);
            database.confine(reached, spill.path());
        } catch (final IOException | SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Whether a directory holds exported tables.
     *
     * @param directory any
     * @return false for a journal
     */
    public static boolean isExport(final Path directory) {
        return Files.isDirectory(directory.resolve(Table.FRAMES.label()));
    }

    /**
     * Looks which days are not whole.
     *
     * @param tables where {@link TableExport} wrote to
     * @return what is not whole, one line each
     * @throws IOException when the directory cannot be read
     */
    public static List<String> partial(final Path tables) throws IOException {
        return PartialDays.of(tables);
    }

    /**
     * Which days are there.
     *
     * @param tables where {@link TableExport} wrote to
     * @return in order
     * @throws IOException when the directory cannot be read
     */
    public static List<LocalDate> days(final Path tables) throws IOException {
        return TransactionCosts.days(tables);
    }

    /**
     * Opens the tables of a directory.
     *
     * @param tables where {@link TableExport} wrote to
     * @param day    what is looked at: its records, and all of its runs that they need; null for all days
     * @return to be asked and closed
     * @throws IOException when the directory cannot be read
     */
    public static TableQuery open(final Path tables, final LocalDate day) throws IOException {
        final SpillDirectory spill = SpillDirectory.beside(tables);
        try {
            return new TableQuery(tables, day, spill);
        } catch (final SQLException e) {
            spill.close();
            throw new ExportException("the tables in " + tables + " cannot be opened: " + e.getMessage(), e);
        } catch (final IOException | RuntimeException e) {
            spill.close();
            throw e;
        }
    }

    /**
     * Refuses what could not be asked whatever tables there are, before any is written.
     *
     * @param sql to be one SELECT
     * @throws ExportException when it is not; DuckDB's own words
     */
    public static void requireSelect(final String sql) {
        try (DuckDb parser = DuckDb.inMemory()) {
            parser.requireSelect(sql);
        } catch (final SQLException e) {
            throw failed(e);
        }
    }

    private static ExportException failed(final SQLException e) {
        return new ExportException("the query failed: " + e.getMessage().strip(), e);
    }

    /**
     * Asks.
     *
     * @param tables where {@link TableExport} wrote to
     * @param sql    one SELECT; the tables have the names of their directories
     * @param rows   takes the answer
     * @throws IOException     when the directory cannot be read
     * @throws ExportException when it is not one SELECT, or DuckDB refuses it; its own words
     */
    public static void ask(final Path tables, final String sql, final QueryRows rows) throws IOException {
        try (TableQuery query = open(tables, null)) {
            query.ask(sql, rows);
        }
    }

    /**
     * Asks.
     *
     * @param sql  one SELECT; the tables have the names of their directories
     * @param rows takes the answer
     * @throws ExportException when it is not one SELECT, or DuckDB refuses it; its own words
     */
    public void ask(final String sql, final QueryRows rows) {
        try {
            database.requireSelect(sql);
            try (Statement statement = database.statement(); ResultSet answer = statement.executeQuery(sql)) {
                hand(answer, rows);
            }
        } catch (final SQLException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            database.close();
        } catch (final SQLException e) {
            throw new IOException("the database cannot be closed: " + e.getMessage(), e);
        } finally {
            spill.close();
        }
    }

    /** Gives the exported tables their names. */
    static void views(final DuckDb database, final Path tables) throws IOException, SQLException {
        for (final Table table : Table.values()) {
            database.execute("CREATE VIEW " + table.label() + " AS SELECT * FROM " + source(tables, table));
        }
    }

    /** What reads all days of a table, in a FROM clause. */
    static String source(final Path tables, final Table table) throws IOException {
        final Path directory = tables.resolve(table.label());
        // A glob finds no more than whole files: those being written begin with a point.
        if (has(directory, TableFormat.PARQUET)) {
            return "read_parquet(" + DuckDb.text(directory + "/*/part-*.parquet") + ", hive_partitioning=true)";
        }
        if (has(directory, TableFormat.CSV)) {
            return DuckDb.readCsv(table, directory + "/*/part-*.csv", true);
        }
        throw new ExportException(tables + " holds no whole table " + table.label() + ": export the journal there once more, with "
                + "--to parquet or --to csv");
    }

    private static boolean has(final Path directory, final TableFormat format) throws IOException {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.startsWith("part-") && name.endsWith("." + format.suffix()));
        }
    }

    private static void hand(final ResultSet answer, final QueryRows rows) throws SQLException {
        final ResultSetMetaData columns = answer.getMetaData();
        final List<String> names = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            names.add(columns.getColumnLabel(i));
        }
        rows.onColumns(names);
        while (answer.next()) {
            final List<Object> values = new ArrayList<>();
            for (int i = 1; i <= names.size(); i++) {
                final Object value = answer.getObject(i);
                values.add(value == null || value instanceof Number || value instanceof Boolean ? value : value.toString());
            }
            rows.onRow(values);
        }
    }
}
