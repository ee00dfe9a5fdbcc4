package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.config.SignalConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * The parameters of one configured rule, as typed values. A kind asks for each parameter it knows; each answer is
 * checked, and an unfit one refused with rule, key, what was found and what is allowed. Cold path, main or receive
 * thread.
 */
public final class SignalParameters {
    /** Longest description, in ASCII characters: the room in the link's SignalDefinition. */
    public static final int MAX_DESCRIPTION = 192;

    private final String rule;
    private final Map<String, String> given;
    private final Map<String, String> described = new LinkedHashMap<>();

    /**
     * The parameters of a rule.
     *
     * @param ruleNumber place of the rule in the configuration, from 1
     * @param config     the rule as configured
     */
    public SignalParameters(final int ruleNumber, final SignalConfig config) {
        this.rule = "signals, rule " + ruleNumber + " (" + config.kind() + ")";
        this.given = config.parameters();
    }

    /**
     * A whole number that need not be given.
     *
     * @param key          the parameter
     * @param minimum      smallest allowed
     * @param maximum      largest allowed
     * @param defaultValue when not given
     * @return its value
     */
    public long integer(final String key, final long minimum, final long maximum, final long defaultValue) {
        final String text = given.get(key);
        return text == null ? described(key, defaultValue, Long::toString) : integer(key, minimum, maximum);
    }

    /**
     * A whole number that must be given.
     *
     * @param key     the parameter
     * @param minimum smallest allowed
     * @param maximum largest allowed
     * @return its value
     */
    public long integer(final String key, final long minimum, final long maximum) {
        return checked(key, "a whole number", ParameterText::parseInteger, Long::toString, minimum, maximum);
    }

    /**
     * A ratio with at most six decimal places.
     *
     * @param key          the parameter
     * @param minimum      smallest allowed, in 1e-6 units
     * @param maximum      largest allowed, in 1e-6 units
     * @param defaultValue when not given, in 1e-6 units
     * @return its value in 1e-6 units: 250000 for 0.25
     */
    public long ratio(final String key, final long minimum, final long maximum, final long defaultValue) {
        return decimal(key, ParameterText.RATIO_PLACES, minimum, maximum, defaultValue);
    }

    /**
     * A price with at most nine decimal places.
     *
     * @param key          the parameter
     * @param minimum      smallest allowed, in 1e-9 units
     * @param maximum      largest allowed, in 1e-9 units
     * @param defaultValue when not given, in 1e-9 units
     * @return its value in 1e-9 units: 250000000 for 0.25
     */
    public long price(final String key, final long minimum, final long maximum, final long defaultValue) {
        return decimal(key, ParameterText.PRICE_PLACES, minimum, maximum, defaultValue);
    }

    /**
     * A duration: a number and its unit (ns, us, ms, s), or 0.
     *
     * @param key          the parameter
     * @param minimum      shortest allowed, in ns
     * @param maximum      longest allowed, in ns
     * @param defaultValue when not given, in ns
     * @return its value in ns
     */
    public long duration(final String key, final long minimum, final long maximum, final long defaultValue) {
        if (!given.containsKey(key)) {
            return described(key, defaultValue, ParameterText::formatDuration);
        }
        return checked(key, "a duration with its unit (ns, us, ms, s)", ParameterText::parseDuration,
                ParameterText::formatDuration, minimum, maximum);
    }

    /**
     * Yes or no.
     *
     * @param key          the parameter
     * @param defaultValue when not given
     * @return its value
     */
    public boolean flag(final String key, final boolean defaultValue) {
        final String text = given.getOrDefault(key, Boolean.toString(defaultValue));
        if (!"true".equals(text) && !"false".equals(text)) {
            throw refusal(key, text, "true or false");
        }
        described.put(key, text);
        return Boolean.parseBoolean(text);
    }

    /**
     * The error for a parameter that the kind itself finds unfit, in the wording of all others.
     *
     * @param key     the parameter
     * @param found   what the file says
     * @param allowed what it may say
     * @return the exception to throw
     */
    public SignalConfigException refusal(final String key, final String found, final String allowed) {
        return new SignalConfigException(
                rule + ", parameter " + key + ": found \"" + found + "\"; allowed: " + allowed);
    }

    /**
     * Every parameter asked for so far, given or by default, in the order asked.
     *
     * @return {@code key=value} pairs with a space between them, ASCII, at most {@link #MAX_DESCRIPTION} characters
     */
    public String describe() {
        final StringBuilder text = new StringBuilder();
        for (final Map.Entry<String, String> parameter : described.entrySet()) {
            text.append(text.length() == 0 ? "" : " ")
                    .append(parameter.getKey()).append('=').append(parameter.getValue());
        }
        if (text.length() > MAX_DESCRIPTION || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new SignalConfigException(rule + ": its parameters written out must be ASCII and at most "
                    + MAX_DESCRIPTION + " characters; found " + text.length() + ": " + text);
        }
        return text.toString();
    }

    /** Refuses what the configuration gives and the kind never asked for. */
    void refuseUnknown() {
        final TreeSet<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(described.keySet());
        if (!unknown.isEmpty()) {
            throw new SignalConfigException(rule + ": found unknown parameter " + String.join(", ", unknown)
                    + "; allowed: " + (described.isEmpty() ? "none" : String.join(", ", described.keySet())));
        }
    }

    /** An error of this rule that belongs to no single parameter. */
    SignalConfigException refusal(final String what, final Throwable cause) {
        return new SignalConfigException(rule + ": " + what, cause);
    }

    private long decimal(
            final String key, final int places, final long minimum, final long maximum, final long defaultValue) {
        final LongFunction<String> format = units -> ParameterText.formatDecimal(units, places);
        if (!given.containsKey(key)) {
            return described(key, defaultValue, format);
        }
        return checked(key, "a number with at most " + places + " decimal places",
                text -> ParameterText.parseDecimal(text, places), format, minimum, maximum);
    }

    private long checked(
            final String key,
            final String type,
            final Function<String, OptionalLong> parse,
            final LongFunction<String> format,
            final long minimum,
            final long maximum) {
        final String text = given.get(key);
        final OptionalLong value = text == null ? OptionalLong.empty() : parse.apply(text);
        if (value.isEmpty() || value.getAsLong() < minimum || value.getAsLong() > maximum) {
            final String allowed = type + " from " + format.apply(minimum) + " to " + format.apply(maximum);
            throw text == null
                    ? new SignalConfigException(rule + ", parameter " + key + ": missing; allowed: " + allowed)
                    : refusal(key, text, allowed);
        }
        return described(key, value.getAsLong(), format);
    }

    private long described(final String key, final long value, final LongFunction<String> format) {
        described.put(key, format.apply(value));
        return value;
    }
}
