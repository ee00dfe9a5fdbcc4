package io.tickbridge.integration.demo;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.Installation;
import io.tickbridge.integration.process.ProcessFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The directory in which one demonstration runs, and the commands of its processes.
 *
 * @param directory holds configuration, key, journal, logs and results
 */
record Workplace(Path directory) {
    /**
     * Hours, rates and a loss for a show at any time of day: crossing the spread some times a second, any rule loses its 500 within
     * seconds, and then all would be refused by the kill switch. A machine that is slow, or new to these programs, is no reason for a show without
     * orders: hence the age and the bound. Every other limit is as without a file, so that some refuse.
     */
    private static final String LIMITS = """
            accounts.simulation = Sim101
            instruments = ES, NQ
            instruments.front.only = false
            hours.sessions = Sun-Sat 00:00-00:00
            limit.orders.second = 5
            limit.orders.minute = 120
            limit.loss.day = 100000
            limit.signal.age.ms = 2000
            limit.clock.bound.ms = 500
            order.stop.ticks = 12
            order.target.ticks = 12
            """;
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

    /** The add-on core's console host under Mono. Trading, it fills its orders itself, at the link's own quotes. */
    List<String> addOn(final long port, final boolean trades) throws IOException {
        final List<String> options = new ArrayList<>(List.of(
                "--host", "127.0.0.1", "--port", Long.toString(port), "--key-file", key().toString(), "--name", "demo",
                "--idle", "block", "--quotes", "--quiet", "--bodies", bodies().toString(),
                "--status-file", status().toString(), "--summary-json", summary().toString()));
        if (trades) {
            final Path limits = Files.writeString(directory.resolve("limits.txt"), LIMITS);
            options.addAll(List.of("--trade-simulated", "--limits", limits.toString(), "--audit-folder", directory.resolve("audit").toString()));
        }
        return Installation.addOn(options.toArray(String[]::new));
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
