package io.tickbridge.gateway.status;

import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.ops.PublishedFigures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Everything that can be asked for, as it is now. The endpoint's thread only. */
final class StatusContent {
    private static final int USUAL_METRICS = 1 << 16; // bytes

    private final PublishedFigures published;
    private final Examination examination;
    private final LongSupplier clock;
    private final List<String> feeds;
    private final String about;
    private final MetricText metrics;
    private final Map<String, byte[]> files = new HashMap<>();

    StatusContent(final GatewayConfig config, final String version, final PublishedFigures published, final Examination examination,
            final LongSupplier clock) {
        this.published = published;
        this.examination = examination;
        this.clock = clock;
        feeds = config.feeds().stream().map(FeedConfig::name).toList();
        about = StatusPage.about(config, version);
        metrics = new MetricText(config.name(), version);
    }

    private Map<String, Long> values() {
        final Map<String, Long> values = new TreeMap<>();
        published.forEach(values::put);
        return values;
    }

    Health health() {
        return health(values());
    }

    private Health health(final Map<String, Long> values) {
        return Health.of(values, clock.getAsLong() - published.time(), feeds);
    }

    byte[] metrics() throws IOException {
        final Map<String, Long> values = values();
        final Health health = health(values);
        values.put("gateway.live", health.live() ? 1L : 0);
        values.put("gateway.ready", health.ready() ? 1L : 0);
        final ByteArrayOutputStream out = new ByteArrayOutputStream(USUAL_METRICS);
        metrics.write(values, out);
        return out.toByteArray();
    }

    String figures() {
        final Map<String, Long> values = values();
        return StatusPage.figures(values, health(values), published.time());
    }

    String about() {
        return about;
    }

    String doctor() {
        return StatusPage.doctor(examination.latest());
    }

    /** When the doctor was here last. */
    long examined() {
        return examination.latest().time();
    }

    void examine() {
        examination.ask();
    }

    byte[] file(final String name) {
        return files.computeIfAbsent(name, StatusPage::file);
    }
}
