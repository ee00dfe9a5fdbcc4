package io.tickbridge.gateway.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.export.CaptureJournal;
import io.tickbridge.gateway.export.DiskRoom;
import io.tickbridge.gateway.export.ExportRange;
import io.tickbridge.gateway.export.FrameExport;
import io.tickbridge.gateway.export.QueryRows;
import io.tickbridge.gateway.export.TableExport;
import io.tickbridge.gateway.export.TableFormat;
import io.tickbridge.gateway.export.TableQuery;
import io.tickbridge.gateway.page.Browser;
import io.tickbridge.gateway.page.DevTools;
import io.tickbridge.gateway.page.StandalonePage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day's page: its numbers against the tables', against counts of others and against sums without SQL; and what a reader sees. */
class DayReportTest {
    /** A feed whose packets state no time since the epoch, without link, rules or orders. */
    private static final String LITTLE = """
            capture: {source: pcap, file: day.pcap}
            filter: {checksums: false}
            feeds:
              - {name: nasdaq, protocol: nasdaq-itch50, lines: [{group: 233.54.12.111, port: 26477}]}
            signals: []
            """;

    @TempDir
    private static Path directory;
    private static Path journal;
    private static Path tables;
    private static Path page;
    private static long signals;
    private static Map<String, Object> data;

    @BeforeAll
    static void write() throws IOException {
        SharedData.file("captures/" + SampleDay.CAPTURE);
        journal = directory.resolve("2016-11-12");
        tables = directory.resolve("tables");
        page = directory.resolve("out/report.html");
        signals = SampleDay.write(journal);
        data = report(journal, tables, page);
    }

    private static Map<String, Object> report(final Path of, final Path to, final Path file) throws IOException {
        assertEquals(List.of(), TableExport.write(of, to, TableFormat.PARQUET, ExportRange.ALL, line -> { }).problems());
        DayReport.write(new DayReport.Source(of.getFileName().toString(), to, of, null, List.of(), BookChoice.DEFAULT), file, DiskRoom.of(file), line -> { });
        final Matcher json = Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
                .matcher(Files.readString(file));
        assertTrue(json.find());
        return JSON.std.mapFrom(json.group(1));
    }

    /** Rows of an answer in the page, each value by its column. */
    private static List<Map<String, Object>> rows(final Map<String, Object> of, final String name) {
        final Map<?, ?> answer = (Map<?, ?>) ((Map<?, ?>) of.get("answers")).get(name);
        final List<?> columns = (List<?>) answer.get("columns");
        return ((List<?>) answer.get("rows")).stream().map(List.class::cast).map(row -> {
            final Map<String, Object> values = new LinkedHashMap<>();
            IntStream.range(0, columns.size()).forEach(i -> values.put((String) columns.get(i), row.get(i)));
            return values;
        }).toList();
    }

    private static List<String> ask(final String sql) throws IOException {
        try (TableQuery query = TableQuery.open(tables, null)) {
            return ask(query, sql);
        }
    }

    private static List<String> ask(final TableQuery query, final String sql) {
        final List<String> rows = new ArrayList<>();
        query.ask(sql, new QueryRows() {
            @Override
            public void onColumns(final List<String> columns) {
                // Values alone.
            }

            @Override
            public void onRow(final List<Object> values) {
                rows.add(String.join("|", values.stream().map(DayReportTest::text).toList()));
            }
        });
        return rows;
    }

    private static String text(final Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }

    @Test
    void everyAnswerInThePageIsThatOfQueryToTheLastDigit() throws IOException {
        try (TableQuery query = TableQuery.open(tables, null)) {
            for (final Map.Entry<String, String> statement : ReportQueries.all().entrySet()) {
                final List<String> shown = rows(data, statement.getKey()).stream()
                        .map(row -> String.join("|", row.values().stream().map(DayReportTest::text).toList())).toList();
                assertEquals(ask(query, statement.getValue()), shown, statement.getKey());
            }
        }
    }

    @Test
    void theDayAtAGlanceIsWhatOthersCounted() {
        // Counts of ../shared/data/README.md, by two programs that are not ours; orders as SampleDay places them.
        final Map<String, Object> glance = rows(data, "glance").get(0);
        assertEquals(List.of(10_000, 20_546, 2, 127), Stream.of("frames", "messages", "lines", "instruments").map(glance::get).toList());
        assertEquals(List.of((int) signals, 40, 40, 10, 30, 20, 40),
                Stream.of("signals", "signals_sent", "decisions", "refused", "orders", "fills", "filled_quantity").map(glance::get).toList());
        assertTrue(signals > SampleDay.TRADED, "signals " + signals);
        assertEquals("[{line_name=cme A, feed=cme, frames=5000, messages=10273}, {line_name=cme B, feed=cme, frames=5000, messages=10273}]",
                rows(data, "lines").stream().map(line -> {
                    line.keySet().retainAll(List.of("line_name", "feed", "frames", "messages"));
                    return line;
                }).toList().toString());
        assertEquals(10_000, rows(data, "traffic").stream().mapToInt(row -> (int) row.get("frames")).sum());
        assertEquals(List.of("packets lost on every line of a feed 3"), rows(data, "losses").stream()
                .filter(row -> (int) row.get("amount") != 0).map(row -> row.get("what") + " " + row.get("amount")).toList());
        assertEquals("[{feed=cme, state=SEQUENCE_GAP, times=1, books=1, recovered=1, duration=2000000, longest=2000000}]",
                rows(data, "outage_sums").toString());
        assertEquals("[max-orders 5, max-spread 5]",
                rows(data, "refusals").stream().map(row -> row.get("limit") + " " + row.get("refused")).toList().toString());
        assertEquals(List.of("Sim101 SIMULATION console true"), rows(data, "fill_sources").stream()
                .map(row -> row.get("account") + " " + row.get("mode") + " " + row.get("add_on") + " " + row.get("simulated")).toList());
    }

    @Test
    void eachHopIsWhatTheSampleTook() throws IOException {
        final Map<Integer, List<Map<String, Object>>> hops = new TreeMap<>();
        rows(data, "latency_sums").forEach(row -> hops.computeIfAbsent((int) row.get("place"), any -> new ArrayList<>()).add(row));
        assertEquals(List.of(1, 2, 3, 4, 5, 6), List.copyOf(hops.keySet()));
        assertEquals(SampleDay.TRADED, hops.get(2).stream().mapToInt(row -> (int) row.get("count")).sum());
        assertEquals(SampleDay.READY + 1, hops.get(2).stream().mapToInt(row -> (int) row.get("least")).min().orElseThrow());
        assertEquals(SampleDay.READY + SampleDay.TRADED, hops.get(2).stream().mapToInt(row -> (int) row.get("greatest")).max().orElseThrow());
        hops.get(3).forEach(row -> assertEquals(SampleDay.WRITTEN, (int) row.get("p50")));
        // The offset is at most what the quickest decision leaves since its signal was ready, at least what the quickest report does; its middle is taken.
        final long quickest = SampleDay.DECIDED + 100;
        final long sinceReady = quickest + SampleDay.WRITTEN;
        final long middle = Math.floorDiv(sinceReady - SampleDay.REPORTED, 2);
        final Map<String, Object> addOn = hops.get(4).get(0);
        assertEquals(quickest - middle, (int) addOn.get("least"));
        assertEquals((sinceReady + SampleDay.REPORTED + 1) / 2 + SampleDay.WRITTEN, (int) addOn.get("error_bound"));
        assertTrue(Math.abs((int) addOn.get("least") - quickest) <= (int) addOn.get("error_bound"), "the truth is within the bound");
        assertEquals(List.of(30, (int) SampleDay.SUBMITTED), Stream.of("count", "p50").map(hops.get(5).get(0)::get).toList());
        assertEquals(List.of(20, (int) SampleDay.FILLED + 39), Stream.of("count", "greatest").map(hops.get(6).get(0)::get).toList());
    }

    @Test
    void exchangeToNicIsThatOfTheHistogramsWithinTheirPrecision() throws IOException {
        final Path log = directory.resolve("day.hlog");
        FrameExport.write(FrameExport.Form.HLOG, journal, log, ExportRange.ALL, DiskRoom.of(log), line -> { });
        final Map<String, Histogram> histograms = new TreeMap<>();
        try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
            for (var next = reader.nextIntervalHistogram(); next != null; next = reader.nextIntervalHistogram()) {
                histograms.computeIfAbsent(next.getTag().replace('-', ' '), any -> new Histogram(3)).add((Histogram) next);
            }
        }
        final List<Map<String, Object>> exchange = rows(data, "latency_sums").stream().filter(row -> row.get("place").equals(1)).toList();
        assertEquals(List.copyOf(histograms.keySet()), exchange.stream().map(row -> row.get("series")).toList());
        for (final Map<String, Object> row : exchange) {
            final Histogram histogram = histograms.get((String) row.get("series"));
            assertEquals(histogram.getTotalCount(), (int) row.get("count"));
            for (final Map.Entry<String, Double> column : Map.of("p50", 50d, "p90", 90d, "p99", 99d, "p999", 99.9).entrySet()) {
                final double other = histogram.getValueAtPercentile(column.getValue());
                assertEquals(other, (int) row.get(column.getKey()), other / 500, row.get("series") + " " + column.getKey());
            }
        }
    }

    @Test
    void markOutsAreWhatFollowingTheBooksGives() {
        final Map<String, String> expected = new TreeMap<>();
        PriceAfter.of(SampleDay.CONFIGURATION, SampleDay.CAPTURE).sums.forEach((key, sum) -> expected.put(key,
                Stream.of(sum).map(BigDecimal::toPlainString).toList().toString()));
        final Map<String, String> shown = new TreeMap<>();
        rows(data, "mark_out_sums").stream().filter(row -> row.get("symbol") == null).forEach(row -> shown.put(
                row.get("rule") + " " + row.get("unit") + " " + row.get("horizon"), Stream.of("signals", "n", "total", "squares")
                        .map(row::get).map(value -> value == null ? "0" : value.toString()).toList().toString()));
        assertEquals(expected, shown);
        assertTrue(expected.keySet().stream().anyMatch(key -> key.contains("ticks")), expected::toString);
    }

    @Test
    void theBookAroundASignalHasTheSignalsPrices() {
        final Map<?, ?> books = (Map<?, ?>) data.get("books");
        final List<Map<String, Object>> shown = rows(data, "shown_signals");
        assertEquals(shown.size(), books.size(), "each is found again");
        assertEquals(Math.min(signals, BookChoice.DEFAULT.count()), shown.size());
        assertEquals(30, shown.stream().filter(row -> Boolean.TRUE.equals(row.get("ordered"))).count());
        int changed = 0;
        for (final Map<String, Object> row : shown) {
            final List<List<String>> book = book(books.get(row.get("run") + ":" + row.get("number")));
            assertLevel(row, "bid", book.get(2));
            assertLevel(row, "ask", book.get(3));
            changed += book.subList(2, 4).equals(book.subList(0, 2)) ? 0 : 1;
        }
        // A rule that waits for its interval to end fires at whatever comes next, such as a trade.
        assertTrue(changed > shown.size() * 9 / 10, "before and after differ: " + changed + " of " + shown.size());
    }

    /** Levels of bids and asks before, and after. */
    private static List<List<String>> book(final Object text) {
        final String[] sides = text.toString().split("\\|", -1);
        return Stream.of(sides[0], sides[1], sides[2].equals("=") ? sides[0] : sides[2], sides[3].equals("=") ? sides[1] : sides[3])
                .map(side -> side.isEmpty() ? List.<String>of() : List.of(side.split(" "))).toList();
    }

    private static void assertLevel(final Map<String, Object> row, final String side, final List<String> levels) {
        final String[] best = levels.get(0).split(":");
        assertEquals(0, new BigDecimal(best[0]).compareTo(new BigDecimal((String) row.get(side + "_price"))), row::toString);
        assertEquals(row.get(side + "_quantity").toString(), best[1], row::toString);
    }

    @Test
    void theSameJournalGivesTheSamePage() throws IOException {
        final Path again = directory.resolve("again.html");
        report(journal, tables, again);
        assertEquals(-1, Files.mismatch(page, again));
    }

    @Test
    void aReaderSeesTheNumbersAndTheBookThatIsClicked() throws IOException, InterruptedException {
        Requirement.program(Browser.PROGRAM);
        try (DevTools browser = DevTools.start(directory)) {
            browser.screen(1200, 900, false, false);
            browser.show(page);
            assertEquals(ask("SELECT format('{:,}', count(*)) FROM frames WHERE message = 0").get(0),
                    browser.value("document.querySelector('#tile-frames b').textContent"));
            assertEquals(ask("SELECT format('{:,}', count(*)) FROM signals").get(0),
                    browser.value("document.querySelector('#tile-signals b').textContent"));
            assertEquals(ask("SELECT line_name, format('{:,}', count(*) FILTER (WHERE message = 0)), format('{:,}', count(type)) FROM frames "
                    + "GROUP BY 1 ORDER BY 1"), browser.value(cells("lines-table", 3)));
            assertEquals(ask("SELECT account, count(*), count(*) FILTER (WHERE filled_quantity > 0), sum(quantity)::BIGINT, "
                            + "sum(filled_quantity)::BIGINT FROM transaction_costs WHERE state <> 'REFUSED' GROUP BY 1"),
                    List.of(browser.value("(rows => ['Sim101', ...[3, 4, 5, 6].map(i => rows.reduce((sum, row) => sum + "
                            + "Number(row.cells[i].textContent), 0))].join('|'))([...document.querySelectorAll('#cost-sums-table tbody tr')])")));
            // The middle of the day as the table has it: microseconds with every nanosecond.
            assertEquals(rows(data, "latency_sums").stream().map(row -> row.get("hop") + "|" + row.get("series") + "|"
                            + BigDecimal.valueOf((int) row.get("p50"), 3).toPlainString()).toList(),
                    browser.value("[...document.querySelectorAll('#latency-table tbody tr')].map(row => [0, 1, 4].map(i => "
                            + "row.cells[i].textContent).join('|'))"));
            assertEquals(0, browser.value("document.querySelectorAll('.empty').length"), "every part of the sample day has something to show");
            for (final String chart : List.of("traffic-chart", "health-chart", "latency-curve", "latency-time", "signals-chart", "mark-chart")) {
                assertTrue((int) browser.value("document.querySelectorAll('#" + chart + " svg path').length") > 3, chart);
            }
            final Map<String, Object> wanted = rows(data, "shown_signals").get(5);
            final String id = wanted.get("run") + ":" + wanted.get("number");
            browser.click("tr.signal[data-signal=\"" + id + "\"]");
            assertEquals(id, browser.value("document.getElementById('book').dataset.signal"));
            final List<List<String>> book = book(((Map<?, ?>) data.get("books")).get(id));
            final List<String> ladder = new ArrayList<>();
            for (int side = 0; side < book.size(); side += 2) {
                final List<String> asks = new ArrayList<>(book.get(side + 1));
                Collections.reverse(asks);
                Stream.concat(asks.stream(), book.get(side).stream()).map(level -> level.split(":")).forEach(level ->
                        ladder.add(new BigDecimal(level[0]).stripTrailingZeros().toPlainString() + "|" + level[1] + "|" + level[2]));
            }
            assertEquals(ladder, browser.value("[...document.querySelectorAll('#book tbody tr:not(.spread)')].map(row => "
                    + "[Number(row.cells[0].textContent), row.cells[1].textContent, row.cells[2].textContent].join('|'))"));
            assertPhone(browser);
            assertEquals(List.of(), browser.complaints());
            assertEquals(List.of(), browser.requests(), "nothing is fetched");
        }
    }

    /** Names come off the wire and from other machines: none may become HTML, and were one to, it could run nothing. */
    @Test
    void aHostileNameIsShownAndRunsNothing() throws IOException, InterruptedException {
        Requirement.program(Browser.PROGRAM);
        final String hostile = "<img src=x onerror=\"window.injected=1\"><b class=\"injected\">";
        final String text = Files.readString(page);
        final int from = text.indexOf("id=\"data\">") + "id=\"data\">".length();
        final Map<String, Object> answers = JSON.std.mapFrom(text.substring(from, text.indexOf("</script>", from)));
        for (final String name : ReportQueries.all().keySet()) {
            final Map<?, ?> answer = (Map<?, ?>) ((Map<?, ?>) answers.get("answers")).get(name);
            final List<?> columns = (List<?>) answer.get("columns");
            for (final Object row : (List<?>) answer.get("rows")) {
                @SuppressWarnings("unchecked")
                final List<Object> values = (List<Object>) row;
                for (int i = 0; i < columns.size(); i++) {
                    if (List.of("symbol", "feed", "series", "account", "rule_name", "line_name").contains(columns.get(i)) && values.get(i) != null) {
                        values.set(i, hostile + values.get(i));
                    }
                }
            }
        }
        final Path file = directory.resolve("hostile.html");
        Files.writeString(file, StandalonePage.of(hostile, StandalonePage.resource(DayReport.class, "report.html"),
                StandalonePage.resource(DayReport.class, "report.css"), StandalonePage.resource(DayReport.class, "report.js"),
                JSON.std.asString(answers)));
        try (DevTools browser = DevTools.start(directory)) {
            browser.screen(1200, 900, false, false);
            browser.show(file);
            browser.value("document.querySelector('#latency-choice button').click()");
            for (final String tip : List.of("health-chart 0 0", "health-chart 1 0", "latency-curve 0 0", "traffic-chart 0 1", "signals-chart 0 0")) {
                final String[] part = tip.split(" ");
                final Object shown = browser.value("(chart => { chart.dispatchAction({type: 'showTip', seriesIndex: " + part[1] + ", dataIndex: "
                        + part[2] + "}); return chart.getDom().innerText; })(echarts.getInstanceByDom(document.getElementById('" + part[0] + "')))");
                assertTrue(part[0].equals("traffic-chart") || shown.toString().contains("<img src=x onerror="), tip + ": " + shown);
            }
            assertEquals(0, browser.value("document.querySelectorAll('img, .injected').length"));
            assertEquals(List.of(), browser.complaints());
            assertEquals(List.of(), browser.requests());
            assertEquals("undefined", browser.value("(script => { script.textContent = 'window.injected = 1'; document.body.append(script); "
                    + "return typeof window.injected; })(document.createElement('script'))"), "a script that is not the page's own");
        }
    }

    private static String cells(final String table, final int columns) {
        return "[...document.querySelectorAll('#" + table + " tbody tr')].map(row => [...row.cells].slice(0, " + columns
                + ").map(cell => cell.textContent).join('|'))";
    }

    private static void assertPhone(final DevTools browser) throws IOException, InterruptedException {
        final Object light = browser.value("getComputedStyle(document.body).backgroundColor");
        browser.screen(390, 844, true, true);
        browser.show(page);
        assertEquals(390, browser.value("innerWidth"));
        assertEquals(390, browser.value("document.documentElement.scrollWidth"), "nothing to scroll sideways");
        assertEquals("rgb(255, 255, 255)", light);
        assertTrue((int) browser.value("getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0] | 0") < 64, "dark");
        browser.click("#latency-choice button:nth-child(6)");
        assertEquals("true", browser.value("document.querySelector('#latency-choice button:nth-child(6)').getAttribute('aria-pressed')"));
    }

    @Test
    void whatAJournalDoesNotHoldIsSaidAndNotInvented() throws IOException, InterruptedException {
        final Path little = directory.resolve("little");
        final Path file = directory.resolve("little.html");
        CaptureJournal.write(little, LITTLE, "nasdaq-itch50-messages.pcap", none -> { });
        final Map<String, Object> answers = report(little, directory.resolve("little-tables"), file);
        assertEquals(List.of(), rows(answers, "latency_sums"));
        Requirement.program(Browser.PROGRAM);
        try (DevTools browser = DevTools.start(directory)) {
            browser.screen(1200, 900, false, false);
            browser.show(file);
            assertEquals(IntStream.rangeClosed(1, 6).mapToObj(hop -> "absent-" + hop).toList(),
                    browser.value("[...document.querySelectorAll('#latency-notes .empty')].map(note => note.id)"));
            assertEquals(List.of("not recorded"),
                    browser.value("[...new Set([...document.querySelectorAll('#latency-table tbody tr')].map(row => row.cells[1].textContent))]"));
            assertEquals(11, browser.value("document.querySelectorAll('.empty').length"), "gaps, link, hops, signals, orders and books say why");
            assertEquals(List.of(), browser.complaints());
        }
    }
}
