package io.tickbridge.integration.demo;

import java.util.Map;

/** Counters of two looks, and what happened between them. */
final class Figures {
    private static final double NANOS = 1e9;

    private final Map<String, Long> now;
    private final Map<String, Long> before;
    private final double seconds;

    Figures(final Map<String, Long> now, final Map<String, Long> before, final long nanoseconds) {
        this.now = now;
        this.before = before;
        this.seconds = Math.max(1, nanoseconds) / NANOS;
    }

    long get(final String label) {
        return now.getOrDefault(label, 0L);
    }

    /** Sum of all counters whose label begins so. */
    long sum(final String prefix) {
        return now.entrySet().stream().filter(e -> e.getKey().startsWith(prefix)).mapToLong(Map.Entry::getValue).sum();
    }

    long perSecond(final String label) {
        return Math.round((get(label) - before.getOrDefault(label, 0L)) / seconds);
    }

    /** A latency in microseconds, or a dash before the first. */
    String micros(final String label) {
        final long value = get(label);
        return value == 0 ? "-" : String.format("%.1f", value / 1e3);
    }
}
