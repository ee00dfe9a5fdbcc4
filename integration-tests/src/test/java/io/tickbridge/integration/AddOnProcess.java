package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.gateway.Requirement;
import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.Installation;
import io.tickbridge.integration.process.ProcessFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The add-on core's console host in a Mono process of its own, writing down the signal bodies it receives. */
final class AddOnProcess implements AutoCloseable {
    private static final long STOP_LIMIT = 180; // seconds; only a hang takes so long

    private final Path bodies;
    private final Path status;
    private final Child child;

    private AddOnProcess(final Path bodies, final Path status, final Child child) {
        this.bodies = bodies;
        this.status = status;
        this.child = child;
    }

    /** What is needed to run it, or a skipped test. */
    static void require() {
        Requirement.program("mono");
        Requirement.is(Files.exists(Installation.root().resolve("ninjatrader-addon/target/tickbridge-console.exe")),
                "ninjatrader-addon/target/tickbridge-console.exe, which the build makes where Mono's compiler is");
    }

    /** Connects to a gateway on this machine's own loopback. */
    static AddOnProcess start(final String name, final Path directory, final int port, final Path key)
            throws IOException {
        return start(name, directory, port, List.of("--key-file", key.toString()));
    }

    /**
     * The same, however it logs on.
     *
     * @param access options that say how
     */
    static AddOnProcess start(final String name, final Path directory, final int port, final List<String> access)
            throws IOException {
        return start(name, directory, command(name, directory, port, access));
    }

    /** Connects to a gateway inside a namespace. */
    static AddOnProcess startIn(
            final NetworkNamespace namespace, final String name, final Path directory, final int port, final Path key)
            throws IOException {
        return start(name, directory, namespace.inside(
                command(name, directory, port, List.of("--key-file", key.toString()))));
    }

    private static AddOnProcess start(final String name, final Path directory, final List<String> command)
            throws IOException {
        return new AddOnProcess(
                bodies(directory, name), status(directory, name), Child.start(name, directory, command));
    }

    private static List<String> command(final String name, final Path directory, final int port, final List<String> access) {
        final List<String> command = new ArrayList<>(Installation.addOn("--port", Integer.toString(port), "--name", name,
                "--idle", "block", "--quiet", "--bodies", bodies(directory, name).toString(),
                "--status-file", status(directory, name).toString()));
        command.addAll(access);
        return command;
    }

    private static Path bodies(final Path directory, final String name) {
        return directory.resolve(name + ".bodies");
    }

    private static Path status(final Path directory, final String name) {
        return directory.resolve(name + ".status.json");
    }

    /** Waits until it has received so many signals. */
    void awaitSignals(final long count) {
        Await.until(count + " signals at the add-on", () -> {
            assertTrue(child.isAlive(), () -> "the add-on has ended:\n" + child.lastLines());
            return status().get("signals") instanceof Number signals && signals.longValue() >= count;
        }, () -> status() + "\n" + child.lastLines());
    }

    /** Waits until it has seen the gateway's end, and so has read everything that the gateway sent. */
    void awaitDisconnect() {
        Await.until("the add-on sees that the gateway is gone",
                () -> Boolean.FALSE.equals(status().get("connected")), () -> status() + "\n" + child.lastLines());
    }

    private Map<String, Object> status() {
        try {
            return JSON.std.mapFrom(Files.readString(status));
        } catch (final NoSuchFileException e) {
            return Map.of();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for it to end by itself; returns the exit code. */
    int await() throws InterruptedException, ProcessFailure {
        return child.await(STOP_LIMIT);
    }

    /** Stops it; returns the exit code. */
    int stop() throws InterruptedException, ProcessFailure {
        return child.stop(STOP_LIMIT);
    }

    /** The bodies received, in hexadecimal. Whole once the process has ended. */
    List<String> bodies() throws IOException {
        return Files.readAllLines(bodies);
    }

    /** Everything it printed. */
    String output() throws IOException {
        return child.output();
    }

    @Override
    public void close() {
        child.close();
    }
}
