package io.tickbridge.integration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One of OpenOnload's settings, as its own public headers declare it.
 *
 * @param minimum        smallest value; {@link Long#MIN_VALUE} where the header names a symbol
 * @param maximum        largest value; {@link Long#MAX_VALUE} where the header names a symbol
 * @param powerOfTwo     whether only powers of two will do, but for -1, which stands for the NIC's own
 */
record OnloadOption(String name, long minimum, long maximum, boolean powerOfTwo) {
    private static final String LIST = "onload-options.tsv";

    /** All of them by name. */
    static Map<String, OnloadOption> all() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                OnloadOption.class.getResourceAsStream(LIST), StandardCharsets.UTF_8))) {
            return lines.lines().filter(line -> line.startsWith("EF_")).map(OnloadOption::parse)
                    .collect(Collectors.toMap(OnloadOption::name, Function.identity()));
        }
    }

    private static OnloadOption parse(final String line) {
        // option, type, least, most, rule
        final String[] columns = line.split("\t");
        return new OnloadOption(columns[0], columns[2].equals("-") ? Long.MIN_VALUE : Long.parseLong(columns[2]),
                columns[3].equals("-") ? Long.MAX_VALUE : Long.parseLong(columns[3]), columns[4].equals("power-of-two"));
    }

    boolean isBounded() {
        return minimum != Long.MIN_VALUE && maximum != Long.MAX_VALUE;
    }

    boolean allows(final String value) {
        final long number = Long.parseLong(value);
        return number >= minimum && number <= maximum && (!powerOfTwo || number == -1 || Long.bitCount(number) == 1);
    }
}
