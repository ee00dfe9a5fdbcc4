package io.tickbridge.integration.process;

import io.tickbridge.gateway.ops.CountersFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A running gateway's counters, read from outside. One thread. */
public final class GatewayCounters implements AutoCloseable {
    private final Path path;
    private CountersFile file;

    /**
     * Counters of a gateway that need not be up yet.
     *
     * @param path its {@code counters} file
     */
    public GatewayCounters(final Path path) {
        this.path = path;
    }

    /**
     * One look at all of them.
     *
     * @return by label; empty while the gateway is not up
     */
    public Map<String, Long> read() {
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
