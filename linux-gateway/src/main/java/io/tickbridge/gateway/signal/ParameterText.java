package io.tickbridge.gateway.signal;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the text of a parameter into a whole number of its smallest unit and back, exactly: no value is ever rounded.
 * Cold path.
 */
final class ParameterText {
    /** Decimal places of a price: 1e-9 units. */
    static final int PRICE_PLACES = 9;
    /** Decimal places of a ratio: 1e-6 units. */
    static final int RATIO_PLACES = 6;

    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?(ns|us|ms|s)");
    private static final Map<String, Integer> PLACES_OF_UNIT = new LinkedHashMap<>();

    static {
        // Largest first: the order in which a unit is looked for when formatting.
        PLACES_OF_UNIT.put("s", 9);
        PLACES_OF_UNIT.put("ms", 6);
        PLACES_OF_UNIT.put("us", 3);
        PLACES_OF_UNIT.put("ns", 0);
    }

    private ParameterText() {
    }

    /** A whole number, or empty. */
    static OptionalLong parseInteger(final String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (final NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A decimal number as a count of units of 10^-places, or empty when it is no number or needs more places. */
    static OptionalLong parseDecimal(final String text, final int places) {
        try {
            final BigDecimal number = new BigDecimal(text);
            // Text such as 1e999999999 is a number too; scaling it would take all memory.
            if (Math.abs((long) number.precision() - number.scale()) > 40 || number.precision() > 40) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(number.movePointRight(places).longValueExact());
        } catch (final ArithmeticException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A count of units of 10^-places as plain decimal text. */
    static String formatDecimal(final long units, final int places) {
        return units == 0 ? "0" : BigDecimal.valueOf(units, places).stripTrailingZeros().toPlainString();
    }

    /** A duration in ns, or empty when it has no unit or is finer than 1 ns. Zero needs no unit. */
    static OptionalLong parseDuration(final String text) {
        if ("0".equals(text)) {
            return OptionalLong.of(0);
        }
        final Matcher matcher = DURATION.matcher(text);
        return matcher.matches()
                ? parseDecimal(matcher.group(1), PLACES_OF_UNIT.get(matcher.group(2)))
                : OptionalLong.empty();
    }

    /** A duration in ns with the largest unit that keeps it whole. */
    static String formatDuration(final long nanoseconds) {
        if (nanoseconds == 0) {
            return "0";
        }
        for (final Map.Entry<String, Integer> unit : PLACES_OF_UNIT.entrySet()) {
            final long size = BigDecimal.ONE.movePointRight(unit.getValue()).longValueExact();
            if (nanoseconds % size == 0) {
                return nanoseconds / size + unit.getKey();
            }
        }
        throw new AssertionError("every duration is a whole number of ns");
    }
}
