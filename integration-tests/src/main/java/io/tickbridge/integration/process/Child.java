package io.tickbridge.integration.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One process, what it prints in a file of its own. Closing kills it if it still runs. */
public final class Child implements AutoCloseable {
    private static final int LAST_LINES = 12;

    private final String name;
    private final Path log;
    private final Process process;

    private Child(final String name, final Path log, final Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts a process.
     *
     * @param name      for messages and for its log, {@code NAME.log}
     * @param directory where it works and its log lies
     * @param command   program and arguments
     * @return the process
     * @throws IOException when the program cannot be started
     */
    public static Child start(final String name, final Path directory, final List<String> command) throws IOException {
        final Path log = directory.resolve(name + ".log");
        final ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        final Process process = builder.start();
        // Whoever ends the parent, by Ctrl-C or SIGTERM, means all of it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new Child(name, log, process);
    }

    /**
     * The process, as the kernel numbers it.
     *
     * @return its identifier
     */
    public long pid() {
        return process.pid();
    }

    /**
     * Whether it runs.
     *
     * @return false once it has ended
     */
    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Types a line into its standard input.
     *
     * @param line without its end
     * @throws IOException when it does not listen any more
     */
    public void send(final String line) throws IOException {
        process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /**
     * Waits for the process to end by itself.
     *
     * @param seconds the most to wait
     * @return its exit code
     * @throws ProcessFailure       when it still runs
     * @throws InterruptedException when the caller is interrupted
     */
    public int await(final long seconds) throws InterruptedException, ProcessFailure {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new ProcessFailure(name + " did not end within " + seconds + " s; its log: " + log);
        }
        return process.exitValue();
    }

    /**
     * Asks the process to stop as an operator would (SIGTERM) and waits.
     *
     * @param seconds the most to wait
     * @return its exit code
     * @throws ProcessFailure       when it still runs
     * @throws InterruptedException when the caller is interrupted
     */
    public int stop(final long seconds) throws InterruptedException, ProcessFailure {
        process.destroy();
        return await(seconds);
    }

    /**
     * The process must be there still.
     *
     * @throws ProcessFailure with the end of its log, when it is not
     */
    public void mustBeAlive() throws ProcessFailure {
        if (!process.isAlive()) {
            throw new ProcessFailure(name + " ended early with exit code " + process.exitValue() + ":\n" + lastLines());
        }
    }

    /**
     * Everything it printed up to now.
     *
     * @return standard output and standard error, as they came
     * @throws IOException when its log cannot be read
     */
    public String output() throws IOException {
        return Files.readString(log);
    }

    /**
     * What it prints, for somebody who looks often.
     *
     * @return all of it line by line, from its beginning on
     */
    public AddedLines lines() {
        return new AddedLines(log);
    }

    /**
     * The end of what it printed.
     *
     * @return a few lines, or why there are none
     */
    public String lastLines() {
        try {
            final List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (final IOException e) {
            return "(its log " + log + " cannot be read)";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
