package io.tickbridge.gateway.capture.burst;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a backend is opened with: keys and values, which {@code tb_source_open} takes as lines of {@code key=value}. */
public final class BurstSettings {
    private final Map<String, String> values = new LinkedHashMap<>();

    /**
     * Adds a setting.
     *
     * @param key   one of the backend's
     * @param value its value, in text the backend's way; booleans as 0 and 1; null leaves the setting out
     * @return this
     * @throws IllegalArgumentException when the value has a line break, which nothing that is configured may have
     */
    public BurstSettings with(final String key, final Object value) {
        final Object plain = value instanceof Boolean flag ? (flag ? 1 : 0) : value;
        if (plain != null) {
            if (plain.toString().chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
                throw new IllegalArgumentException("found a line break in \"" + key + "\", allowed: one line");
            }
            values.put(key, plain.toString());
        }
        return this;
    }

    /**
     * Adds a setting that is a list, separated by commas.
     *
     * @param key  one of the backend's
     * @param list its values
     * @return this
     */
    public BurstSettings with(final String key, final Collection<String> list) {
        return list.isEmpty() ? this : with(key, (Object) String.join(",", list));
    }

    /** {@code key=value}, each ended by a line feed. */
    String text() {
        return values.entrySet().stream().map(entry -> entry.getKey() + '=' + entry.getValue() + '\n')
                .collect(Collectors.joining());
    }
}
