package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The status page's groups, in a terminal. */
class StatusReportTest {
    private final Map<String, Long> values = new HashMap<>();

    @Test
    void showsFeedsBooksLatenciesAddOnsJournalAndDoctor() {
        put("feed.es.packets", 90, "feed.es.gaps", 2, "feed.es.lost", 3, "feed.es.held-back", 4, "feed.es.recovered-datagrams", 5,
                "feed.es.line-A.datagrams", 80, "feed.es.line-A.silent", 0, "feed.es.line-B.datagrams", 10, "feed.es.line-B.silent", 1,
                "books.es.instruments", 4, "books.es.state.trusted", 1, "books.es.state.not-trading", 1,
                "books.es.state.sequence-gap", 2, "books.es.state.crossed", 0);
        put("latency.frame-to-socket.count", 10, "latency.frame-to-socket.p50", 1_500, "latency.frame-to-socket.p90", 2_000,
                "latency.frame-to-socket.p99", 900, "latency.frame-to-socket.p99.9", 3_000_000, "latency.frame-to-socket.max", 3_000_000,
                "latency.frame-to-socket.up-to-1000", 1, "latency.frame-to-socket.up-to-2000", 9,
                "latency.frame-to-socket.up-to-5000", 9);
        put("link.peers", 1, "link.peer.desk.connections", 1, "link.peer.desk.behind", 7, "link.peer.desk.waiting", 700,
                "link.peer.spare.connections", 0, "link.security.plain", 0, "link.security.hmac", 1, "link.keys-unreadable", 0,
                "link.transport.epoll", 1, "link.transport.io-uring", 0, "link.transport.nio", 0,
                "link.market.live", 0, "link.market.simulated", 1, "link.market.recorded", 0);
        put("journal.lag", 250_000_000, "journal.ring.waiting", 1_000, "journal.ring.capacity", 16_000, "journal.disk.free", 5 << 20);
        put("doctor.examined", 1, "doctor.findings.fail", 1, "doctor.findings.advice", 2, "doctor.findings.unknown", 0,
                "doctor.findings.ok", 9, "doctor.check.swap", 3, "doctor.check.governor", 4, "doctor.check.java", 1, "doctor.check.iommu", 3);
        assertEquals(List.of(
                "feed es|90 packets, gaps 2, lost 3, held back 4, recovered 5",
                "|lines A 80, B 10 SILENT",
                "|books 4, 2 suspect: not-trading 1, sequence-gap 2, trusted 1",
                "frame-to-socket|p50 1.5 us, p90 2 us, p99 900 ns, p99.9 3 ms, max 3 ms of 10 signals, 1 us :@.: 5 us",
                "add-ons|1 logged on by epoll, security hmac, told that the market is simulated: desk 7 frames behind, 700 B waiting; spare GONE",
                "journal|lag 250 ms, 1000 of 16000 B wait, disk free 5 MiB",
                "doctor|1 FAIL, 2 advice, 0 unknown, 9 ok: FAIL governor, advice iommu, advice swap"), lines());
    }

    @Test
    void saysWhatIsSilentStoppedOrNotKnown() {
        put("feed.es.packets", 0, "feed.es.stale", 1, "latency.frame-to-socket.count", 0, "journal.lag", 0, "journal.stopped", 1,
                "link.peers", 0, "link.security.tls", 1, "link.keys-unreadable", 1);
        assertEquals(List.of("feed es|SILENT, 0 packets, gaps 0, lost 0, held back 0, recovered 0", "|lines ", "|books 0, 0 suspect",
                "frame-to-socket|no signals yet", "add-ons|0 logged on, security tls, KEYS UNREADABLE", "journal|STOPPED, lag none, 0 of 0 B wait, disk free 0 MiB",
                "doctor|not examined by the gateway, which needs status.port; ask: tickbridge doctor CONFIG"), lines());
    }

    private void put(final Object... pairs) {
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], ((Number) pairs[i + 1]).longValue());
        }
    }

    private List<String> lines() {
        final List<String> lines = new ArrayList<>();
        new StatusReport(values).forEachLine((name, text) -> lines.add(name + "|" + text));
        return lines;
    }
}
