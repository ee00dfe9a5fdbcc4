package io.tickbridge.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A gateway's working directory: configuration, key, counters, journal. */
final class GatewayFiles {
    /** Any will do; this one is nobody's. */
    private static final String KEY = "5e".repeat(32);

    private GatewayFiles() {
    }

    /** Writes configuration and key. */
    static Path prepare(final Path directory, final String configuration) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(config(directory), configuration);
        Files.writeString(key(directory), KEY + "\n");
        return directory;
    }

    static Path config(final Path directory) {
        return directory.resolve("gateway.yaml");
    }

    static Path key(final Path directory) {
        return directory.resolve("link.key");
    }

    static Path counters(final Path directory) {
        return directory.resolve("gateway.counters");
    }

    static Path journal(final Path directory) {
        return directory.resolve("journal");
    }
}
