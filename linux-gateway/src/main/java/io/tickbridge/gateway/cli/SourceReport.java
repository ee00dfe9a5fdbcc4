package io.tickbridge.gateway.cli;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * What a gateway's counters say of its packet source, for people: what came, how well polling paid, whose clock frames'
 * times are read from, and what was not delivered, by reason.
 */
final class SourceReport {
    private static final String CLOCKS = "source.timestamps.";

    private final Map<String, Long> values;

    /**
     * A report of one look.
     *
     * @param values all counters, by name
     */
    SourceReport(final Map<String, Long> values) {
        this.values = values;
    }

    /** Gives each line: its name, and what there is to say. */
    void forEachLine(final BiConsumer<String, String> line) {
        final long received = value("source.received");
        final long bursts = value("source.bursts");
        final long polls = bursts + value("source.empty-polls");
        line.accept("received", received + " frames in " + bursts + " bursts" + (bursts == 0 ? ""
                : ", " + decimal("%.2f", (double) received / bursts) + " a burst"));
        line.accept("polls", polls + (polls == 0 ? "" : ", " + decimal("%.3f", 100.0 * bursts / polls) + " % brought frames"));
        line.accept("timestamps", clock());
        line.accept("lost", byReason("source.lost."));
        line.accept("refused", byReason("source.refused."));
        line.accept("cut short", Long.toString(value("source.truncated")));
        line.accept("filtered", byReason("filter.dropped."));
        final Map<String, Long> seen = below("source.seen.");
        if (!seen.isEmpty()) {
            line.accept("seen", seen.entrySet().stream().map(SourceReport::words).collect(Collectors.joining(", ")));
        }
    }

    private String clock() {
        return values.entrySet().stream().filter(value -> value.getKey().startsWith(CLOCKS) && value.getValue() == 1)
                .map(value -> switch (value.getKey().substring(CLOCKS.length())) {
                    case "recorded" -> "recorded: the times in the capture file";
                    case "nic" -> "nic: the network interface's clock, in sync";
                    case "nic-unsynced" -> "nic-unsynced: the network interface's clock, which does not say that it is in sync";
                    case "kernel" -> "kernel: its clock when the driver took the frame in";
                    case "burst" -> "burst: the gateway's clock, read once a burst";
                    default -> value.getKey().substring(CLOCKS.length());
                }).findFirst().orElse("none yet: the source is not open");
    }

    /** The sum, and what it is made of. */
    private String byReason(final String prefix) {
        final Map<String, Long> reasons = below(prefix);
        reasons.values().removeIf(count -> count == 0);
        final long all = reasons.values().stream().mapToLong(Long::longValue).sum();
        return all == 0 ? "0" : reasons.entrySet().stream().map(SourceReport::words)
                .collect(Collectors.joining(", ", all + ": ", ""));
    }

    private Map<String, Long> below(final String prefix) {
        final Map<String, Long> found = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    private long value(final String name) {
        return values.getOrDefault(name, 0L);
    }

    private static String words(final Map.Entry<String, Long> count) {
        return count.getKey() + " " + count.getValue();
    }

    private static String decimal(final String format, final double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
