package io.tickbridge.gateway.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

/**
 * What orders cost, worked out from the other tables by {@code transaction_costs.sql}. All days are worked out together: an
 * order may be filled on another day than that on which its signal came.
 */
final class TransactionCosts {
    /** Name in SQL, and of the directory. */
    static final String LABEL = "transaction_costs";

    private static final String DATE = "date=";
    /** What a row may take, written as text. */
    private static final long ROW_BYTES = 1024;

    private TransactionCosts() {
    }

    /** Makes the view, in a database that has views of all tables. */
    static void define(final DuckDb database) throws SQLException, IOException {
        // Integers of up to 128 bits: DuckDB's own division of decimals is that of floating-point numbers.
        database.execute("CREATE MACRO rounded_quotient(a, b) AS CAST(sign(a) AS HUGEINT) "
                + "* ((abs(CAST(a AS HUGEINT)) * 2 + CAST(b AS HUGEINT)) // (CAST(b AS HUGEINT) * 2))");
        database.execute("CREATE VIEW " + LABEL + " AS " + sql());
    }

    private static String sql() throws IOException {
        try (InputStream in = TransactionCosts.class.getResourceAsStream("transaction_costs.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Writes the table from the others that lie there, all days of it. */
    static void write(final Path out, final TableFormat format, final DiskRoom room) throws IOException {
        try (DuckDb database = DuckDb.open(out, room)) {
            TableQuery.views(database, out);
            define(database);
            database.execute("CREATE TABLE costs AS FROM " + LABEL);
            for (final LocalDate day : days(out)) {
                final Path file = out.resolve(LABEL).resolve(DATE + day).resolve("part-0." + format.suffix());
                final Path temporary = FinishedFile.temporary(file);
                // A row of text is some hundred bytes long.
                room.require(database.count("costs WHERE date = DATE '" + day + "'") * ROW_BYTES);
                database.execute("COPY (SELECT * EXCLUDE (date) FROM costs WHERE date = DATE '" + day + "' ORDER BY index, signal_sequence) "
                        + "TO " + DuckDb.text(temporary.toString()) + options(database, format));
                FinishedFile.finish(temporary, file);
            }
        } catch (final SQLException e) {
            throw new ExportException("the table " + LABEL + " cannot be written to " + out + ": " + e.getMessage(), e);
        }
    }

    private static String options(final DuckDb database, final TableFormat format) throws SQLException {
        if (format == TableFormat.PARQUET) {
            return " (FORMAT parquet, COMPRESSION zstd)";
        }
        // As CsvTable writes: text in quotes, null nothing at all.
        final List<String> texts = new ArrayList<>();
        try (Statement statement = database.statement(); ResultSet none = statement.executeQuery("FROM costs LIMIT 0")) {
            final ResultSetMetaData columns = none.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                if (columns.getColumnTypeName(i).equals(Column.TEXT)) {
                    texts.add(columns.getColumnLabel(i));
                }
            }
        }
        return " (FORMAT csv, HEADER, NULLSTR '', FORCE_QUOTE (" + String.join(", ", texts) + "))";
    }

    static List<LocalDate> days(final Path out) throws IOException {
        try (Stream<Path> directories = Files.list(out.resolve(Table.FRAMES.label()))) {
            return directories.map(directory -> directory.getFileName().toString()).filter(name -> name.startsWith(DATE))
                    .map(name -> LocalDate.parse(name.substring(DATE.length()))).sorted().toList();
        }
    }
}
