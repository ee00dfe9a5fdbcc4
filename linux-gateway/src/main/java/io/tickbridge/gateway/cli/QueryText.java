package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.QueryRows;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints the answer of a query as it comes. */
final class QueryText implements QueryRows {
    private final PrintWriter out;
    private final Form form;
    private List<String> columns = List.of();

    /** How it is printed. */
    enum Form {
        /** Fields separated by tabs, a header line first. */
        TABLE,
        /** RFC 4180, a header line first. */
        CSV,
        /** An object a line. */
        JSON
    }

    QueryText(final PrintWriter out, final Form form) {
        this.out = out;
        this.form = form;
    }

    @Override
    public void onColumns(final List<String> names) {
        columns = names;
        if (form != Form.JSON) {
            line(names);
        }
    }

    @Override
    public void onRow(final List<Object> values) {
        if (form == Form.JSON) {
            final Map<String, Object> object = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                object.put(columns.get(i), values.get(i));
            }
            out.println(JsonText.of(object));
        } else {
            line(values);
        }
    }

    private void line(final List<?> values) {
        out.println(values.stream().map(this::field).collect(Collectors.joining(form == Form.CSV ? "," : "\t")));
    }

    private String field(final Object value) {
        if (value == null) {
            return "";
        }
        final String text = value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
        final boolean quoted = form == Form.CSV && value instanceof String
                && text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
