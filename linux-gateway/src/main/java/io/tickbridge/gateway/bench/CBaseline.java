package io.tickbridge.gateway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The yardstick in C, compiled and run now, on this machine.
 *
 * @param nanosPerPacket median over its passes, both lines counted
 * @param digest         of its final books
 */
record CBaseline(double nanosPerPacket, String digest) {
    private static final Pattern NANOS = Pattern.compile("ns_per_packet=([0-9.]+)");
    private static final Pattern DIGEST = Pattern.compile("digest=([0-9a-f]+)");

    static CBaseline run(final Path source, final Path capture, final int seconds) throws IOException, InterruptedException {
        final Path directory = Files.createTempDirectory("tickbridge-bench");
        final Path program = directory.resolve("baseline");
        try {
            output(List.of("cc", "-O3", "-march=native", "-o", program.toString(), source.toString()));
            final String text = output(List.of(program.toString(), capture.toString(), Integer.toString(seconds)));
            return new CBaseline(Double.parseDouble(find(NANOS, text)), find(DIGEST, text));
        } finally {
            Files.deleteIfExists(program);
            Files.delete(directory);
        }
    }

    static String output(final List<String> command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + text.strip());
        }
        return text;
    }

    static String find(final Pattern pattern, final String text) throws IOException {
        final Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("the baseline printed no " + pattern + ": " + text.strip());
        }
        return matcher.group(1);
    }
}
