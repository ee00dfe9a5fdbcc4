package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.integration.process.AddedLines;
import io.tickbridge.integration.process.Child;
import io.tickbridge.integration.process.Installation;
import io.tickbridge.integration.process.ProcessFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An add-on core that trades on a simulated account, commanded by a test: a Mono process of its own. */
final class TradingAddOn implements AutoCloseable {
    private static final long STOP_LIMIT = 180; // seconds; only a hang takes so long

    private final String name;
    private final Path audit;
    private final Child child;

    private TradingAddOn(final String name, final Path audit, final Child child) {
        this.name = name;
        this.audit = audit;
        this.child = child;
    }

    /**
     * Starts one, disarmed.
     *
     * @param name   of process and files
     * @param limits its settings
     * @param audit  folder of its audit log
     * @param first  first sequenced frame wanted; 0: from now on
     */
    static TradingAddOn start(
            final String name, final Path directory, final int port, final String limits, final Path audit, final int first)
            throws IOException {
        return start(name, directory, port, List.of("--key-file", GatewayFiles.key(directory).toString()), limits, audit, first);
    }

    /**
     * The same, however it logs on.
     *
     * @param access options that say how
     */
    static TradingAddOn start(
            final String name, final Path directory, final int port, final List<String> access, final String limits,
            final Path audit, final int first) throws IOException {
        final Path file = Files.writeString(directory.resolve(name + ".limits"), limits);
        final List<String> command = new ArrayList<>(Installation.addOn("--port", Integer.toString(port),
                "--name", name, "--from", Integer.toString(first),
                "--longest-retry", "100",
                "--trade-simulated", "--commands", "--limits", file.toString(), "--audit-folder", audit.toString(),
                "--summary-json", directory.resolve(name + ".summary.json").toString()));
        command.addAll(access);
        return new TradingAddOn(name, audit, Child.start(name, directory, command));
    }

    String name() {
        return name;
    }

    /** Gives a command, and waits until it is done. */
    void must(final String command) throws IOException {
        final int before = count("(?m)^done " + Pattern.quote(command) + "$");
        child.send(command);
        await("(?m)^done " + Pattern.quote(command) + "$", before + 1);
    }

    /** Gives a command that fails, and waits for it. */
    void mustFail(final String command, final String why) throws IOException {
        child.send(command);
        await("(?m)^failed " + Pattern.quote(command) + ": .*" + why);
    }

    /** Waits for a line that it prints. */
    void await(final String pattern) {
        await(pattern, 1);
    }

    /** Waits for so many places in what it prints. */
    void await(final String pattern, final int count) {
        final Pattern wanted = Pattern.compile(pattern);
        final AddedLines lines = child.lines();
        final AtomicInteger found = new AtomicInteger();
        Await.until(name + " prints " + pattern, () -> {
            final boolean isAlive = child.isAlive();
            try {
                if (found.addAndGet((int) wanted.matcher(lines.next()).results().count()) >= count) {
                    return true;
                }
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
            assertTrue(isAlive, () -> name + " has ended:\n" + child.lastLines());
            return false;
        }, child::lastLines);
    }

    int count(final String pattern) {
        return (int) Pattern.compile(pattern).matcher(output()).results().count();
    }

    /** Stops it; it must end in order. */
    void stop() throws InterruptedException, ProcessFailure {
        assertTrue(child.stop(STOP_LIMIT) == 0, this::output);
    }

    /** Waits for it to end by itself; returns the exit code. */
    int awaitEnd() throws InterruptedException, ProcessFailure {
        return child.await(STOP_LIMIT);
    }

    String output() {
        try {
            return child.output();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its audit log, of a folder that no other run wrote to. */
    List<AuditEntry> audit() throws IOException {
        final List<AuditEntry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(audit)) {
            // Beside the log lies what a restart must not forget.
            for (final Path file : files.filter(one -> one.toString().endsWith(".log")).sorted().toList()) {
                Files.readAllLines(file).forEach(line -> entries.add(AuditEntry.of(line)));
            }
        }
        return entries;
    }

    /** What its run wrote into its audit log of what is reported too, in words that can be compared. */
    List<String> audited() throws IOException {
        final List<String> lines = audit().stream().map(ReportedTrading::asReported).filter(Objects::nonNull).toList();
        // A folder holds the logs of several runs: this one's begins with what it printed first.
        final int begin = lines.indexOf("notice Started " + "|||" + started());
        final int next = IntStream.range(begin + 1, lines.size())
                .filter(i -> lines.get(i).startsWith("notice Started ")).findFirst().orElse(lines.size());
        return begin < 0 ? List.of() : lines.subList(begin, next);
    }

    /** What the gateway was told by it, of all that it was told, in the same words. */
    List<String> told(final Collection<List<Map<String, Object>>> streams) {
        final String first = "notice Started " + "|||" + started();
        final List<List<String>> own = streams.stream()
                .map(rows -> rows.stream().map(ReportedTrading::asAudited).toList())
                .filter(lines -> lines.contains(first)).toList();
        assertTrue(own.size() == 1, () -> own.size() + " streams begin with " + first);
        return own.get(0);
    }

    /** The hash of the audit log at its start, which no other run has, unless its log was not to be written either. */
    private String started() {
        final Matcher matcher = Pattern.compile("trading Started  (.*)").matcher(output());
        assertTrue(matcher.find(), this::output);
        return matcher.group(1);
    }

    @Override
    public void close() {
        child.close();
    }
}
