package io.tickbridge.gateway.status;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tickbridge.gateway.status.MetricName.Kind;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What figures are called in Prometheus. A figure's dotted name has its subject in it (a feed, a line, a reason); there that is
 * a label. A figure that nobody has thought of here is a metric all the same, under its own name.
 */
final class MetricNames {
    static final String PREFIX = "tickbridge_";
    private static final String RESOURCE = "metrics.properties";

    /** The first that fits counts. {@code $n} of a name is the pattern's n-th group; so are the labels, in order. */
    private static final List<Rule> RULES = List.of(
            counter("filter\\.dropped\\.(.+)", "filter_dropped_frames", "reason"),
            gauge("source\\.timestamps\\.(.+)", "source_clock", "clock"),
            counter("source\\.(?:lost)\\.(.+)", "source_lost", "reason"),
            counter("source\\.(?:refused)\\.(.+)", "source_refused", "reason"),
            counter("source\\.(?:seen)\\.(.+)", "source_seen", "what"),
            counter("source\\.received", "source_received_frames"),
            counter("source\\.dropped", "source_dropped_frames"),
            counter("source\\.truncated", "source_truncated_frames"),
            counter("feed\\.([^.]+)\\.line-([^.]+)\\.datagrams", "line_datagrams", "feed", "line"),
            counter("feed\\.([^.]+)\\.line-([^.]+)\\.first", "line_first_datagrams", "feed", "line"),
            gauge("feed\\.([^.]+)\\.line-([^.]+)\\.silent", "line_silent", "feed", "line"),
            gauge("feed\\.([^.]+)\\.stale", "feed_stale", "feed"),
            gauge("feed\\.([^.]+)\\.snapshots\\.outstanding", "snapshot_outstanding", "feed"),
            counter("feed\\.([^.]+)\\.snapshots\\.(.+)", "snapshot_$2", "feed"),
            counter("feed\\.([^.]+)\\.recovery\\.(.+)", "recovery_$2", "feed"),
            counter("feed\\.([^.]+)\\.lost", "feed_lost_units", "feed"),
            counter("feed\\.([^.]+)\\.(.+)", "feed_$2", "feed"),
            gauge("books\\.([^.]+)\\.state\\.(.+)", "books", "feed", "state"),
            gauge("books\\.([^.]+)\\.instruments", "book_instruments", "feed"),
            counter("books\\.([^.]+)\\.(.+)", "book_$2", "feed"),
            counter("signal\\.(\\d+)-([^.]+)\\.signals", "signals", "rule", "kind"),
            counter("signal\\.(\\d+)-([^.]+)\\.suppressed-(.+)", "signal_suppressed_events", "rule", "kind", "reason"),
            counter("signal\\.(\\d+)-([^.]+)\\.(.+)", "signal_$3", "rule", "kind"),
            gauge("signals\\.stopped", "signals_stopped"),
            gauge("latency\\.([^.]+)\\.p([\\d.]+)", "latency_percentile_seconds", "hop", "percentile").in(MetricName.SECONDS),
            gauge("latency\\.([^.]+)\\.(max)", "latency_percentile_seconds", "hop", "percentile").in(MetricName.SECONDS),
            new Rule(Pattern.compile("latency\\.([^.]+)\\.(?:count|sum|up-to-\\d+)"), "latency_seconds", Kind.HISTOGRAM,
                    MetricName.SECONDS, List.of("hop")),
            counter("latency\\.exchange-to-frame\\.ahead", "clock_ahead_signals"),
            counter("latency\\.frame-to-socket\\.held-up", "held_up_signals"),
            counter("journal\\.(?:frames-lost)-(.+)", "journal_lost_frames", "reason"),
            counter("journal\\.(?:signals-lost)-(.+)", "journal_lost_signals", "reason"),
            counter("journal\\.(link-events|link-records|feed-health-events)-lost-(.+)", "journal_lost_other_records", "record",
                    "reason"),
            gauge("journal\\.stopped", "journal_stopped"),
            gauge("journal\\.ring-high-water-mark-bytes", "journal_ring_high_water_bytes"),
            gauge("journal\\.ring\\.(.+)", "journal_ring_$1_bytes"),
            gauge("journal\\.disk\\.(.+)", "journal_disk_$1_bytes"),
            gauge("journal\\.lag", "journal_lag_seconds").in(MetricName.SECONDS),
            counter("journal\\.bytes", "journal_written_bytes"),
            gauge("(receive|journal)\\.core", "thread_core", "thread"),
            gauge("receive\\.stalled", "receive_stalled_seconds").in(MetricName.SECONDS),
            gauge("receive\\.open", "receive_open"),
            gauge("link\\.peers", "link_peers"),
            gauge("link\\.port", "link_port"),
            gauge("link\\.keys-unreadable", "link_keys_unreadable"),
            gauge("link\\.security\\.(.+)", "link_security", "mode"),
            gauge("link\\.market\\.(.+)", "link_market", "market"),
            gauge("link\\.transport\\.(.+)", "link_transport", "transport"),
            gauge("link\\.peer\\.(.+)\\.connections", "link_peer_connections", "peer"),
            gauge("link\\.peer\\.(.+)\\.behind", "link_peer_behind_frames", "peer"),
            gauge("link\\.peer\\.(.+)\\.waiting", "link_peer_waiting_bytes", "peer"),
            counter("link\\.rejected-(.+)", "link_rejected_logons", "reason"),
            counter("link\\.refused-(.+)", "link_refused_connections", "reason"),
            gauge("interface\\.(.+)\\.carrier", "interface_carrier", "interface"),
            counter("interface\\.(.+)\\.carrier-losses", "interface_carrier_losses", "interface"),
            gauge("memory\\.locked", "memory_locked_bytes"),
            gauge("gateway\\.started", "start_time_seconds").in(MetricName.SECONDS),
            gauge("gateway\\.live", "live"),
            gauge("gateway\\.ready", "ready"),
            gauge("doctor\\.check\\.(.+)", "doctor_check", "check"),
            gauge("doctor\\.findings\\.(.+)", "doctor_findings", "verdict"),
            gauge("doctor\\.examined", "doctor_examined_timestamp_seconds").in(MetricName.SECONDS),
            gauge("jvm\\.heap-used", "jvm_heap_used_bytes"),
            counter("jvm\\.collection-time", "jvm_collection_seconds").in(MetricName.SECONDS),
            gauge("status\\.pages", "status_pages"),
            counter("([^.]+)\\.(.+)", "$1_$2"));

    private static final Properties HELP = help();

    private MetricNames() {
    }

    private static Properties help() {
        final Properties help = new Properties();
        try (Reader in = new InputStreamReader(MetricNames.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8)) {
            help.load(in);
        } catch (final IOException e) {
            throw new UncheckedIOException(RESOURCE + " in the installation cannot be read", e);
        }
        return help;
    }

    /**
     * What a figure is called.
     *
     * @param figure its dotted name
     * @return name, kind, labels and unit
     */
    static MetricName of(final String figure) {
        return RULES.stream().flatMap(rule -> rule.name(figure)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("a figure is named " + figure + ", without a dot"));
    }

    /**
     * What a metric says.
     *
     * @param name of the metric
     * @return one sentence
     */
    static String help(final String name) {
        final String words = name.substring(PREFIX.length());
        return HELP.getProperty(words, "Of `tickbridge stat`: " + words.replace('_', ' ') + '.');
    }

    private static Rule counter(final String pattern, final String name, final String... labels) {
        return new Rule(Pattern.compile(pattern), name, Kind.COUNTER, 1, List.of(labels));
    }

    private static Rule gauge(final String pattern, final String name, final String... labels) {
        return new Rule(Pattern.compile(pattern), name, Kind.GAUGE, 1, List.of(labels));
    }

    private record Rule(Pattern pattern, String name, Kind kind, double factor, List<String> labels) {

        Rule in(final double unit) {
            return new Rule(pattern, name, kind, unit, labels);
        }

        Stream<MetricName> name(final String figure) {
            final Matcher matcher = pattern.matcher(figure);
            if (!matcher.matches()) {
                return Stream.empty();
            }
            String made = name;
            final Labels.Builder values = Labels.builder();
            for (int group = 1; group <= matcher.groupCount(); group++) {
                made = made.replace("$" + group, matcher.group(group).replaceAll("[^A-Za-z0-9]+", "_"));
                if (group <= labels.size()) {
                    values.label(labels.get(group - 1), matcher.group(group));
                }
            }
            return Stream.of(new MetricName(PREFIX + made, kind, values.build(), factor));
        }
    }
}
