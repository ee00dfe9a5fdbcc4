package io.tickbridge.gateway.bench.rfc2544;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.page.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A browser shows the page as it is meant to be: every number that of the JSON, charts drawn, nothing complained about. */
class ReportPageTest {
    private static final Pattern TABLE = Pattern.compile("<div id=\"([a-z-]+)-table\".*?</div>", Pattern.DOTALL);
    private static final Pattern ROW = Pattern.compile("<tr>(.*?)</tr>", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("<td>(.*?)</td>", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private Map<String, Object> json;
    private Browser.Page shown;

    private void show() throws Exception {
        Requirement.program(Browser.PROGRAM);
        final String text = JSON.std.asString(ReportJson.of(SampleReport.make()));
        final Path file = directory.resolve("report.html");
        Files.writeString(file, ReportPage.of(text));
        json = JSON.std.mapFrom(text);
        shown = Browser.show(file, directory);
    }

    @Test
    void theNumbersShownAreThoseOfTheJson() throws Exception {
        show();
        final List<List<String>> throughput = new ArrayList<>();
        final List<List<String>> latency = new ArrayList<>();
        final List<List<String>> loss = new ArrayList<>();
        final List<List<String>> burst = new ArrayList<>();
        for (final int frameSize : new int[] {64, 512, 1518}) {
            for (final Map<String, Object> source : maps(json, "sources")) {
                for (final Map<String, Object> size : maps(source, "sizes")) {
                    if ((int) size.get("frameSize") == frameSize) {
                        final String name = (String) source.get("name");
                        throughput.add(throughputRow(name, size));
                        burst.add(burstRow(name, size));
                        if (frameSize == 64) { // chosen first
                            latency.add(latencyRow(name, maps(size, "latency").get(0)));
                            maps(size, "loss").forEach(point -> loss.add(lossRow(name, point)));
                        }
                    }
                }
            }
        }

        assertEquals(throughput, cells("throughput"));
        assertEquals(latency, cells("latency"));
        assertEquals(loss, cells("loss"));
        assertEquals(burst, cells("burst"));
    }

    @Test
    void chartsAreDrawnAndNothingIsComplainedAbout() throws Exception {
        show();

        assertEquals(List.of(), shown.complaints());
        for (final String chart : List.of("throughput", "latency", "loss", "burst")) {
            final int start = shown.dom().indexOf("<div id=\"" + chart + "\"");
            final int svg = shown.dom().indexOf("<svg", start);
            final String drawn = shown.dom().substring(svg, shown.dom().indexOf("</svg>", svg));
            assertTrue(start > 0 && svg > start && drawn.contains(">udp</text>") && drawn.contains(">afxdp</text>"), chart);
            assertTrue(drawn.split("<path", -1).length > 8, chart + " has hardly a line in it");
        }
        assertFalse(shown.dom().contains("<script>alert"), "data became code");
        assertTrue(shown.dom().contains("efvi: left out: &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), "data is shown as it is");
    }

    private List<List<String>> cells(final String table) {
        final Matcher found = TABLE.matcher(shown.dom());
        while (found.find()) {
            if (found.group(1).equals(table)) {
                return ROW.matcher(found.group()).results()
                        .map(row -> CELL.matcher(row.group(1)).results().map(cell -> cell.group(1)).toList())
                        .filter(row -> !row.isEmpty()).toList();
            }
        }
        throw new AssertionError("no table of " + table);
    }

    private static List<String> throughputRow(final String name, final Map<String, Object> size) {
        final Map<String, Object> throughput = map(size, "throughput");
        return List.of(name, text(size, "frameSize"), bound(throughput, "boundedBySender") + whole(throughput, "framesPerSecond"),
                fixed(number(throughput, "bitsPerSecond") / 1e6, 1), whole(size, "highestRate"), text(throughput, "trials"));
    }

    private static List<String> burstRow(final String name, final Map<String, Object> size) {
        final Map<String, Object> burst = map(size, "backToBack");
        return List.of(name, text(size, "frameSize"), bound(burst, "unlimited") + whole(burst, "frames"),
                whole(burst, "shortest"), text(burst, "repetitions"));
    }

    private static List<String> latencyRow(final String name, final Map<String, Object> latency) {
        final List<String> row = new ArrayList<>(List.of(name, whole(latency, "framesPerSecond"), whole(latency, "lost")));
        for (final String percent : List.of("50", "99", "99.9", "99.99", "100")) {
            final Map<String, Object> percentiles = map(latency, "percentiles");
            row.add(percentiles.containsKey(percent) ? fixed(number(percentiles, percent) / 1000, 1) : "–");
        }
        for (final String figure : List.of("mean", "deviation", "jitter")) {
            row.add(fixed(number(latency, figure) / 1000, 1));
        }
        row.add(fixed(number(map(latency, "senderLateness"), "p99") / 1000, 1));
        return row;
    }

    private static List<String> lossRow(final String name, final Map<String, Object> point) {
        return List.of(name, text(point, "percent"), whole(point, "framesPerSecond"), whole(point, "sent"),
                whole(point, "received"), fixed(number(point, "lossPercent"), 3));
    }

    private static String bound(final Map<String, Object> map, final String key) {
        return (boolean) map.get(key) ? "≥ " : "";
    }

    private static String whole(final Map<String, Object> map, final String key) {
        return String.format(Locale.US, "%,d", Math.round(number(map, key)));
    }

    private static String fixed(final double value, final int digits) {
        return String.format(Locale.US, "%,." + digits + "f", value);
    }

    private static String text(final Map<String, Object> map, final String key) {
        return String.valueOf(map.get(key));
    }

    private static double number(final Map<String, Object> map, final String key) {
        return ((Number) map.get(key)).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(final Map<String, Object> map, final String key) {
        return (Map<String, Object>) map.get(key);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> maps(final Map<String, Object> map, final String key) {
        return (List<Map<String, Object>>) map.get(key);
    }
}
