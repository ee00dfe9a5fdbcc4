package io.tickbridge.gateway.status;

import io.prometheus.metrics.model.snapshots.Labels;

/**
 * A figure as Prometheus has it.
 *
 * @param name   of the metric, without what the exposition format adds to counters
 * @param kind   what its value does
 * @param labels what tells it from others of that name
 * @param factor from the figure's unit to Prometheus' base unit
 */
record MetricName(String name, Kind kind, Labels labels, double factor) {
    /** Nanoseconds as seconds. */
    static final double SECONDS = 1e-9;

    /** What a value does. */
    enum Kind {
        /** Only rises. */
        COUNTER,
        /** Rises and falls. */
        GAUGE,
        /** One of a latency's classes, or its count or sum; they make one histogram. */
        HISTOGRAM
    }
}
