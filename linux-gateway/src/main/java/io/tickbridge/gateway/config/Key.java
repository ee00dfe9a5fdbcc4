package io.tickbridge.gateway.config;

/**
 * One key of the configuration: what the reader checks and the reference prints.
 *
 * @param <T>          its Java value
 * @param name         as written in the file
 * @param type         what is allowed
 * @param defaultText  value taken when the key is absent; empty for "none"; null when the key must be there
 * @param explanation  what it does, a sentence or two
 */
record Key<T>(String name, ValueType<T> type, String defaultText, String explanation) {

    static <T> Key<T> required(final String name, final ValueType<T> type, final String explanation) {
        return new Key<>(name, type, null, explanation);
    }

    static <T> Key<T> optional(
            final String name, final ValueType<T> type, final String defaultText, final String explanation) {
        return new Key<>(name, type, defaultText, explanation);
    }

    boolean isRequired() {
        return defaultText == null;
    }

    /** The default as a value; null when there is none. */
    T defaultValue() {
        return defaultText == null || defaultText.isEmpty() ? null : type.parser().apply(defaultText);
    }
}
