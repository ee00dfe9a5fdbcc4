package io.tickbridge.gateway.export;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/** DuckDB within this process, in memory, with a bound on it. */
final class DuckDb implements AutoCloseable {
    private static final String MEMORY = "1GB";

    private final Connection connection;

    private DuckDb(final Connection connection) {
        this.connection = connection;
    }

    /** Opens an empty database; what does not fit in memory goes to a directory of its own under {@code spill}. */
    static DuckDb open(final Path spill) throws SQLException {
        final DuckDb database = new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
        try {
            database.execute("SET memory_limit='" + MEMORY + "'");
            database.execute("SET temp_directory=" + text(spill.resolve(".duckdb-spill").toString()));
            return database;
        } catch (final SQLException e) {
            database.close();
            throw e;
        }
    }

    Statement statement() throws SQLException {
        return connection.createStatement();
    }

    void execute(final String sql) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute(sql);
        }
    }

    /** Reads what {@link CsvTable} wrote, with the types of the table and no guessing. */
    static String readCsv(final Table table, final String files, final boolean partitioned) {
        return "read_csv(" + text(files) + ", auto_detect=false, header=true, delim=',', quote='\"', escape='\"', nullstr='', "
                + "allow_quoted_nulls=false, hive_partitioning=" + partitioned + ", columns={" + table.columns().stream()
                .map(column -> "'" + column.name() + "': '" + column.type() + "'").collect(Collectors.joining(", ")) + "})";
    }

    /** A literal of SQL. */
    static String text(final String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
