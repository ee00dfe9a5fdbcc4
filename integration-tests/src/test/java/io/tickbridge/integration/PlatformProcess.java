package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.Installation;
import io.tickbridge.integration.process.ProcessFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The whole add-on, compiled from the import archive's sources, in a Mono process that is NinjaTrader as far as the stubs of
 * its interface are; a test uses it as a person does, through menu and window.
 */
final class PlatformProcess implements AutoCloseable {
    private static final long STOP_LIMIT = 180; // seconds; only a hang takes so long

    private final Child child;

    private PlatformProcess(final Child child) {
        this.child = child;
    }

    /** What is needed to run it, or a skipped test. */
    static void require() {
        Requirement.program("mono");
        Requirement.is(Files.exists(host()) && Files.exists(host().resolveSibling("custom-second.dll")),
                host() + ", which the test build of ninjatrader-addon makes (ninjatrader-addon/build.sh test)");
    }

    private static Path host() {
        return Installation.root().resolve("ninjatrader-addon/target/platform/tickbridge-platform-host.exe");
    }

    /** Starts it with a folder of a user's data. */
    static PlatformProcess start(final Path directory, final Path userFolder) throws IOException {
        return new PlatformProcess(Child.start("platform", directory,
                List.of("mono", host().toString(), userFolder.toString(), host().getParent().toString())));
    }

    /** Gives a command, and waits until it is done. */
    void must(final String command) throws IOException {
        final String answer = "(?m)^(done|failed) " + Pattern.quote(command);
        final String failed = "(?m)^failed " + Pattern.quote(command);
        final int before = count(answer);
        final int failures = count(failed);
        child.send(command);
        await(answer, before + 1);
        assertTrue(count(failed) == failures, this::output);
    }

    /** Waits for a line that it prints. */
    void await(final String pattern) {
        await(pattern, 1);
    }

    /** Waits for so many places in what it prints. */
    void await(final String pattern, final int count) {
        Await.until("the platform prints " + pattern, () -> {
            if (count(pattern) >= count) {
                return true;
            }
            assertTrue(child.isAlive(), () -> "the platform has ended:\n" + child.lastLines());
            return false;
        }, this::output);
    }

    int count(final String pattern) {
        return (int) Pattern.compile(pattern).matcher(output()).results().count();
    }

    /** What the system holds of it: threads, sockets, subscriptions, timers, menu entries. */
    String left() throws IOException {
        must("left");
        final Matcher left = Pattern.compile("(?m)^left (.*)$").matcher(output());
        String last = "";
        while (left.find()) {
            last = left.group(1);
        }
        return last;
    }

    /** Closes the platform; nothing may have escaped or be left. */
    void end() throws IOException, InterruptedException, ProcessFailure {
        child.send("end");
        assertTrue(child.await(STOP_LIMIT) == 0, this::output);
    }

    String output() {
        try {
            return child.output();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.close();
    }
}
