package io.tickbridge.gateway.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.export.ExportRange;
import io.tickbridge.gateway.export.QueryRows;
import io.tickbridge.gateway.export.TableExport;
import io.tickbridge.gateway.export.TableFormat;
import io.tickbridge.gateway.export.TableQuery;
import io.tickbridge.gateway.export.TradedDays;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a report says of one day of a run that goes over several, and its counts against each other. */
class DayQueryTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
    private static final List<LocalDate> DAYS = List.of(FIRST, FIRST.plusDays(1), FIRST.plusDays(4));

    @TempDir
    private static Path directory;

    @BeforeAll
    static void write() throws IOException {
        TradedDays.costs(directory.resolve("journal"), 99, DAYS.toArray(LocalDate[]::new));
        assertEquals(List.of(), TableExport.write(directory.resolve("journal"), directory.resolve("tables"), TableFormat.PARQUET,
                ExportRange.ALL, line -> { }).problems());
    }

    private static List<String> ask(final LocalDate day, final String sql) throws IOException {
        final List<String> rows = new ArrayList<>();
        try (TableQuery query = TableQuery.open(directory.resolve("tables"), day)) {
            query.ask(sql, new QueryRows() {
                @Override
                public void onColumns(final List<String> columns) {
                    // Values alone.
                }

                @Override
                public void onRow(final List<Object> values) {
                    rows.add(values.stream().map(String::valueOf).collect(Collectors.joining("|")));
                }
            });
        }
        return rows;
    }

    @Test
    void eachDayOfARunHasTheRunAndItsSignalsAndTheCostsThatAllDaysGiveIt() throws IOException {
        for (final LocalDate day : DAYS) {
            assertEquals(List.of("1"), ask(day, "SELECT count(*) FROM runs"), "the run of " + day);
            assertEquals(List.of("25|25|25"), ask(day, "SELECT count(*), count(sent_time), count(symbol) FILTER (WHERE symbol = 'ESZ6') "
                    + "+ count(*) FILTER (WHERE instrument <> 1001) FROM signal_paths"));
            assertEquals(List.of("1|25|25"), ask(day, "SELECT runs, signals, signals_sent FROM (" + ReportQueries.all().get("glance") + ")"));
            assertEquals(ask(null, "SELECT * FROM transaction_costs WHERE date = '" + day + "' ORDER BY index, signal_sequence"),
                    ask(day, "SELECT * FROM transaction_costs ORDER BY index, signal_sequence"));
            assertEquals(List.of("Sim101"), ask(day, "SELECT DISTINCT account FROM (" + ReportQueries.all().get("fill_sources") + ")"));
        }
        assertEquals(List.of("0|0"), ask(FIRST.plusDays(2), "SELECT (SELECT count(*) FROM runs), (SELECT count(*) FROM signal_paths)"));
    }

    @Test
    void theGlanceCountsWhatTheTableOfOrdersCounts() throws IOException {
        final String glance = "SELECT orders, ordered_quantity, fills, filled_quantity FROM (" + ReportQueries.all().get("glance") + ")";
        assertEquals(ask(null, "SELECT sum(orders), sum(ordered), (SELECT count(DISTINCT execution_id) FROM executions), sum(filled) FROM ("
                + ReportQueries.all().get("transaction_cost_sums") + ")"), ask(null, glance));
    }

    @Test
    void orderToFillIsThatOfTheTableOfOrdersAndExitsAreApart() throws IOException {
        assertEquals(List.of("Sim101", "Sim101, stop loss"), ask(null, "SELECT DISTINCT series FROM latencies WHERE place = 6 ORDER BY 1"));
        assertEquals(ask(null, "SELECT order_to_fill FROM transaction_costs WHERE role = 'ENTRY' AND order_to_fill IS NOT NULL ORDER BY 1"),
                ask(null, "SELECT latency FROM latencies WHERE place = 6 AND series = 'Sim101' ORDER BY 1"));
        assertEquals(List.of("70"), ask(null, "SELECT DISTINCT latency FROM latencies WHERE place = 6 AND series = 'Sim101, stop loss'"));
    }
}
