package io.tickbridge.gateway.export;

import java.util.List;

/** Takes the answer of a query, row by row. */
public interface QueryRows {

    /**
     * Comes first.
     *
     * @param columns their names
     */
    void onColumns(List<String> columns);

    /**
     * One row.
     *
     * @param values in the order of the columns: Boolean, Number, String or null
     */
    void onRow(List<Object> values);
}
