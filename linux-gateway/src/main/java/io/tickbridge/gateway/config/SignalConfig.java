package io.tickbridge.gateway.config;

import java.util.List;
import java.util.Map;

/**
 * One signal rule.
 *
 * @param kind        which signal: a built-in one, or the name a user's own class gives
 * @param instruments feed-qualified instruments ("feed/id") or "*" for all of every feed
 * @param parameters  the kind's own settings, as text; the kind checks them
 */
public record SignalConfig(String kind, List<String> instruments, Map<String, String> parameters) {
}
