package io.tickbridge.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tickbridge.gateway.status.MetricName.Kind;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subjects of figures become labels; what nobody has thought of is a metric all the same. */
class MetricNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            feed.es-1.gaps                               | tickbridge_feed_gaps                   | COUNTER   | feed=es-1
            feed.es.line-A.datagrams                     | tickbridge_line_datagrams              | COUNTER   | feed=es line=A
            feed.es.line-B.silent                        | tickbridge_line_silent                 | GAUGE     | feed=es line=B
            feed.es.stale                                | tickbridge_feed_stale                  | GAUGE     | feed=es
            feed.es.recovery.not-recovered               | tickbridge_recovery_not_recovered      | COUNTER   | feed=es
            feed.es.snapshots.outstanding                | tickbridge_snapshot_outstanding        | GAUGE     | feed=es
            books.es.state.sequence-gap                  | tickbridge_books                       | GAUGE     | feed=es state=sequence-gap
            books.es.trades                              | tickbridge_book_trades                 | COUNTER   | feed=es
            filter.dropped.bad-udp-checksum              | tickbridge_filter_dropped_frames       | COUNTER   | reason=bad-udp-checksum
            signal.2-sweep.signals                       | tickbridge_signals                     | COUNTER   | kind=sweep rule=2
            signal.2-sweep.suppressed-crossed            | tickbridge_signal_suppressed_events    | COUNTER   | kind=sweep reason=crossed rule=2
            latency.frame-to-socket.p99.9                | tickbridge_latency_percentile_seconds  | GAUGE     | hop=frame-to-socket percentile=99.9
            latency.frame-to-socket.up-to-1000           | tickbridge_latency_seconds             | HISTOGRAM | hop=frame-to-socket
            journal.frames-lost-ring-full                | tickbridge_journal_lost_frames         | COUNTER   | reason=ring-full
            journal.lag                                  | tickbridge_journal_lag_seconds         | GAUGE     |
            receive.core                                 | tickbridge_thread_core                 | GAUGE     | thread=receive
            link.peer.desk 1.left.behind                 | tickbridge_link_peer_behind_frames     | GAUGE     | peer=desk 1.left
            link.keys-unreadable                         | tickbridge_link_keys_unreadable        | GAUGE     |
            link.security.hmac                           | tickbridge_link_security               | GAUGE     | mode=hmac
            link.market.simulated                        | tickbridge_link_market                 | GAUGE     | market=simulated
            link.peers-with-a-broken-seal                | tickbridge_link_peers_with_a_broken_seal | COUNTER |
            link.rejected-logon-timeout                  | tickbridge_link_rejected_logons        | COUNTER   | reason=logon-timeout
            interface.eth0.100.carrier                   | tickbridge_interface_carrier           | GAUGE     | interface=eth0.100
            doctor.findings.fail                         | tickbridge_doctor_findings             | GAUGE     | verdict=fail
            novel.thing-of.tomorrow                      | tickbridge_novel_thing_of_tomorrow     | COUNTER   |
            """)
    void namesFigures(final String figure, final String name, final Kind kind, final String labels) {
        final MetricName named = MetricNames.of(figure);
        assertEquals(name, named.name());
        assertEquals(kind, named.kind());
        assertEquals(labels == null ? "" : labels, text(named.labels()));
    }

    @Test
    void saysWhatAMetricIsAlsoWhereNobodyWroteIt() {
        assertEquals("Sequence gaps on all lines together.", MetricNames.help("tickbridge_feed_gaps"));
        assertFalse(MetricNames.help("tickbridge_novel_thing").isBlank());
    }

    @Test
    void countsTimeInSeconds() {
        assertEquals(1.5, 1_500_000_000 * MetricNames.of("receive.stalled").factor(), 1e-12);
    }

    private static String text(final Labels labels) {
        return labels.stream().map(label -> label.getName() + "=" + label.getValue()).collect(Collectors.joining(" "));
    }
}
