package io.tickbridge.gateway.report;

import io.tickbridge.gateway.export.QueryRows;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The answer of a statement as JSON has it. A number that JavaScript would round becomes text: a decimal, and an integer beyond
 * 2 to the 53rd.
 */
final class Answer implements QueryRows {
    private static final BigInteger GREATEST = BigInteger.ONE.shiftLeft(53);

    private List<String> columns = List.of();
    private final List<List<Object>> rows = new ArrayList<>();

    @Override
    public void onColumns(final List<String> names) {
        columns = names;
    }

    @Override
    public void onRow(final List<Object> values) {
        rows.add(new ArrayList<>(values));
    }

    List<List<Object>> rows() {
        return rows;
    }

    /** A value of a row by its column's name. */
    Object value(final List<Object> row, final String column) {
        return row.get(columns.indexOf(column));
    }

    Map<String, Object> json(final String sql) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("sql", sql);
        json.put("columns", columns);
        json.put("rows", rows.stream().map(row -> row.stream().map(Answer::exact).collect(Collectors.toCollection(ArrayList::new))).toList());
        return json;
    }

    private static Object exact(final Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof Long || value instanceof BigInteger) {
            final BigInteger whole = new BigInteger(value.toString());
            return whole.abs().compareTo(GREATEST) > 0 ? whole.toString() : (Object) whole.longValueExact();
        }
        return value;
    }
}
