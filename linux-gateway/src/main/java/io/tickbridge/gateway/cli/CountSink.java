package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.feed.MessageInspector;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** Counts messages by type, or by line and type. */
final class CountSink extends MessageSink {
    // Template numbers in their numeric order, type letters in theirs.
    private final Map<String, Long> counts = new TreeMap<>(
            Comparator.comparing((String key) -> key.substring(0, key.indexOf('\t') + 1))
                    .thenComparing(String::length).thenComparing(Comparator.naturalOrder()));
    private final boolean byLine;

    CountSink(final MessageInspector inspector, final boolean byLine) {
        super(inspector);
        this.byLine = byLine;
    }

    @Override
    public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
        counts.merge(byLine ? line() + '\t' + type : type, 1L, Long::sum);
    }

    @Override
    void finish(final PrintWriter out, final boolean json) {
        if (json) {
            out.println(JsonText.of(counts));
        } else {
            counts.forEach((key, count) -> out.println(key + '\t' + count));
        }
    }
}
