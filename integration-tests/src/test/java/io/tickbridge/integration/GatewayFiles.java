package io.tickbridge.integration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

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
        writeKey(key(directory), KEY);
        return directory;
    }

    /** A key file as the gateway wants it: for its owner's eyes alone. */
    static void writeKey(final Path file, final String key) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, key + "\n");
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
