package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.capture.burst.Backend;
import io.tickbridge.gateway.capture.burst.BurstSource;
import io.tickbridge.integration.process.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An {@link XdpChild} inside a namespace, seen from the test. */
final class XdpReceiver implements AutoCloseable {
    /** The CME capture's groups, on the namespace's NIC. */
    static final String CME_GROUPS = "groups=224.0.31.64:14340@" + NetworkNamespace.NIC
            + ",224.0.32.64:15340@" + NetworkNamespace.NIC;

    private final Process process;
    private final Path errors;
    private final BufferedReader answers;
    private final PrintStream orders;
    private final String greeting;

    private XdpReceiver(final Process process, final Path errors) throws IOException {
        this.process = process;
        this.errors = errors;
        this.answers = process.inputReader();
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        this.greeting = answer();
    }

    /** Skips the test where AF_XDP cannot be used at all. */
    static void require() {
        Requirement.root();
        try {
            BurstSource.requireLibrary(Backend.AFXDP);
        } catch (final CaptureException e) {
            Requirement.is(false, e.getMessage());
        }
    }

    /** Starts one, whatever comes of it. {@code before} stands in front of the command: limits, or fewer rights. */
    static XdpReceiver start(
            final NetworkNamespace namespace, final Path directory, final List<String> before, final String... settings)
            throws IOException {
        final Path bin = Installation.root().resolve("linux-gateway/bin");
        final List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "@" + bin.resolve("jvm.flags")));
        if (Runtime.version().feature() >= 24) {
            command.add("@" + bin.resolve("jvm-24.flags"));
        }
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m", "-cp", System.getProperty("java.class.path"),
                XdpChild.class.getName()));
        command.addAll(Arrays.asList(settings));
        final Path errors = Files.createTempFile(directory, "xdp", ".err");
        return new XdpReceiver(
                new ProcessBuilder(namespace.inside(command)).redirectError(errors.toFile()).start(), errors);
    }

    /** Starts one that must open. */
    static XdpReceiver open(final NetworkNamespace namespace, final Path directory, final String... settings) throws IOException {
        final XdpReceiver receiver = start(namespace, directory, List.of(), settings);
        assertTrue(receiver.greeting.startsWith("open "), receiver.greeting);
        return receiver;
    }

    /** Starts one that must be refused; the message. */
    static String refusal(
            final NetworkNamespace namespace, final Path directory, final List<String> before, final String... settings)
            throws IOException {
        try (XdpReceiver receiver = start(namespace, directory, before, settings)) {
            assertTrue(receiver.greeting.startsWith("refused "), receiver.greeting);
            return receiver.greeting;
        }
    }

    /** What it said of itself when it opened. */
    String description() {
        return greeting;
    }

    /** What its log says. */
    String log() throws IOException {
        return Files.readString(errors);
    }

    /** Waits for what another thread of the receiver logs. */
    void awaitLog(final String text) {
        Await.until(text, () -> {
            try {
                return log().contains(text);
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }, () -> "its log lies in " + errors);
    }

    void order(final String order) {
        orders.println(order);
    }

    String ask(final String order) throws IOException {
        order(order);
        return answer();
    }

    /** The next answer; what logs print in between is not one. */
    String answer() throws IOException {
        final StringBuilder between = new StringBuilder();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith("> ")) {
                return line.substring(2);
            }
            between.append(line).append('\n');
        }
        return fail("the receiver ended by itself:\n" + between + log());
    }

    Map<String, Long> counts() throws IOException {
        return Arrays.stream(ask("counts").split(" ")).map(count -> count.split("="))
                .collect(Collectors.toMap(count -> count[0], count -> Long.parseLong(count[1])));
    }

    /** Sends a signal by name, to stop it for a while, or for good. */
    void signal(final String name) throws IOException, InterruptedException {
        final Launcher.Result result = Launcher.run(
                errors.getParent(), Map.of(), List.of("kill", "-" + name, Long.toString(process.pid())));
        assertEquals(0, result.exit(), result.err());
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
