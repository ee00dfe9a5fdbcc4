package io.tickbridge.gateway.status;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Figures in Prometheus' text format. One thread. */
final class MetricText {
    /** Of what it writes. */
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;
    private static final String BUCKET = ".up-to-";

    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    private final Map<String, MetricName> names = new HashMap<>();
    private final Labels build;

    /**
     * Names are worked out once.
     *
     * @param gateway its name
     * @param version of this build
     */
    MetricText(final String gateway, final String version) {
        build = Labels.of("gateway", gateway, "version", version);
    }

    /** Writes all figures. */
    void write(final Map<String, Long> figures, final OutputStream out) throws IOException {
        final Map<String, List<Point>> metrics = new TreeMap<>();
        figures.forEach((label, value) -> {
            final MetricName name = names.computeIfAbsent(label, MetricNames::of);
            metrics.computeIfAbsent(name.name(), key -> new ArrayList<>()).add(new Point(label, name, value));
        });
        final MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
        metrics.forEach((name, points) -> snapshots.metricSnapshot(snapshot(name, points)));
        snapshots.metricSnapshot(GaugeSnapshot.builder().name(MetricNames.PREFIX + "build").help(MetricNames.help(
                MetricNames.PREFIX + "build")).dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(build).value(1).build())
                .build());
        writer.write(out, snapshots.build(), EscapingScheme.UNDERSCORE_ESCAPING);
    }

    private static MetricSnapshot snapshot(final String name, final List<Point> points) {
        final String help = MetricNames.help(name);
        switch (points.get(0).name.kind()) {
            case COUNTER -> {
                final CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
                points.forEach(point -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(point.name.labels()).value(point.scaled()).build()));
                return counter.build();
            }
            case GAUGE -> {
                final GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
                points.forEach(point -> gauge.dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .labels(point.name.labels()).value(point.scaled()).build()));
                return gauge.build();
            }
            default -> {
                return histogram(name, help, points);
            }
        }
    }

    private static MetricSnapshot histogram(final String name, final String help, final List<Point> points) {
        final HistogramSnapshot.Builder histogram = HistogramSnapshot.builder().name(name).help(help);
        final Map<Labels, List<Point>> hops = new HashMap<>();
        points.forEach(point -> hops.computeIfAbsent(point.name.labels(), key -> new ArrayList<>()).add(point));
        hops.forEach((labels, parts) -> {
            final TreeMap<Double, Long> upTo = new TreeMap<>();
            double sum = 0;
            for (final Point part : parts) {
                if (part.label.endsWith(".sum")) {
                    sum = part.scaled();
                } else if (part.label.endsWith(".count")) {
                    upTo.put(Double.POSITIVE_INFINITY, part.value);
                } else {
                    // Divided, not multiplied: 2000 ns are then 2.0E-6 s to the last digit, as a person writes it in a query.
                    upTo.put(Long.parseLong(part.label.substring(part.label.lastIndexOf(BUCKET) + BUCKET.length())) / 1e9, part.value);
                }
            }
            histogram.dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder().labels(labels).sum(sum)
                    .classicHistogramBuckets(buckets(upTo)).build());
        });
        return histogram.build();
    }

    /** Each class alone. A look between two publications may find a lower class ahead of a higher one: never less than none. */
    private static ClassicHistogramBuckets buckets(final TreeMap<Double, Long> upTo) {
        final ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
        long below = 0;
        for (final Map.Entry<Double, Long> bucket : upTo.entrySet()) {
            buckets.bucket(bucket.getKey(), Math.max(0, bucket.getValue() - below));
            below = Math.max(below, bucket.getValue());
        }
        return buckets.build();
    }

    private record Point(String label, MetricName name, long value) {
        double scaled() {
            return value * name.factor();
        }
    }
}
