package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.inspect.InspectedFeed;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Counts messages by type, or by line and type. */
final class CountSink extends MessageSink {
    /** Template numbers in their numeric order, type letters in theirs. */
    private static final Comparator<String> BY_TYPE =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final Map<String, Map<String, Long>> countsByLine = new TreeMap<>(BY_TYPE);
    private final boolean byLine;

    CountSink(final InspectedFeed feed, final boolean byLine) {
        super(feed);
        this.byLine = byLine;
    }

    @Override
    public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
        countsByLine.computeIfAbsent(byLine ? line() : "", line -> new TreeMap<>(BY_TYPE)).merge(type, 1L, Long::sum);
    }

    @Override
    void finish(final PrintWriter out, final boolean json) {
        if (json) {
            out.println(JsonText.of(byLine ? countsByLine : countsByLine.getOrDefault("", Map.of())));
            return;
        }
        countsByLine.forEach((line, counts) -> counts.forEach(
                (type, count) -> out.println((byLine ? line + '\t' : "") + type + '\t' + count)));
    }
}
