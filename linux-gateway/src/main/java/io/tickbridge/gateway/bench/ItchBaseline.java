package io.tickbridge.gateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The order-by-order yardstick in C, compiled once and run as often as wanted. */
final class ItchBaseline implements AutoCloseable {
    private static final Pattern NANOS = Pattern.compile("ns_per_message=([0-9.]+)");
    private static final Pattern DIGEST = Pattern.compile("digest=([0-9a-f]+)");

    private final Path directory = Files.createTempDirectory("tickbridge-bench");
    private final Path program = directory.resolve("baseline");

    /** What it printed. */
    record Run(double nanosPerMessage, String digest) {
    }

    ItchBaseline(final Path source) throws IOException, InterruptedException {
        CBaseline.output(List.of("cc", "-O3", "-march=native", "-o", program.toString(), source.toString()));
    }

    Run run(final Path day, final int orders) throws IOException, InterruptedException {
        final String text = CBaseline.output(List.of(program.toString(), day.toString(), Integer.toString(orders)));
        return new Run(Double.parseDouble(CBaseline.find(NANOS, text)), CBaseline.find(DIGEST, text));
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(program);
        Files.delete(directory);
    }
}
