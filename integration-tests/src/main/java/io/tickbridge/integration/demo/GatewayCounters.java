package io.tickbridge.integration.demo;

import io.tickbridge.gateway.ops.CountersFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A running gateway's counters, read from outside. */
final class GatewayCounters implements AutoCloseable {
    private final Path path;
    private CountersFile file;

    GatewayCounters(final Path path) {
        this.path = path;
    }

    /** All counters by label; empty while the gateway is not up. */
    Map<String, Long> read() {
        final Map<String, Long> values = new TreeMap<>();
        if (file == null && path.toFile().exists()) {
            try {
                file = CountersFile.open(path);
            } catch (final UncheckedIOException e) {
                return values; // created, but not yet whole
            }
        }
        if (file != null) {
            file.reader().forEach((value, id, label) -> values.put(label, value));
        }
        return values;
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }
}
