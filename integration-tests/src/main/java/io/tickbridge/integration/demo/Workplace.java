package io.tickbridge.integration.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.Installation;
import io.tickbridge.integration.process.ProcessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The directory in which one demonstration runs, and the commands of its processes.
 *
 * @param directory holds configuration, key, journal, logs and results
 */
record Workplace(Path directory) {
    private static final long RUN_LIMIT = 300; // seconds; a verification of a long demonstration takes some

    static Workplace create(final Path directory) throws IOException {
        Files.createDirectory(directory);
        return new Workplace(directory.toAbsolutePath().normalize());
    }

    Path config() {
        return directory.resolve("gateway.yaml");
    }

    Path key() {
        return directory.resolve("link.key");
    }

    Path counters() {
        return directory.resolve("gateway.counters");
    }

    Path journal() {
        return directory.resolve("journal");
    }

    Path bodies() {
        return directory.resolve("signals-received.txt");
    }

    private Path status() {
        return directory.resolve("add-on-status.json");
    }

    private Path summary() {
        return directory.resolve("add-on-summary.json");
    }

    /** The add-on core's console host under Mono. */
    List<String> addOn(final long port) {
        return Installation.addOn(
                "--host", "127.0.0.1", "--port", Long.toString(port), "--key-file", key().toString(), "--name", "demo",
                "--idle", "block", "--quotes", "--quiet", "--bodies", bodies().toString(),
                "--status-file", status().toString(), "--summary-json", summary().toString());
    }

    Map<String, Object> addOnStatus() {
        return json(status());
    }

    Map<String, Object> addOnSummary() {
        return json(summary());
    }

    /** Runs a command to its end; its output is in a log named after it. */
    int run(final String name, final String what, final List<String> command) throws ProcessFailure {
        try (Child child = Child.start(name, directory, command)) {
            final int exit = child.await(RUN_LIMIT);
            if (exit != 0) {
                throw new ProcessFailure(what + " failed with exit code " + exit + ":\n" + child.lastLines());
            }
            return exit;
        } catch (final IOException e) {
            throw new ProcessFailure(what + " cannot be started: " + e.getMessage());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailure(what + " was interrupted");
        }
    }

    String log(final String name) throws ProcessFailure {
        try {
            return Files.readString(directory.resolve(name + ".log"));
        } catch (final IOException e) {
            throw new ProcessFailure("the log of " + name + " cannot be read: " + e.getMessage());
        }
    }

    private static Map<String, Object> json(final Path file) {
        try {
            return JSON.std.mapFrom(Files.readString(file));
        } catch (final NoSuchFileException e) {
            return Map.of();
        } catch (final IOException e) {
            return Map.of("error", String.valueOf(e.getMessage()));
        }
    }
}
