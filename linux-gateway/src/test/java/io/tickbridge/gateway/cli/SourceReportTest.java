package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The report in words, line by line. */
class SourceReportTest {
    private final Map<String, Long> values = new HashMap<>();

    @Test
    void saysWhatCameAndWhatDidNotByReason() {
        values.putAll(Map.of("source.received", 1_000L, "source.bursts", 400L, "source.empty-polls", 79_600L,
                "source.truncated", 2L, "source.timestamps.burst", 0L, "source.timestamps.nic-unsynced", 1L,
                "source.lost.socket-buffer", 7L, "source.lost.no-descriptor", 5L, "source.lost.never", 0L));
        values.putAll(Map.of("source.refused.checksum", 3L, "filter.dropped.other-group", 9L, "filter.dropped.fragment", 0L,
                "source.seen.fallback-times", 0L, "source.seen.interface-removals", 1L, "feed.a.lost", 4L));
        assertEquals(List.of(
                "received=1000 frames in 400 bursts, 2.50 a burst",
                "polls=80000, 0.500 % brought frames",
                "timestamps=nic-unsynced: the network interface's clock, which does not say that it is in sync",
                "lost=12: no-descriptor 5, socket-buffer 7",
                "refused=3: checksum 3",
                "cut short=2",
                "filtered=9: other-group 9",
                "seen=fallback-times 0, interface-removals 1"), lines());
    }

    @Test
    void dividesNothingByNothing() {
        assertEquals(List.of("received=0 frames in 0 bursts", "polls=0", "timestamps=none yet: the source is not open",
                "lost=0", "refused=0", "cut short=0", "filtered=0"), lines());
    }

    private List<String> lines() {
        final List<String> lines = new ArrayList<>();
        new SourceReport(values).forEachLine((name, text) -> lines.add(name + "=" + text));
        return lines;
    }
}
