package io.tickbridge.gateway.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns tab-separated lines into JSON objects, so that text and JSON output cannot differ in what they say. */
final class TabbedJson implements Appendable {
    private static final Set<String> TEXTS = Set.of(
            "instrument", "state", "side", "order", "attribution", "symbol", "group", "product", "type", "currency", "maturity", "expiry", "legs", "status",
            "statistic");

    private final PrintWriter out;
    private final List<String> names;
    private final StringBuilder line = new StringBuilder();

    private TabbedJson(final PrintWriter out, final List<String> names) {
        this.out = out;
        this.names = names;
    }

    static Appendable top(final PrintWriter out) {
        return new TabbedJson(out, List.of("packetSequence", "instrument", "bidPx", "bidQty", "askPx", "askQty"));
    }

    static Appendable depth(final PrintWriter out) {
        return new TabbedJson(out, List.of("instrument", "state", "side", "level", "price", "quantity", "orders"));
    }

    static Appendable orders(final PrintWriter out) {
        return new TabbedJson(out, List.of(
                "instrument", "state", "side", "level", "price", "order", "quantity", "place", "ahead", "attribution"));
    }

    static Appendable definitions(final PrintWriter out) {
        return new TabbedJson(out, List.of("instrument", "symbol", "group", "product", "type", "currency", "maturity", "expiry",
                "tick", "displayFactor", "depth", "impliedDepth", "legs", "status"));
    }

    static Appendable statistics(final PrintWriter out) {
        return new TabbedJson(out, List.of("time", "instrument", "statistic", "price", "quantity"));
    }

    @Override
    public Appendable append(final CharSequence text) {
        return append(text, 0, text.length());
    }

    @Override
    public Appendable append(final CharSequence text, final int start, final int end) {
        for (int i = start; i < end; i++) {
            append(text.charAt(i));
        }
        return this;
    }

    @Override
    public Appendable append(final char c) {
        if (c == '\n') {
            out.println(JsonText.of(object(line.toString().split("\t", -1))));
            line.setLength(0);
        } else {
            line.append(c);
        }
        return this;
    }

    /** An empty value is absent. */
    private Map<String, Object> object(final String[] values) {
        final Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            if (!values[i].isEmpty()) {
                object.put(names.get(i), TEXTS.contains(names.get(i)) ? values[i] : new BigDecimal(values[i]));
            }
        }
        return object;
    }
}
