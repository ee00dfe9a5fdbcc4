package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.replay.JournalCheck;
import io.tickbridge.gateway.replay.PipelineReplay;
import io.tickbridge.gateway.replay.ReplayVerifier;
import io.tickbridge.gateway.replay.VerificationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How fast a journal is verified: one run for each capture, played again and again as {@link LoopedCapture} does, all rules
 * on, is journalled; then the same frames go through the same configuration, every record's checksum is looked at, every
 * signal compared. Beside it the journal read alone.
 */
public final class ReplayBench {
    private static final int RING = 1 << 24;
    private static final int BLOCK = 64 << 20;
    private static final double NANOS = 1e9;
    /** The project's own aim, with decoding. */
    private static final double GOAL = 3_000_000;

    private final Path directory;
    private final List<Path> captures;
    private final long frames;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Wall clock and processor time of this thread. */
    private record Cost(long nanos, long processor) {
        double perSecond(final long frames) {
            return frames * NANOS / nanos;
        }

        double perProcessorSecond(final long frames) {
            return frames * NANOS / processor;
        }
    }

    /**
     * A benchmark.
     *
     * @param directory the journal is made in one of its own there, and removed again
     * @param captures  CME MDP 3.0 captures, of a session or of the simulator
     * @param frames    at least so many are journalled, in equal parts
     */
    public ReplayBench(final Path directory, final List<Path> captures, final long frames) {
        this.directory = directory;
        this.captures = List.copyOf(captures);
        this.frames = frames;
    }

    /**
     * Measures.
     *
     * @return the figures, in order
     * @throws IOException           when the journal cannot be written or removed
     * @throws IllegalStateException when replay is not equal
     */
    public List<Figure> run() throws IOException {
        final Path journal = Files.createTempDirectory(Files.createDirectories(directory), "replay-bench");
        try {
            final long[] written = new long[2];
            final Cost writing = time(() -> captures.forEach(capture -> write(journal, capture, written)));
            final Cost reading = time(() -> JournalCheck.of(journal));
            final List<VerificationReport> reports = new ArrayList<>();
            final Cost verifying = time(() -> reports.add(ReplayVerifier.verify(journal, PipelineReplay::create)));
            check(reports.get(0), written);
            return List.of(
                    figure("frames journalled", written[0], "frames"),
                    figure("signals, all equal", written[1], "signals"),
                    figure("journalled by the pipeline", writing.perSecond(written[0]), "frames/s"),
                    figure("journal read, checksums verified", reading.perSecond(written[0]), "frames/s"),
                    figure("the same, processor time alone", reading.perProcessorSecond(written[0]), "frames/s"),
                    new Figure("replay --verify", verifying.perSecond(written[0]), "frames/s", GOAL),
                    new Figure("the same, processor time alone", verifying.perProcessorSecond(written[0]), "frames/s", GOAL),
                    figure("load average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), "runnable threads"));
        } finally {
            remove(journal);
        }
    }

    private static Figure figure(final String name, final double value, final String unit) {
        return new Figure(name, value, unit, Double.NaN);
    }

    private Cost time(final Runnable work) {
        final long processor = threads.getCurrentThreadCpuTime();
        final long begun = System.nanoTime();
        work.run();
        return new Cost(System.nanoTime() - begun, threads.getCurrentThreadCpuTime() - processor);
    }

    private void write(final Path journal, final Path file, final long[] written) {
        final LoopedCapture capture = new LoopedCapture(file);
        final String text = PipelineBench.text(capture, PipelineBench.RULES, false);
        final GatewayConfig config = PipelineBench.config(capture, PipelineBench.RULES);
        // The disk's room is this benchmark's own business.
        final JournalConfig place = new JournalConfig(true, journal, RING, BLOCK);
        try (Journal open = Journal.open(place, RunStarted.of("benchmark", "benchmark", text, 0), true)) {
            final Pipeline pipeline = new Pipeline(config, open.recorder()::onFrame, List.of(open.recorder(),
                    (body, offset, receiveTime) -> written[1]++), List.of());
            for (long done = 0; done < frames / captures.size(); done += capture.frameCount() + 1) {
                capture.prepare();
                capture.playReset(pipeline);
                capture.play(pipeline);
                written[0] += capture.frameCount() + 1;
            }
            pipeline.onEndOfInput();
        }
    }

    private void check(final VerificationReport report, final long[] written) {
        final long replayed = report.runs().stream().mapToLong(run -> run.frames()).sum();
        if (!report.isEqual() || report.runs().size() != captures.size() || replayed != written[0]) {
            throw new IllegalStateException("replay is not equal: " + report.runs());
        }
    }

    private static void remove(final Path journal) throws IOException {
        try (Stream<Path> files = Files.walk(journal)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
