package io.tickbridge.integration.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process of the demonstration, its output in a file of its own. */
final class Child implements AutoCloseable {
    private final String name;
    private final Path log;
    private final Process process;

    private Child(final String name, final Path log, final Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    static Child start(final String name, final Path directory, final List<String> command) throws IOException {
        final Path log = directory.resolve(name + ".log");
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        return new Child(name, log, builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the process to end by itself. */
    int await(final long seconds) throws InterruptedException, DemoFailure {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new DemoFailure(name + " did not end within " + seconds + " s; its log: " + log);
        }
        return process.exitValue();
    }

    /** Asks the process to stop as an operator would (SIGTERM) and waits. */
    int stop(final long seconds) throws InterruptedException, DemoFailure {
        process.destroy();
        return await(seconds);
    }

    /** The process must be there still. */
    void mustBeAlive() throws DemoFailure {
        if (!process.isAlive()) {
            throw new DemoFailure(name + " ended early with exit code " + process.exitValue() + ":\n" + lastLines());
        }
    }

    String lastLines() {
        try {
            final List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
        } catch (final IOException e) {
            return "(its log " + log + " cannot be read)";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
