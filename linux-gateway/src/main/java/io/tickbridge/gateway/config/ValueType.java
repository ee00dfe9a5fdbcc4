package io.tickbridge.gateway.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of one value becomes a Java value.
 *
 * @param <T>     the Java value
 * @param allowed what is allowed, for the reference and for error messages
 * @param parser  turns text into a value; throws IllegalArgumentException when it cannot
 */
record ValueType<T>(String allowed, Function<String, T> parser) {
    private static final Pattern AMOUNT = Pattern.compile("(\\d+)\\s*([A-Za-z]*)");
    private static final Map<String, Long> DURATIONS = Map.of(
            "ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L, "min", 60_000_000_000L);
    private static final Map<String, Long> SIZES = Map.of(
            "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Pattern IPV4 = Pattern.compile(
            "((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern NOT_EMPTY = Pattern.compile("(?s).+");
    private static final int PRICE_DECIMALS = 9;

    /** Whatever there is; for settings that another class checks. */
    static ValueType<String> anyText() {
        return new ValueType<>("text", text -> text);
    }

    static ValueType<String> text() {
        return new ValueType<>("text", text -> matching(text, NOT_EMPTY));
    }

    static ValueType<String> path() {
        return new ValueType<>("path", text -> Path.of(matching(text, NOT_EMPTY)).toString());
    }

    static ValueType<String> text(final int most) {
        final Pattern characters = Pattern.compile("[ -~]{1," + most + "}");
        return new ValueType<>("1 to " + most + " ASCII characters", text -> matching(text, characters));
    }

    static ValueType<String> word(final int most) {
        final Pattern characters = Pattern.compile("[!-~]{1," + most + "}");
        return new ValueType<>("1 to " + most + " ASCII characters, no blanks", text -> matching(text, characters));
    }

    /** A name that stands in labels and before the slash of {@code feed/id}. */
    static ValueType<String> name(final int most) {
        final Pattern characters = Pattern.compile("[A-Za-z0-9_-]{1," + most + "}");
        return new ValueType<>("1 to " + most + " letters, digits, `-` and `_`", text -> matching(text, characters));
    }

    static ValueType<Boolean> bool() {
        return new ValueType<>("true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    static ValueType<Integer> integer(final int least, final int most) {
        return new ValueType<>("integer " + least + " to " + most,
                text -> (int) inRange(Long.parseLong(text), least, most));
    }

    static ValueType<Integer> powerOfTwo(final int least, final int most) {
        return new ValueType<>("power of two, " + least + " to " + most,
                text -> powerOfTwo(inRange(Long.parseLong(text), least, most)));
    }

    static ValueType<Double> factor(final double most) {
        return new ValueType<>("number 0 to " + new BigDecimal(most).toPlainString(), text -> {
            // Double.parseDouble takes "1f" and hexadecimal too.
            final BigDecimal value = new BigDecimal(text);
            if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
                throw new IllegalArgumentException();
            }
            return value.doubleValue();
        });
    }

    static ValueType<Long> duration(final String least, final String most) {
        final long low = amount(least, DURATIONS);
        final long high = amount(most, DURATIONS);
        return new ValueType<>("duration " + least + " to " + most + " (ns, us, ms, s, min)",
                text -> inRange(amount(text, DURATIONS), low, high));
    }

    static ValueType<Long> size(final String least, final String most) {
        final long low = amount(least, SIZES);
        final long high = amount(most, SIZES);
        return new ValueType<>("size " + least + " to " + most + " (B, KiB, MiB, GiB)",
                text -> inRange(amount(text, SIZES), low, high));
    }

    static ValueType<Long> powerOfTwoSize(final String least, final String most) {
        final ValueType<Long> size = size(least, most);
        return new ValueType<>("power of two, " + size.allowed,
                text -> (long) powerOfTwo(size.parser.apply(text)));
    }

    static ValueType<Long> price() {
        return new ValueType<>("decimal price, 0 or more, at most " + PRICE_DECIMALS + " decimals", text -> {
            final long value = new BigDecimal(text).movePointRight(PRICE_DECIMALS).longValueExact();
            return inRange(value, 0, Long.MAX_VALUE);
        });
    }

    static ValueType<String> ipv4() {
        return new ValueType<>("IPv4 address", text -> matching(text, IPV4));
    }

    static <E extends Enum<E>> ValueType<E> oneOf(final Class<E> type) {
        final Map<String, E> names = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(ValueType::nameOf, Function.identity()));
        final String allowed = Arrays.stream(type.getEnumConstants())
                .map(ValueType::nameOf).collect(Collectors.joining(", "));
        return new ValueType<>(allowed, text -> {
            final E value = names.get(text);
            if (value == null) {
                throw new IllegalArgumentException();
            }
            return value;
        });
    }

    private static String matching(final String text, final Pattern pattern) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException();
        }
        return text;
    }

    private static String nameOf(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long amount(final String text, final Map<String, Long> units) {
        final Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException();
        }
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), units.get(matcher.group(2)));
    }

    private static long inRange(final long value, final long least, final long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException();
        }
        return value;
    }

    private static int powerOfTwo(final long value) {
        if (Long.bitCount(value) != 1) {
            throw new IllegalArgumentException();
        }
        return (int) value;
    }
}
