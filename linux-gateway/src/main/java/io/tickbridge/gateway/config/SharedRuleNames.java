package io.tickbridge.gateway.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Signal rules of one name: allowed, since whoever takes all of them need not tell them apart. An add-on's setting
 * {@code rules} takes all of them or none, and nothing that it shows says which of them a signal is of.
 */
public final class SharedRuleNames {
    private SharedRuleNames() {
    }

    /**
     * Names them.
     *
     * @param config that was read
     * @return a line for each rule but the first of its name, with its place in the file; empty when all differ
     */
    public static List<String> notes(final GatewayConfig config) {
        final Map<String, Integer> first = new HashMap<>();
        return IntStream.range(0, config.signals().size()).mapToObj(i -> {
            final String name = config.signals().get(i).name();
            final Integer before = first.putIfAbsent(name, i);
            final String path = "signals[" + i + "]";
            return before == null ? null : config.places().of(path) + ": " + path + ": add-ons know it as " + name + ", as signals["
                    + before + "], and cannot choose between them in their setting rules; give it a name of its own: name: " + name + "-2";
        }).filter(Objects::nonNull).toList();
    }
}
