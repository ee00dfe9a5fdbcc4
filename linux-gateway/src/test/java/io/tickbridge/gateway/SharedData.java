package io.tickbridge.gateway;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The captures and independent answers that lie beside the repository and are never copied into it. A test that
 * asks for one is skipped, saying so, where it is absent.
 */
public final class SharedData {
    private static final Path ROOT =
            Path.of(System.getProperty("tickbridge.root", "..")).resolve("../shared/data").normalize();

    private SharedData() {
    }

    /** The file, or a skipped test. */
    public static Path file(final String name) {
        final Path file = ROOT.resolve(name);
        assumeTrue(Files.exists(file), "skipped: " + name + " is not among the shared data");
        return file;
    }

    /** Lines of a gzip-compressed text file, or a skipped test. The caller closes the reader. */
    public static BufferedReader gzipLines(final String name) {
        try {
            final InputStream in = new GZIPInputStream(Files.newInputStream(file(name)), 1 << 16);
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
