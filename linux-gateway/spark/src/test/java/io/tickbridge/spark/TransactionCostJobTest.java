package io.tickbridge.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.export.CaptureJournal;
import io.tickbridge.gateway.export.DiskRoom;
import io.tickbridge.gateway.export.ExportRange;
import io.tickbridge.gateway.export.QueryRows;
import io.tickbridge.gateway.export.TableExport;
import io.tickbridge.gateway.export.TableFormat;
import io.tickbridge.gateway.export.TableQuery;
import io.tickbridge.gateway.export.TradedDays;
import io.tickbridge.gateway.report.BookChoice;
import io.tickbridge.gateway.report.DayReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark over many days against DuckDB and against figures worked out without SQL: the same to the last digit. */
class TransactionCostJobTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);
    private static final List<LocalDate> DAYS = List.of(FIRST, FIRST.plusDays(1), FIRST.plusDays(7));
    private static final String ALL = "SELECT * FROM transaction_costs";

    private static SparkSession spark;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder().master("local[2]").appName("test").config("spark.ui.enabled", false)
                .config("spark.sql.shuffle.partitions", 1).getOrCreate();
    }

    @AfterAll
    static void stop() throws IOException {
        spark.close();
    }

    /** Exported tables of a gateway that traded on all days. */
    private Path tables(final String gateway, final long seed, final List<String> costs) throws IOException {
        final Path journal = directory.resolve(gateway + ".journal");
        costs.addAll(TradedDays.costs(journal, seed, DAYS.toArray(LocalDate[]::new)));
        final Path tables = directory.resolve(gateway);
        TableExport.write(journal, tables, TableFormat.PARQUET, ExportRange.ALL, line -> { });
        return tables;
    }

    @Test
    void bothEnginesAgreeOverAllDaysAndOnEachAlone() throws IOException {
        final List<String> expected = new ArrayList<>();
        final Path tables = tables("chicago-1", 4711, expected);
        final List<String> byDuckDb = duckDb(tables, ALL);
        assertEquals(byDuckDb, spark(TransactionCostJob.costs(spark, tables.toString())));
        TransactionCostJob.costs(spark, tables.toString()).createOrReplaceTempView("transaction_costs");
        assertEquals(expected, spark(spark.sql("SELECT " + TradedDays.COLUMNS + " FROM transaction_costs")));
        // Uncast, the product of a DECIMAL(19,9) and a BIGINT has more digits than Spark's decimals hold, and it drops places.
        final String sums = "SELECT date, kind, count(*), SUM(slippage_ticks * CAST(filled_quantity AS DECIMAL(9,0))), SUM(commission), "
                + "SUM(filled_quantity) FROM transaction_costs GROUP BY date, kind";
        assertEquals(duckDb(tables, sums), spark(spark.sql(sums)));
        thePageSaysTheSame(tables);
        for (final LocalDate day : DAYS) {
            final String ofDay = ALL + " WHERE date = DATE '" + day + "'";
            assertEquals(duckDb(tables, ofDay), spark(spark.sql(ofDay)), "that day, seen from the whole");
        }
        for (final LocalDate day : DAYS) {
            final Path alone = directory.resolve("alone-" + day);
            copy(tables, alone, "date=" + day);
            assertEquals(duckDb(alone, ALL), spark(TransactionCostJob.costs(spark, alone.toString())), "that day, and nothing else there");
        }
    }

    /** The rows and sums that a reader of the report sees, against Spark's. */
    private void thePageSaysTheSame(final Path tables) throws IOException {
        final Path page = directory.resolve("days.html");
        DayReport.write(new DayReport.Source("chicago-1", tables, null, null, List.of(), BookChoice.DEFAULT), page, DiskRoom.of(page), line -> { });
        final String text = Files.readString(page);
        final int begin = text.indexOf("id=\"data\">") + "id=\"data\">".length();
        final Map<String, Object> data = JSON.std.mapFrom(text.substring(begin, text.indexOf("</script>", begin)));
        final String rows = "kind, role, action, quantity, filled_quantity, state, microprice, average_price, slippage, slippage_ticks, "
                + "stop_slippage, stop_slippage_ticks, commission, executions, fill_ratio, client_order_id, signal_number";
        final List<String> shown = answer(data, "transaction_costs", rows);
        assertTrue(shown.size() > 2 * DAYS.size() * 12, "orders: " + shown.size());
        assertEquals(shown, spark(spark.sql("SELECT " + rows + " FROM transaction_costs WHERE state <> 'REFUSED'")));
        assertEquals(answer(data, "transaction_cost_sums", "account, mode, symbol, role, orders, orders_filled, ordered, filled, costed, "
                + "worst_slippage_ticks, worst_stop_slippage_ticks, commission"), spark(spark.sql("SELECT account, mode, "
                + "COALESCE(symbol, instrument_name), role, COUNT(*), COUNT(CASE WHEN filled_quantity > 0 THEN 1 END), SUM(quantity), "
                + "COALESCE(SUM(filled_quantity), 0), COUNT(slippage_ticks), CAST(MAX(slippage_ticks) AS DECIMAL(19,3)), "
                + "CAST(MAX(stop_slippage_ticks) AS DECIMAL(19,3)), SUM(commission) FROM transaction_costs "
                + "WHERE state NOT IN ('REFUSED', 'DRY_RUN') GROUP BY 1, 2, 3, 4")));
        assertEquals(answer(data, "glance", "orders, ordered_quantity, fills, filled_quantity"), spark(spark.sql("SELECT COUNT(*), SUM(quantity), "
                + "SUM(executions), SUM(filled_quantity) FROM transaction_costs WHERE state NOT IN ('REFUSED', 'DRY_RUN')")));
    }

    private static List<String> answer(final Map<String, Object> data, final String name, final String columns) {
        final Map<?, ?> answer = (Map<?, ?>) ((Map<?, ?>) data.get("answers")).get(name);
        final List<?> names = (List<?>) answer.get("columns");
        return ((List<?>) answer.get("rows")).stream().map(List.class::cast).map(row -> Stream.of(columns.split(", "))
                .map(column -> text(row.get(names.indexOf(column)))).collect(Collectors.joining("|"))).sorted().toList();
    }

    @Test
    void theJobWritesGatewaysAndDaysThatBothEnginesReadAndReplacesWhatItWroteBefore() throws IOException {
        final List<String> expected = new ArrayList<>();
        final Path chicago = tables("chicago-1", 1, expected);
        final Path secaucus = tables("secaucus-1", 2, expected);
        expected.sort(null);
        final Path out = directory.resolve("costs");
        for (int i = 0; i < 2; i++) {
            TransactionCostJob.write(spark, out.toString(), List.of(chicago.toString(), secaucus.toString()));
            spark.read().parquet(out.toString()).createOrReplaceTempView("written");
            assertEquals(expected, spark(spark.sql("SELECT " + TradedDays.COLUMNS + " FROM written")));
        }
        assertTrue(Files.isDirectory(out.resolve("gateway=chicago-1/date=" + FIRST)));
        assertEquals(expected, anyDuckDb("SELECT " + TradedDays.COLUMNS + " FROM read_parquet('" + out
                + "/*/*/*.parquet', hive_partitioning=true)"));
    }

    @Test
    void sparkReadsEveryTableAsDuckDbDoes() throws IOException {
        final Path tables = tables("chicago-1", 3, new ArrayList<>());
        everyTableIsTheSame(tables);
        final Path journal = directory.resolve("capture.journal");
        SharedData.file("captures/iex-tops16-20170710.pcap.gz");
        CaptureJournal.write(journal, CaptureJournal.IEX, "iex-tops16-20170710.pcap.gz", none -> { });
        final Path captured = directory.resolve("captured");
        TableExport.write(journal, captured, TableFormat.PARQUET, ExportRange.ALL, line -> { });
        everyTableIsTheSame(captured);
    }

    private static void everyTableIsTheSame(final Path tables) throws IOException {
        final List<String> names;
        try (Stream<Path> directories = Files.list(tables)) {
            names = directories.map(path -> path.getFileName().toString()).filter(name -> !name.startsWith(".")).sorted().toList();
        }
        assertTrue(names.containsAll(List.of("frames", "orders", "transaction_costs")), names::toString);
        long rows = 0;
        for (final String name : names) {
            final List<String> byDuckDb = duckDb(tables, "SELECT * FROM read_parquet('" + tables.resolve(name)
                    + "/*/*.parquet', hive_partitioning=true)");
            assertEquals(byDuckDb, spark(spark.read().parquet(tables.resolve(name).toString())), name);
            rows += byDuckDb.size();
        }
        assertTrue(rows > 100);
    }

    private static void copy(final Path from, final Path to, final String partition) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (final Path file : files.filter(path -> path.toString().contains(partition) && Files.isRegularFile(path)).toList()) {
                final Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<String> spark(final Dataset<Row> rows) {
        return rows.collectAsList().stream().map(row -> IntStream.range(0, row.length())
                .mapToObj(i -> text(row.get(i))).collect(Collectors.joining("|"))).sorted().toList();
    }

    private static List<String> duckDb(final Path tables, final String sql) throws IOException {
        final List<String> lines = new ArrayList<>();
        TableQuery.ask(tables, sql, new QueryRows() {
            @Override
            public void onColumns(final List<String> columns) {
                assertFalse(columns.isEmpty());
            }

            @Override
            public void onRow(final List<Object> values) {
                lines.add(values.stream().map(TransactionCostJobTest::text).collect(Collectors.joining("|")));
            }
        });
        return lines.stream().sorted().toList();
    }

    /** Not by `query`, which reads a journal's tables and no other file. */
    private static List<String> anyDuckDb(final String sql) {
        final List<String> lines = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = database.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            while (answer.next()) {
                final List<String> values = new ArrayList<>();
                for (int i = 1; i <= answer.getMetaData().getColumnCount(); i++) {
                    values.add(text(answer.getObject(i)));
                }
                lines.add(String.join("|", values));
            }
        } catch (final SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return lines.stream().sorted().toList();
    }

    private static String text(final Object value) {
        return value == null ? "" : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
