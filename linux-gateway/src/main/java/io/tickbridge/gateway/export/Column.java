package io.tickbridge.gateway.export;

/**
 * One column of a table.
 *
 * @param name in the file
 * @param type DuckDB's
 */
record Column(String name, String type) {
    static final String INTEGER = "BIGINT";
    static final String TEXT = "VARCHAR";
    static final String TRUTH = "BOOLEAN";
    /** Holds every int64 of 1e-9 units exactly. */
    static final String PRICE = "DECIMAL(19,9)";
}
