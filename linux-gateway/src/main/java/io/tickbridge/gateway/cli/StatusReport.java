package io.tickbridge.gateway.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a gateway's counters say of its work, for people: feeds and their lines, books by state, latencies by hop, add-ons, how
 * far the journal is behind, and what the doctor said. The status page shows the same figures.
 */
final class StatusReport {
    private static final Pattern LINE = Pattern.compile("line-([^.]+)\\.datagrams");
    private static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9", "max");
    /** As the doctor's figures number them. */
    private static final List<String> VERDICTS = List.of("-", "ok", "unknown", "advice", "FAIL");

    private static final String HEIGHTS = ":-=+*#%@"; // low to high, in any terminal's characters

    private final Map<String, Long> values;

    /**
     * A report of one look.
     *
     * @param values all counters, by name
     */
    StatusReport(final Map<String, Long> values) {
        this.values = new TreeMap<>(values);
    }

    /** Gives each line: its name, and what there is to say. */
    void forEachLine(final BiConsumer<String, String> line) {
        names("feed\\.([^.]+)\\.packets").forEach(feed -> feed(feed, line));
        names("latency\\.([^.]+)\\.count").forEach(hop -> line.accept(hop, latency(hop)));
        if (values.containsKey("link.peers")) {
            line.accept("add-ons", peers());
        }
        if (values.containsKey("journal.lag")) {
            line.accept("journal", journal());
        }
        line.accept("doctor", doctor());
    }

    private void feed(final String feed, final BiConsumer<String, String> line) {
        final String prefix = "feed." + feed + ".";
        line.accept("feed " + feed, (value(prefix + "stale") != 0 ? "SILENT, " : "") + value(prefix + "packets") + " packets, gaps "
                + value(prefix + "gaps") + ", lost " + value(prefix + "lost") + ", held back " + value(prefix + "held-back")
                + ", recovered " + value(prefix + "recovered-datagrams"));
        line.accept("", "lines " + below(prefix).entrySet().stream().map(figure -> {
            final Matcher matcher = LINE.matcher(figure.getKey());
            return matcher.matches() ? matcher.group(1) + " " + figure.getValue()
                    + (value(prefix + "line-" + matcher.group(1) + ".silent") != 0 ? " SILENT" : "") : "";
        }).filter(text -> !text.isEmpty()).collect(Collectors.joining(", ")));
        final Map<String, Long> states = below("books." + feed + ".state.");
        final long suspect = states.entrySet().stream().filter(state -> !state.getKey().equals("trusted")
                && !state.getKey().equals("not-trading")).mapToLong(Map.Entry::getValue).sum();
        states.values().removeIf(count -> count == 0);
        line.accept("", "books " + value("books." + feed + ".instruments") + ", " + suspect + " suspect" + (states.isEmpty() ? ""
                : states.entrySet().stream().map(state -> state.getKey() + " " + state.getValue())
                        .collect(Collectors.joining(", ", ": ", ""))));
    }

    private String latency(final String hop) {
        final String prefix = "latency." + hop + ".";
        return value(prefix + "count") == 0 ? "no signals yet" : PERCENTILES.stream()
                .map(name -> name + " " + time(value(prefix + name))).collect(Collectors.joining(", "))
                + " of " + value(prefix + "count") + " signals" + histogram(prefix);
    }

    /** One character a class of latency, from 1 us to 10 s and beyond: the page's picture, for a terminal. */
    private String histogram(final String prefix) {
        final long[] bounds = below(prefix + "up-to-").keySet().stream().mapToLong(Long::parseLong).sorted().toArray();
        final long[] counts = new long[bounds.length + 1];
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            final long upTo = i < bounds.length ? value(prefix + "up-to-" + bounds[i]) : value(prefix + "count");
            counts[i] = Math.max(0, upTo - below);
            below = upTo;
        }
        final long most = Math.max(1, Arrays.stream(counts).max().orElse(1));
        return bounds.length == 0 ? "" : Arrays.stream(counts).mapToObj(count -> String.valueOf(
                count == 0 ? '.' : HEIGHTS.charAt((int) ((HEIGHTS.length() - 1) * count / most))))
                .collect(Collectors.joining("", ", " + time(bounds[0]) + " ", " " + time(bounds[bounds.length - 1])));
    }

    private String peers() {
        final String named = names("link\\.peer\\.(.+)\\.connections").stream().map(peer -> {
            final String prefix = "link.peer." + peer + ".";
            return value(prefix + "connections") == 0 ? peer + " GONE"
                    : peer + " " + value(prefix + "behind") + " frames behind, " + value(prefix + "waiting") + " B waiting";
        }).collect(Collectors.joining("; "));
        final String transport = chosen("link.transport.").map(carrier -> " by " + carrier).collect(Collectors.joining());
        final String security = chosen("link.security.").map(mode -> ", security " + mode).collect(Collectors.joining());
        final String market = chosen("link.market.").map(told -> ", told that the market is " + told).collect(Collectors.joining());
        return value("link.peers") + " logged on" + transport + security + market
                + (value("link.keys-unreadable") == 0 ? "" : ", KEYS UNREADABLE") + (named.isEmpty() ? "" : ": " + named);
    }

    /** Of figures of which one is 1. */
    private Stream<String> chosen(final String prefix) {
        return below(prefix).entrySet().stream().filter(one -> one.getValue() != 0).map(Map.Entry::getKey);
    }

    private String journal() {
        return (value("journal.stopped") != 0 ? "STOPPED, " : "") + "lag "
                + (value("journal.lag") == 0 ? "none" : time(value("journal.lag"))) + ", " + value("journal.ring.waiting") + " of "
                + value("journal.ring.capacity") + " B wait, disk free " + value("journal.disk.free") / (1 << 20) + " MiB";
    }

    private String doctor() {
        if (value("doctor.examined") == 0) {
            return "not examined by the gateway, which needs status.port; ask: tickbridge doctor CONFIG";
        }
        final Map<String, Long> counts = new LinkedHashMap<>(below("doctor.findings."));
        final String worst = below("doctor.check.").entrySet().stream().filter(check -> check.getValue() >= 3)
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .map(check -> VERDICTS.get((int) Math.min(check.getValue(), VERDICTS.size() - 1)) + " " + check.getKey())
                .collect(Collectors.joining(", "));
        return counts.getOrDefault("fail", 0L) + " FAIL, " + counts.getOrDefault("advice", 0L) + " advice, "
                + counts.getOrDefault("unknown", 0L) + " unknown, " + counts.getOrDefault("ok", 0L) + " ok"
                + (worst.isEmpty() ? "" : ": " + worst);
    }

    private List<String> names(final String pattern) {
        return values.keySet().stream().map(Pattern.compile(pattern)::matcher).filter(Matcher::matches)
                .map(matcher -> matcher.group(1)).toList();
    }

    private Map<String, Long> below(final String prefix) {
        return values.entrySet().stream().filter(value -> value.getKey().startsWith(prefix)).collect(Collectors.toMap(
                value -> value.getKey().substring(prefix.length()), Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    }

    private long value(final String name) {
        return values.getOrDefault(name, 0L);
    }

    private static String time(final long nanoseconds) {
        final String[] units = {"ns", "us", "ms", "s"};
        double shown = nanoseconds;
        int unit = 0;
        while (shown >= 1000 && unit < units.length - 1) {
            shown /= 1000;
            unit++;
        }
        return unit == 0 || shown == Math.rint(shown) ? Math.round(shown) + " " + units[unit]
                : String.format(Locale.ROOT, "%.1f %s", shown, units[unit]);
    }
}
