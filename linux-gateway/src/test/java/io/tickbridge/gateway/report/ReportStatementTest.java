package io.tickbridge.gateway.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.export.TableQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
                CREATE TABLE run_ends AS FROM (VALUES (5::BIGINT, -3::BIGINT), (25, 20)) v(index, run);
                CREATE TABLE journal_losses (kind VARCHAR, frames BIGINT, signals BIGINT, others BIGINT);
                CREATE TABLE transaction_costs (missing VARCHAR);
                CREATE TABLE feed_health (kind VARCHAR, lost BIGINT);
                CREATE TABLE frames (index BIGINT, problem VARCHAR);
                CREATE TABLE link_events (kind VARCHAR, events BIGINT)
                """, "SELECT amount FROM (" + ReportQueries.all().get("losses") + ") WHERE what LIKE 'runs without%'"));
    }

    @Test
    void twoAccountsOfOneAddOnHaveTheirOwnFillsAndADryRunIsSaid() throws SQLException {
        assertEquals(List.of("Live7|LIVE|desk|1|2|false", "Sim101|DRY_RUN|desk|1|null|true", "Sim101|SIMULATION|desk|3|5|true"), ask("""
                CREATE TABLE runs AS FROM (VALUES (10::BIGINT)) v(index);
                CREATE TABLE link_events AS FROM (VALUES (11::BIGINT, 10, 1, 'logged-on', 'desk')) v(index, run, connection, kind, name);
                CREATE TABLE orders AS FROM (VALUES (12::BIGINT, 10, 1, 5), (13, 10, 1, 6)) v(index, run, connection, stream);
                CREATE TABLE executions AS FROM (VALUES (14::BIGINT, 10, 1, 5, 'Sim101', 'X1'), (15, 10, 1, 6, 'Sim101', 'X2'),
                    (16, 10, 1, 5, 'Live7', '9f'))
                    v(index, run, connection, stream, account, execution_id);
                CREATE TABLE risk_decisions AS FROM orders;
                CREATE TABLE transaction_costs AS FROM (VALUES (5, 'Sim101', 'SIMULATION', 'FILLED', 1), (5, 'Sim101', 'SIMULATION', 'FILLED', 1),
                    (6, 'Sim101', 'SIMULATION', 'FILLED', 3), (5, 'Live7', 'LIVE', 'FILLED', 2), (5, 'Sim101', 'DRY_RUN', 'DRY_RUN', NULL),
                    (5, 'Live7', 'LIVE', 'REFUSED', NULL)) v(stream, account, mode, state, executions)
                """, ReportQueries.all().get("fill_sources")));
    }

    @Test
    void entriesThatNothingClosedAreCountedBesideTheRoundTrips() throws SQLException {
        assertEquals(List.of("Sim101|ES|2|1|1|3|1.500000000|4.000000000|6.000000000", "Sim101|NQ|0|2|0|0|null|null|null"), ask("""
                CREATE TABLE round_trips AS SELECT account, 'SIMULATION' AS mode, symbol, quantity::BIGINT AS quantity, closed,
                    gained::DECIMAL(38, 9) AS gained, ticks::DECIMAL(38, 9) AS gained_ticks, commission::DECIMAL(28, 9) AS commission
                FROM (VALUES ('Sim101', 'ES', 1, true, 2, 8, 1), ('Sim101', 'ES', 2, true, -0.5, -2, 3), ('Sim101', 'ES', 7, false, NULL, NULL, 9),
                    ('Sim101', 'NQ', 1, false, NULL, NULL, 9), ('Sim101', 'NQ', 1, false, NULL, NULL, 9))
                    v(account, symbol, quantity, closed, gained, ticks, commission)
                """, "SELECT account, symbol, trips, not_closed, won, quantity, gained, commission, gained_ticks FROM ("
                + ReportQueries.all().get("round_trips") + ")"));
    }

    /** R: t.test(1:12)$conf.int is 4.2091 to 8.7909. */
    @Test
    void theIntervalOfAFewSignalsIsStudentsAndOfFewerThanTenThereIsNone() throws SQLException {
        final String marks = """
                CREATE MACRO rounded_quotient(a, b) AS CAST(sign(a) AS HUGEINT) * ((abs(CAST(a AS HUGEINT)) * 2 + b) // (b * 2));
                CREATE TABLE signals AS FROM (VALUES (1, 'CME', 7)) v(rule, venue, instrument);
                CREATE TABLE mark_outs AS SELECT 1 AS rule, 'r' AS rule_name, 'CME' AS venue, 7 AS instrument, 'S' AS symbol, 'ticks' AS unit,
                    1000000 AS horizon, i * 1000000 AS change FROM range(1, %d) v(i)
                """;
        final String sums = "SELECT n, mean, half_width FROM (" + ReportQueries.all().get("mark_out_sums") + ") WHERE symbol IS NULL";
        assertEquals(List.of("12|6.500|2.291"), ask(marks.formatted(13), sums));
        assertEquals(List.of("9|5.000|null"), ask(marks.formatted(10), sums));
    }

    @Test
    void aRunWhoseStartIsDamagedDoesNotTakeTheSendingsOfTheOneBefore() throws SQLException, IOException {
        final String view;
        try (InputStream in = TableQuery.class.getResourceAsStream("views/signal_paths.sql")) {
            view = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(List.of("11|10|true|1|100", "21|-21|null|1|200", "22|-21|null|2|null"), ask("""
                CREATE TABLE runs AS FROM (VALUES (10::BIGINT, true)) v(index, live);
                CREATE TABLE signals AS SELECT index, run, number, 0 AS receive_time, 0 AS exchange_time, 1 AS rule, 'r' AS rule_name, 'CME' AS venue, 'cme' AS feed,
                    7 AS instrument, 'S' AS symbol, 1 AS tick, 1 AS microprice, 'BUY' AS side, 1 AS bid_price, 1 AS bid_quantity, 1 AS ask_price,
                    1 AS ask_quantity, 0 AS value FROM (VALUES (11::BIGINT, 10, 1), (21, -21, 1), (22, -21, 2)) v(index, run, number);
                CREATE TABLE signals_sent AS FROM (VALUES (12::BIGINT, 10, 11, 1, 5, 1, 90, 100, 1),
                    (23, -21, 21, 1, 6, 1, 190, 200, 1)) v(index, run, signal_index, number, session, sequence, ready_time, sent_time, add_ons);
                CREATE TABLE known_instruments AS FROM (VALUES ('CME', 7, 'S', 1)) v(venue, instrument, symbol, tick_size)
                """, "SELECT index, run, live, number, sent_time FROM (" + view + ") ORDER BY index"));
    }

    @Test
    void twoFeedsOfAVenueHaveBooksOfTheirOwn() throws SQLException, IOException {
        final String view;
        try (InputStream in = TableQuery.class.getResourceAsStream("views/books_at.sql")) {
            view = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertEquals(List.of("levels|100|1", "levels|300|3", "orders|200|2", "orders|300|4"), ask("""
                CREATE TABLE instruments AS FROM (VALUES ('levels', 'CME'), ('orders', 'CME')) v(feed, venue);
                CREATE TABLE top_of_book AS SELECT *, 10 AS run, 7 AS instrument, 0 AS place, 'TRUSTED' AS state, 1 AS bid_quantity, 1 AS ask_price,
                    1 AS ask_quantity FROM (VALUES (11, 'levels', 100, 1), (12, 'orders', 200, 2), (13, 'levels', 300, 3), (14, 'orders', 300, 4))
                    v(index, feed, receive_time, bid_price)
                """, "SELECT feed, known_time, bid_price FROM (" + view + ") ORDER BY ALL"));
    }
}
