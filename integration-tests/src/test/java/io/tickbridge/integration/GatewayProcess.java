package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.GatewayCounters;
import io.tickbridge.integration.process.Installation;
import io.tickbridge.integration.process.ProcessFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/** A running gateway: started by its launcher, looked at through its counters, stopped as an operator would. */
final class GatewayProcess implements AutoCloseable {
    private static final long STOP_LIMIT = 180; // seconds; only a hang takes so long

    private final Path directory;
    private final Child child;
    private final GatewayCounters counters;

    private GatewayProcess(final Path directory, final Child child) {
        this.directory = directory;
        this.child = child;
        this.counters = new GatewayCounters(GatewayFiles.counters(directory));
    }

    /** Starts a gateway on this machine's own network, in a directory prepared by {@link GatewayFiles}. */
    static GatewayProcess start(final Path directory, final String... options) throws IOException {
        return new GatewayProcess(directory, Child.start("gateway", directory, command(directory, options)));
    }

    /** Starts a gateway inside a namespace. */
    static GatewayProcess startIn(final NetworkNamespace namespace, final Path directory, final String... options)
            throws IOException {
        return new GatewayProcess(
                directory, Child.start("gateway", directory, namespace.inside(command(directory, options))));
    }

    /** Starts a gateway inside a namespace, its Java virtual machine with further options. */
    static GatewayProcess startIn(final NetworkNamespace namespace, final Path directory, final List<String> javaOptions)
            throws IOException {
        final List<String> command = new ArrayList<>(List.of(
                "env", "TICKBRIDGE_JAVA_OPTS=" + String.join(" ", javaOptions)));
        command.addAll(command(directory));
        return new GatewayProcess(directory, Child.start("gateway", directory, namespace.inside(command)));
    }

    private static List<String> command(final Path directory, final String... options) {
        final List<String> command =
                Installation.tickbridge("run", "--config", GatewayFiles.config(directory).toString());
        command.addAll(List.of(options));
        return command;
    }

    /** The port on which it listens, once it does. Its source is open then. */
    int port() {
        return (int) awaitCount("link.port", port -> port > 0);
    }

    /** Its process identifier: the launcher turns into the virtual machine. */
    long pid() {
        return child.pid();
    }

    long count(final String label) {
        return counters.read().getOrDefault(label, 0L);
    }

    /** Waits until a counter is as wanted; returns it. */
    long awaitCount(final String label, final LongPredicate wanted) {
        Await.until("the gateway's counter " + label, () -> {
            assertAlive();
            return wanted.test(count(label));
        }, () -> counters.read() + "\n" + child.lastLines());
        return count(label);
    }

    /** What {@code tickbridge stat --json} says. */
    Map<String, Object> stat() throws IOException, InterruptedException {
        final Launcher.Result result =
                Launcher.tickbridge(directory, "stat", "--json", GatewayFiles.config(directory).toString());
        assertTrue(result.exit() == 0, result.err());
        return JSON.std.mapFrom(result.out());
    }

    void assertAlive() {
        assertTrue(child.isAlive(), () -> "the gateway has ended:\n" + child.lastLines());
    }

    /** Waits for the end of a capture; returns the exit code. */
    int await() throws InterruptedException, ProcessFailure {
        return child.await(STOP_LIMIT);
    }

    /** Stops it as an operator would; it must end in order. */
    void stop() throws IOException, InterruptedException, ProcessFailure {
        assertEquals(0, child.stop(STOP_LIMIT), child::lastLines);
        assertTrue(log().contains("stopped: terminated"), child::lastLines);
    }

    /** Sends it a signal by name, without SIG. */
    void signal(final String name) throws IOException, InterruptedException {
        final Launcher.Result result =
                Launcher.run(directory, Map.of(), List.of("kill", "-" + name, Long.toString(pid())));
        assertEquals(0, result.exit(), result.err());
    }

    /** Kills it as nothing can be prepared for (SIGKILL). */
    void kill() throws InterruptedException, ProcessFailure {
        child.close();
        child.await(STOP_LIMIT);
    }

    /** Waits for what a thread of its own logs; what it has counted may not be logged yet. */
    void awaitLog(final String pattern) {
        final Pattern wanted = Pattern.compile(pattern);
        Await.until("in the gateway's log: " + pattern, () -> {
            try {
                return wanted.matcher(log()).find();
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }, child::lastLines);
    }

    /** Everything it logged. */
    String log() throws IOException {
        return child.output();
    }

    @Override
    public void close() {
        counters.close();
        child.close();
    }
}
