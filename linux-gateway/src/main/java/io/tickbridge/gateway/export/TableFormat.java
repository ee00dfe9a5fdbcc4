package io.tickbridge.gateway.export;

import java.util.Locale;

/** How tables are written. */
public enum TableFormat {
    /** Comma-separated values, RFC 4180, with a header line. */
    CSV,
    /** Apache Parquet, compressed with Zstandard, by DuckDB's engine. */
    PARQUET;

    String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}
