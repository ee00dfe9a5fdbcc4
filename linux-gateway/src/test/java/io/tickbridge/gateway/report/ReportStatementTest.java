package io.tickbridge.gateway.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Statements of the report over rows that no sample day has. */
class ReportStatementTest {
    private static List<String> ask(final String tables, final String sql) throws SQLException {
        final List<String> rows = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = database.createStatement()) {
            statement.execute(tables);
            try (ResultSet answer = statement.executeQuery(sql)) {
                while (answer.next()) {
                    final List<String> row = new ArrayList<>();
                    for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
                        row.add(String.valueOf(answer.getString(i)));
                    }
                    rows.add(String.join("|", row));
                }
            }
        }
        return rows;
    }

    @Test
    void aRunThatWasKilledIsSaidThoughAnotherRunsEndIsThereWithoutItsBegin() throws SQLException {
        assertEquals(List.of("1"), ask("""
                CREATE TABLE runs AS FROM (VALUES (10::BIGINT), (20)) v(index);
                CREATE TABLE run_ends AS FROM (VALUES (5::BIGINT), (25)) v(index);
                CREATE TABLE journal_losses (kind VARCHAR, frames BIGINT, signals BIGINT);
                CREATE TABLE feed_health (kind VARCHAR, lost BIGINT);
                CREATE TABLE frames (index BIGINT, problem VARCHAR);
                CREATE TABLE link_events (kind VARCHAR, events BIGINT)
                """, "SELECT amount FROM (" + ReportQueries.all().get("losses") + ") WHERE what LIKE 'runs without%'"));
    }
}
