package io.tickbridge.gateway.bench.rfc2544;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Table and JSON say what was measured. */
class ReportTest {
    private final Report report = SampleReport.make();

    @Test
    @SuppressWarnings("unchecked")
    void theJsonHasEveryFigureUnderItsName() {
        final Map<String, Object> json = ReportJson.of(report);

        assertEquals("tickbridge-rfc2544", json.get("format"));
        assertEquals(1, json.get("version"));
        final Map<String, Object> udp = ((List<Map<String, Object>>) json.get("sources")).get(0);
        final Map<String, Object> size = ((List<Map<String, Object>>) udp.get("sizes")).get(1);
        final SizeResult expected = report.sources().get(0).results().get(1);
        assertEquals(512, size.get("frameSize"));
        final Map<String, Object> throughput = (Map<String, Object>) size.get("throughput");
        assertEquals(expected.throughput().framesPerSecond(), throughput.get("framesPerSecond"));
        assertEquals(expected.throughput().framesPerSecond() * 512 * 8, throughput.get("bitsPerSecond"));
        final Map<String, Object> latency = ((List<Map<String, Object>>) size.get("latency")).get(0);
        // 20 ms at 345,678 a second are 6,914 frames: 69 slower than the 99th percentile, 6 than the next.
        assertEquals(List.of("50", "90", "99", "100"),
                List.copyOf(((Map<String, Object>) latency.get("percentiles")).keySet()));
        final List<Map<String, Object>> loss = (List<Map<String, Object>>) size.get("loss");
        assertEquals(expected.losses().size(), loss.size());
        assertEquals(expected.losses().get(0).lossPercent(), loss.get(0).get("lossPercent"));
    }

    @Test
    void theTableIsAlignedAndHasARowForEachSizeAndLoad() {
        final List<String> rows = ReportText.of(report).stream().filter(line -> !line.startsWith("#")).toList();

        assertEquals(1 + 2 * 3 * 2, rows.size());
        assertEquals(1, rows.stream().mapToInt(String::length).distinct().count(), String.join("\n", rows));
        assertTrue(rows.get(7).matches("afxdp\\s+64\\s+>1111111\\s+1111111\\s+100 %\\s+0\\s+1\\.0.*"), rows.get(7));
    }
}
