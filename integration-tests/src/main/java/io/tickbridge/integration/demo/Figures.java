package io.tickbridge.integration.demo;

import java.util.Locale;
import java.util.Map;

/** What one look shows: the gateway's counters, what changed since the last look, and what the add-on says. */
final class Figures {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MICRO = 1e3;
    private static final String SUPPRESSED = ".suppressed-";

    private final Map<String, Long> gateway;
    private final Map<String, Long> before;
    private final Map<String, Object> addOn;
    private final double seconds;

    Figures(
            final Map<String, Long> gateway, final Map<String, Long> before, final Map<String, Object> addOn,
            final long nanoseconds) {
        this.gateway = gateway;
        this.before = before;
        this.addOn = addOn;
        this.seconds = Math.max(1, nanoseconds) / NANOS_PER_SECOND;
    }

    long get(final String label) {
        return gateway.getOrDefault(label, 0L);
    }

    /** Sum of the counters whose labels begin and end so. */
    long sum(final String prefix, final String suffix) {
        return sum(gateway, prefix, suffix);
    }

    long perSecond(final String prefix, final String suffix) {
        return Math.round((sum(gateway, prefix, suffix) - sum(before, prefix, suffix)) / seconds);
    }

    /** Evaluations of rules that did not take place because the book was not fit for signals. */
    long withheld() {
        return gateway.entrySet().stream()
                .filter(counter -> counter.getKey().startsWith("signal.") && counter.getKey().contains(SUPPRESSED))
                .mapToLong(Map.Entry::getValue).sum();
    }

    /** Those of one reason. */
    long withheld(final String reason) {
        return sum("signal.", SUPPRESSED + reason);
    }

    /** A latency of the gateway in microseconds; a dash before the first. */
    String micros(final String label) {
        return micros(get(label));
    }

    long addOn(final String key) {
        return addOn.get(key) instanceof Number number ? number.longValue() : 0;
    }

    /** A latency that the add-on measured, in microseconds; a dash before the first. */
    String addOnMicros(final String group, final String key) {
        return addOn.get(group) instanceof Map<?, ?> map && map.get(key) instanceof Number number
                ? micros(number.longValue()) : "-";
    }

    private static String micros(final long nanoseconds) {
        return nanoseconds == 0 ? "-" : String.format(Locale.ROOT, "%,.1f", nanoseconds / NANOS_PER_MICRO);
    }

    private static long sum(final Map<String, Long> counters, final String prefix, final String suffix) {
        return counters.entrySet().stream()
                .filter(counter -> counter.getKey().startsWith(prefix) && counter.getKey().endsWith(suffix))
                .mapToLong(Map.Entry::getValue).sum();
    }
}
