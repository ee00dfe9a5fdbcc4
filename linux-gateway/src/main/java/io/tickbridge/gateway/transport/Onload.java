package io.tickbridge.gateway.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** OpenOnload, which replaces libc's socket calls in the processes it is loaded into. */
final class Onload {
    private static final Path MAPPED_FILES = Path.of("/proc/self/maps");
    private static final String LIBRARY = "/libonload";

    private Onload() {
    }

    /** Whether its library is mapped into this process, however it came there. */
    static boolean isLoaded() {
        // A mapped file's name may be any bytes.
        try (Stream<String> lines = Files.lines(MAPPED_FILES, StandardCharsets.ISO_8859_1)) {
            return isAmong(lines);
        } catch (final IOException | UncheckedIOException e) {
            return false; // without /proc this is no Linux, and Onload is for Linux alone
        }
    }

    static boolean isAmong(final Stream<String> mappings) {
        return mappings.anyMatch(line -> line.contains(LIBRARY));
    }
}
