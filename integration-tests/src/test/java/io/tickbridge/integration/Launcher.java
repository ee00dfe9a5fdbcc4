package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the launcher, or any program, as a user would, and says what came of it. */
final class Launcher {
    private static final long LIMIT = 300; // seconds: only a hang takes so long

    private Launcher() {
    }

    /** What a finished process left. */
    record Result(int exit, String out, String err) {
    }

    /** The launcher, under the JDK that runs the test. */
    static Result tickbridge(final Path directory, final String... arguments) throws IOException, InterruptedException {
        return run(directory, Map.of("JAVA_HOME", System.getProperty("java.home")), Installation.tickbridge(arguments));
    }

    static Result run(final Path directory, final Map<String, String> environment, final List<String> command)
            throws IOException, InterruptedException {
        final Path out = Files.createTempFile(directory, "out", ".txt");
        final Path err = Files.createTempFile(directory, "err", ".txt");
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().putAll(environment);
        final Process process = builder.start();
        try {
            assertTrue(process.waitFor(LIMIT, TimeUnit.SECONDS), () -> "still running: " + command);
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
