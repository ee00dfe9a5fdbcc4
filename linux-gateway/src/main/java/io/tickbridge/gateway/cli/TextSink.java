package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.feed.MessageInspector;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints each message as it comes. */
final class TextSink extends MessageSink {
    private final PrintWriter out;
    private final boolean json;

    TextSink(final MessageInspector inspector, final PrintWriter out, final boolean json) {
        super(inspector);
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
            out.println(sequence + "\t" + type + "\t" + text(fields));
        }
    }

    @Override
    void finish(final PrintWriter writer, final boolean asJson) {
        // Everything was printed as it came.
    }

    private static String text(final Map<?, ?> fields) {
        return fields.entrySet().stream().map(field -> field.getKey() + "=" + text(field.getValue()))
                .collect(Collectors.joining(";"));
    }

    private static String text(final Object value) {
        if (value instanceof List<?> group) {
            return group.stream().map(entry -> "{" + text((Map<?, ?>) entry) + "}").collect(Collectors.joining("", "[", "]"));
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }
}
