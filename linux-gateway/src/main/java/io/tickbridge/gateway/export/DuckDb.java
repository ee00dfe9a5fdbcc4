package io.tickbridge.gateway.export;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** DuckDB within this process, in memory, with a bound on it. */
final class DuckDb implements AutoCloseable {
    private static final String MEMORY = "1GB";
    private static final String SPILL = ".duckdb-spill";

    private final Connection connection;

    private DuckDb(final Connection connection) {
        this.connection = connection;
    }

    /**
     * Opens an empty database; what does not fit in memory goes to a directory of its own under {@code spill}, and is no more
     * than there is room for.
     */
    static DuckDb open(final Path spill, final DiskRoom room) throws SQLException {
        final DuckDb database = inMemory();
        try {
            database.execute("SET memory_limit='" + MEMORY + "'");
            database.execute("SET temp_directory=" + text(spill.resolve(SPILL).toString()));
            database.execute("SET max_temp_directory_size='" + room.on(spill).spare() + "B'");
            return database;
        } catch (final SQLException e) {
            database.close();
            throw e;
        }
    }

    /** Opens one that only parses, or computes little. */
    static DuckDb inMemory() throws SQLException {
        return new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
    }

    Statement statement() throws SQLException {
        return connection.createStatement();
    }

    void execute(final String sql) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute(sql);
        }
    }

    long count(final String from) throws SQLException {
        try (Statement statement = statement(); ResultSet answer = statement.executeQuery("SELECT count(*) FROM " + from)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    /** From here on nothing but these directories is in reach, and no statement can take that back. */
    void confine(final Path... directories) throws SQLException {
        execute("SET allowed_directories=[" + Stream.of(directories).map(directory -> text(directory.toString()))
                .collect(Collectors.joining(", ")) + "]");
        execute("SET enable_external_access=false");
        execute("SET lock_configuration=true");
    }

    /** Refuses what is not one SELECT, by DuckDB's own parser. */
    void requireSelect(final String sql) throws SQLException {
        try (PreparedStatement parse = connection.prepareStatement("SELECT CAST(tree->>'error' AS BOOLEAN), tree->>'error_message', "
                + "json_array_length(tree->'statements') FROM (SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS JSON) AS tree)")) {
            parse.setString(1, sql);
            try (ResultSet answer = parse.executeQuery()) {
                answer.next();
                if (answer.getBoolean(1)) {
                    final String said = answer.getString(2);
                    throw new ExportException("the query is not one that reads: "
                            + (said.startsWith("Only SELECT") ? "only SELECT statements can be asked" : said));
                }
                if (answer.getInt(3) != 1) {
                    throw new ExportException(answer.getInt(3) == 0 ? "the query has no statement: ask one SELECT"
                            : "the query has " + answer.getInt(3) + " statements: ask one SELECT at a time");
                }
            }
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
