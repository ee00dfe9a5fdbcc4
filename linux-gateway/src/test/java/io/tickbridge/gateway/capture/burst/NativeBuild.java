package io.tickbridge.gateway.capture.burst;

import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs the build script of the native side on the backends that are there for tests. */
final class NativeBuild {
    private static final Path MODULE = Path.of(System.getProperty("tickbridge.root", "..")).resolve("linux-gateway");

    /** How the script ended. */
    record Outcome(int status, List<String> lines) {
    }

    private NativeBuild() {
    }

    static Outcome run(final Path directory, final Map<String, String> environment) {
        Requirement.program("gcc");
        final ProcessBuilder builder = new ProcessBuilder(
                MODULE.resolve("src/main/c/build.sh").toString(), directory.resolve("classes").toString(),
                MODULE.resolve("src/test/c").toString()).redirectErrorStream(true);
        builder.environment().remove("TICKBRIDGE_REQUIRE_ALL");
        builder.environment().putAll(environment);
        try {
            final Process process = builder.start();
            final String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output.lines().toList());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The library of a backend that was built. */
    static Path library(final Path directory, final String backend) {
        try (var files = Files.walk(directory.resolve("classes"))) {
            return files.filter(file -> file.endsWith("libtickbridge_" + backend + ".so")).findAny().orElseThrow();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
