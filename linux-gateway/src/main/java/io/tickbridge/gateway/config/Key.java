package io.tickbridge.gateway.config;

/**
 * One key of the configuration: what the reader checks and the reference prints.
 *
 * @param <T>          its Java value
 * @param name         as written in the file
 * @param type         what is allowed
 * @param isList       whether it holds a list of such values
 * @param defaultText  value taken when the key is absent; empty for "none"; null when the key must be there
 * @param explanation  what it does, a sentence or two
 */
record Key<T>(String name, ValueType<T> type, boolean isList, String defaultText, String explanation) {

    static <T> Key<T> required(final String name, final ValueType<T> type, final String explanation) {
        return new Key<>(name, type, false, null, explanation);
    }

    static <T> Key<T> optional(
            final String name, final ValueType<T> type, final String defaultText, final String explanation) {
        return new Key<>(name, type, false, defaultText, explanation);
    }

    /** A list that may be left out. */
    static <T> Key<T> list(final String name, final ValueType<T> type, final String explanation) {
        return new Key<>(name, type, true, "", explanation);
    }

    boolean isRequired() {
        return defaultText == null;
    }

    /** The default as a value; null when there is none. */
    T defaultValue() {
        return defaultText == null || defaultText.isEmpty() ? null : type.parser().apply(defaultText);
    }

    /** What is allowed, in words. */
    String allowed() {
        return isList ? "list of: " + type.allowed() : type.allowed();
    }
}
