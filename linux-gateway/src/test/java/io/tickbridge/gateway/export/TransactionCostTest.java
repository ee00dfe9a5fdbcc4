package io.tickbridge.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What orders cost: the table by SQL, against the same worked out without SQL. */
class TransactionCostTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
    private static final String ALL = "SELECT " + TradedDays.COLUMNS + " FROM transaction_costs";

    @TempDir
    private Path directory;

    @Test
    void eachOrderHasTheRowThatWasWorkedOutByHandOnTheRightDay() throws IOException {
        final List<String> expected = TradedDays.costs(directory.resolve("journal"), 4711, FIRST, FIRST.plusDays(1), FIRST.plusDays(4));
        for (final TableFormat format : TableFormat.values()) {
            final Path tables = directory.resolve(format.suffix());
            assertEquals(List.of(), TableExport.write(directory.resolve("journal"), tables, format, ExportRange.ALL, line -> { }).problems());
            assertEquals(expected, sorted(tables, ALL), "the view");
            final String files = DuckDb.text(tables + "/transaction_costs/*/*." + format.suffix());
            assertEquals(expected, sorted(tables, ALL.replace("transaction_costs", format == TableFormat.PARQUET
                    ? "read_parquet(" + files + ", hive_partitioning=true)"
                    : "read_csv(" + files + ", hive_partitioning=true, all_varchar=true)")), "the files");
            assertEquals(List.of("1"), ExportTest.ask(tables, "SELECT count(DISTINCT date) FROM orders WHERE date = '2026-03-06'"));
            assertEquals(List.of("0|0"), ExportTest.ask(tables, "SELECT (SELECT count(*) FROM transaction_costs WHERE index IS NULL), "
                    + "(SELECT count(*) - count(DISTINCT (stream, sequence)) FROM positions)"));
        }
        assertTrue(expected.stream().anyMatch(row -> row.contains("|REFUSED|")));
    }

    @Test
    void aDayThatIsAddedChangesTheCostsOfTheDayBefore() throws IOException {
        final Path journal = directory.resolve("journal");
        final Path tables = directory.resolve("tables");
        final List<String> whole = TradedDays.costs(journal, 5, FIRST, FIRST.plusDays(1));
        // What a first export would have seen: nothing of the second day.
        TableExport.write(journal, tables, TableFormat.PARQUET, ExportRange.of(null, "2026-03-03T00:00:00Z"), line -> { });
        final String state = "SELECT state FROM transaction_costs WHERE date = '2026-03-02' AND quantity = 5 ORDER BY index DESC LIMIT 1";
        assertEquals(List.of("WORKING"), ExportTest.ask(tables, state));
        TableExport.write(journal, tables, TableFormat.PARQUET, ExportRange.ALL, line -> { });
        assertEquals(List.of("FILLED"), ExportTest.ask(tables, state));
        assertEquals(whole, sorted(tables, ALL.replace("transaction_costs", "read_parquet("
                + DuckDb.text(tables + "/transaction_costs/*/*.parquet") + ", hive_partitioning=true)")));
    }

    private static List<String> sorted(final Path tables, final String sql) throws IOException {
        return ExportTest.ask(tables, sql).stream().sorted().toList();
    }
}
