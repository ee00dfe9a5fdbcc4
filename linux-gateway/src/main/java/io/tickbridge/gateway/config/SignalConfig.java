package io.tickbridge.gateway.config;

import java.util.List;
import java.util.Map;

/**
 * One signal rule.
 *
 * @param kind        which signal: a built-in one, or the name a user's own class gives
 * @param instruments feed-qualified instruments ("feed/id") or "*" for all of every feed
 * @param parameters  the kind's own settings, as text; the kind checks them
 * @param name        by which add-ons know it; the kind unless configured
 */
public record SignalConfig(String kind, List<String> instruments, Map<String, String> parameters, String name) {

    /**
     * With its kind for a name.
     *
     * @param kind        which signal
     * @param instruments feed-qualified instruments, or "*"
     * @param parameters  the kind's own settings
     */
    public SignalConfig(final String kind, final List<String> instruments, final Map<String, String> parameters) {
        this(kind, instruments, parameters, kind);
    }
}
