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
}
