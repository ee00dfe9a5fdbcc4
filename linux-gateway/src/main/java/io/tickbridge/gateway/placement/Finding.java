package io.tickbridge.gateway.placement;

/**
 * What stands against a configuration on this machine.
 *
 * @param key       configuration key that it is about, for example {@code receive.core}
 * @param text      what was found, why it matters, how to mend it; one line
 * @param isRefusal whether a gateway does not start with it
 */
public record Finding(String key, String text, boolean isRefusal) {

    static Finding warning(final String key, final String text) {
        return new Finding(key, text, false);
    }

    static Finding refusal(final String key, final String text) {
        return new Finding(key, text, true);
    }
}
