package io.tickbridge.gateway.preflight;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code capture.dpdk.device} says, in its parts.
 *
 * @param name      PCI address, or the software device's: its driver's with a number or word behind
 * @param arguments what follows, in order; without a value an empty one
 */
record DpdkDevice(String name, Map<String, String> arguments) {

    static DpdkDevice parse(final String text) {
        final String[] parts = text.split(",");
        final Map<String, String> arguments = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            final String[] argument = parts[i].split("=", 2);
            arguments.putIfAbsent(argument[0], argument.length == 2 ? argument[1] : "");
        }
        return new DpdkDevice(parts.length == 0 ? "" : parts[0], arguments);
    }

    /** Value of an argument; empty when there is none. */
    String argument(final String key) {
        return arguments.getOrDefault(key, "");
    }
}
