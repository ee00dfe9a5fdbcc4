package io.tickbridge.gateway.export;

import io.tickbridge.gateway.feed.MarketDataListener;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Writes one table as comma-separated values (RFC 4180) with a header line. Text is always in quotes, a null is nothing at all,
 * so that the two are told apart. A row whose values do not fit the columns in number is a mistake of ours and throws.
 */
final class CsvTable implements Closeable {
    private static final int PRICE_SCALE = 9;
    /** What the link's messages say where a price or an amount is absent. */
    private static final long NO_PRICE = Long.MIN_VALUE;

    private final Table table;
    private final BufferedWriter out;
    private final StringBuilder row = new StringBuilder();
    private int values;
    private long rows;

    CsvTable(final Table table, final Path file) throws IOException {
        this.table = table;
        out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        out.write(table.columns().stream().map(Column::name).collect(Collectors.joining(",", "", "\n")));
    }

    CsvTable number(final long value) {
        next().append(value);
        return this;
    }

    /** 1e-9 units. */
    CsvTable price(final long value) {
        if (value == NO_PRICE || value == MarketDataListener.NO_PRICE) {
            return nothing();
        }
        next().append(BigDecimal.valueOf(value, PRICE_SCALE).toPlainString());
        return this;
    }

    CsvTable truth(final boolean value) {
        next().append(value);
        return this;
    }

    CsvTable text(final String value) {
        if (value == null) {
            return nothing();
        }
        next().append('"').append(value.indexOf('"') < 0 ? value : value.replace("\"", "\"\"")).append('"');
        return this;
    }

    CsvTable nothing() {
        next();
        return this;
    }

    void end() {
        if (values != table.columns().size()) {
            throw new IllegalStateException(table.label() + " has " + table.columns().size() + " columns, a row has " + values);
        }
        try {
            out.append(row).append('\n');
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        row.setLength(0);
        values = 0;
        rows++;
    }

    long rows() {
        return rows;
    }

    private StringBuilder next() {
        if (values++ > 0) {
            row.append(',');
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
