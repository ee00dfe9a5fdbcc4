package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.inspect.InspectedFeed;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints each message as it comes. */
final class TextSink extends MessageSink {
    private final PrintWriter out;
    private final boolean json;
    private final StringBuilder text = new StringBuilder();

    TextSink(final InspectedFeed feed, final PrintWriter out, final boolean json) {
        super(feed);
        this.out = out;
        this.json = json;
    }

    @Override
    public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
        if (json) {
            final Map<String, Object> object = new LinkedHashMap<>();
            object.put("sequence", sequence);
            object.put("type", type);
            object.put("fields", fields);
            out.println(JsonText.of(object));
        } else {
            text.setLength(0);
            appendFields(text.append(sequence).append('\t').append(type).append('\t'), fields);
            out.append(text).println();
        }
    }

    @Override
    void finish(final PrintWriter writer, final boolean asJson) {
        // Everything was printed as it came.
    }

    private static void appendFields(final StringBuilder text, final Map<?, ?> fields) {
        String separator = "";
        for (final Map.Entry<?, ?> field : fields.entrySet()) {
            appendValue(text.append(separator).append(field.getKey()).append('='), field.getValue());
            separator = ";";
        }
    }

    private static void appendValue(final StringBuilder text, final Object value) {
        if (value instanceof List<?> group) {
            text.append('[');
            for (final Object entry : group) {
                appendFields(text.append('{'), (Map<?, ?>) entry);
                text.append('}');
            }
            text.append(']');
        } else {
            text.append(value instanceof BigDecimal decimal ? decimal.toPlainString() : value);
        }
    }
}
