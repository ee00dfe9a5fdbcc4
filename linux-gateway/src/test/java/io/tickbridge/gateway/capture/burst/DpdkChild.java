package io.tickbridge.gateway.capture.burst;

import io.tickbridge.gateway.capture.CaptureException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * A process that opens a DPDK source, says in one line how that went, and then polls until its standard input ends. What one
 * process does to another needs two; and DPDK starts once in a process, so that each way to start it needs its own.
 */
final class DpdkChild implements AutoCloseable {
    private final Process process;
    private final String outcome;

    DpdkChild(final String... settings) throws IOException {
        this(List.of(), settings);
    }

    /** With a command before it that runs it. */
    DpdkChild(final List<String> runner, final String... settings) throws IOException {
        process = new ProcessBuilder(Stream.of(runner.stream(), Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED", "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                DpdkChild.class.getName()), Stream.of(settings)).flatMap(part -> part).toList())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        outcome = process.inputReader(StandardCharsets.UTF_8).lines()
                .filter(line -> line.startsWith("open") || line.startsWith("refused"))
                .findFirst().orElse("ended without a word");
    }

    /** {@code open: DESCRIPTION} or {@code refused: MESSAGE}. */
    String outcome() {
        return outcome;
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As a service manager stops a service. */
    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    /** The child's side. */
    public static void main(final String[] settings) throws IOException {
        final BurstSettings all = new BurstSettings();
        List.of(settings).forEach(setting ->
                all.with(setting.substring(0, setting.indexOf('=')), (Object) setting.substring(setting.indexOf('=') + 1)));
        final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (BurstSource source = BurstSource.open(Backend.DPDK, all, SystemEpochNanoClock.INSTANCE);
                FileInputStream in = new FileInputStream(FileDescriptor.in)) {
            source.poll((buffer, offset, length, time, port) -> { }, 64);
            out.println("open: " + source.describe());
            in.read();
        } catch (final CaptureException e) {
            out.println("refused: " + e.getMessage());
        }
    }
}
