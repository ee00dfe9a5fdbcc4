package io.tickbridge.gateway.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The link's yardstick: frames of the same lengths sent to and fro by C, which makes the system calls and does nothing else. */
final class PingPong {
    private static final Pattern P50 = Pattern.compile("p50=([0-9]+)");
    private static final Pattern P999 = Pattern.compile("p999=([0-9]+)");

    /**
     * What a round trip took.
     *
     * @param p50  median, ns
     * @param p999 99.9th percentile, ns
     */
    record Times(double p50, double p999) {
        /**
         * The quicker of two runs: one that was kept from its core must not be what something else is held against.
         *
         * @param other run
         * @return the one with the lower median
         */
        Times quicker(final Times other) {
            return p50 <= other.p50 ? this : other;
        }

        /**
         * How far the machine changed its speed between two runs.
         *
         * @param other run
         * @return the higher median over the lower, 1 or more
         */
        double unlike(final Times other) {
            return Math.max(p50, other.p50) / Math.min(p50, other.p50);
        }
    }

    private final Path program;
    private final int count;

    private PingPong(final Path program, final int count) {
        this.program = program;
        this.count = count;
    }

    static PingPong compile(final Path source, final Path directory, final int count) throws IOException, InterruptedException {
        final Path program = directory.resolve("link_ping");
        CBaseline.output(List.of("cc", "-O2", "-o", program.toString(), source.toString()));
        return new PingPong(program, count);
    }

    Times run() throws IOException, InterruptedException {
        final String text = CBaseline.output(List.of(program.toString(), Integer.toString(count)));
        return new Times(Double.parseDouble(CBaseline.find(P50, text)), Double.parseDouble(CBaseline.find(P999, text)));
    }
}
