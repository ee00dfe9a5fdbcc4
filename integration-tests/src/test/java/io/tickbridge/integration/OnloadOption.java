package io.tickbridge.integration;

import io.tickbridge.gateway.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One of OpenOnload's settings, as its own public headers declare it.
 *
 * @param minimum smallest value; {@link Long#MIN_VALUE} where the header names a symbol
 * @param maximum largest value; {@link Long#MAX_VALUE} where the header names a symbol
 */
record OnloadOption(String name, long minimum, long maximum) {
    private static final String LIST = "onload-options.tsv";

    /** All of them by name, or a skipped test. */
    static Map<String, OnloadOption> all() throws IOException {
        try (Stream<String> lines = Files.lines(SharedData.file(LIST))) {
            return lines.skip(1).map(OnloadOption::parse).collect(Collectors.toMap(OnloadOption::name, Function.identity()));
        }
    }

    private static OnloadOption parse(final String line) {
        // option, default, min, max, presentation, scope
        final String[] columns = line.split("\t");
        return new OnloadOption(columns[0], number(columns[2], Long.MIN_VALUE), number(columns[3], Long.MAX_VALUE));
    }

    private static long number(final String text, final long otherwise) {
        try {
            return Long.decode(text);
        } catch (final NumberFormatException e) {
            return otherwise;
        }
    }

    boolean allows(final String value) {
        final long number = Long.parseLong(value);
        return number >= minimum && number <= maximum;
    }
}
