package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.filter.UdpGroup;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a packet costs: decoded into books, and all the way to signals, beside the same capture walked by plain C in the
 * same invocation; all six built-in rules take part. Frames lie in memory; every pass does the full work.
 */
public final class PipelineBench {
    /** All six built-in rules, set so that each fires now and then. */
    static final String RULES = """
            signals:
              - {kind: top-of-book}
              - {kind: microprice-cross, parameters: {threshold: 0.3}}
              - {kind: book-imbalance, parameters: {levels: 3, threshold: 0.7, rearm: 0.5}}
              - {kind: order-flow-imbalance, parameters: {events: 50, threshold: 60, rearm: 30}}
              - {kind: sweep, parameters: {levels: 2}}
              - {kind: spread-widening, parameters: {tick: 0.01}}
            """;
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final LoopedCapture capture;
    private final Path file;
    private final long nanos;
    private final PassTimer timer;

    /** Median ns and mean bytes allocated, for one packet on the wire; and signals in all. */
    private record Cost(double nanosPerPacket, double bytesPerPacket, long signals) {
    }

    /**
     * A benchmark, with the capture read into memory.
     *
     * @param file    a CME MDP 3.0 capture
     * @param seconds how long each figure is measured, once times and compiler have been quiet for as long
     */
    public PipelineBench(final Path file, final int seconds) {
        this.file = file;
        this.capture = new LoopedCapture(file);
        this.timer = new PassTimer(capture);
        this.nanos = seconds * NANOS_PER_SECOND;
    }

    /**
     * Measures.
     *
     * @param baseline C source of the yardstick, or null to do without
     * @return the figures, in order
     * @throws IOException          when the baseline cannot be compiled or run
     * @throws InterruptedException when waiting for it is interrupted
     */
    public List<Figure> run(final Path baseline) throws IOException, InterruptedException {
        // Before and after, and the faster counts: what else the machine did in between stands against this program.
        final double before = yardstick(baseline);
        final Cost books = measure("signals: []\n");
        final Cost signals = measure(RULES);
        final double yardstick = Math.min(before, yardstick(baseline));
        final double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return List.of(
                new Figure("decode and book", books.nanosPerPacket, "ns/packet", yardstick),
                new Figure("whole path to signals", signals.nanosPerPacket, "ns/packet", yardstick),
                new Figure("signals", (double) signals.signals / capture.frameCount(), "signals/packet", Double.NaN),
                new Figure("allocated, decode and book", books.bytesPerPacket, "bytes/packet", Double.NaN),
                new Figure("allocated, whole path", signals.bytesPerPacket, "bytes/packet", Double.NaN),
                new Figure("load average", load, "runnable threads", Double.NaN));
    }

    private double yardstick(final Path baseline) throws IOException, InterruptedException {
        return baseline == null ? Double.NaN
                : CBaseline.run(baseline, file, (int) (nanos / NANOS_PER_SECOND)).nanosPerPacket();
    }

    private Cost measure(final String signals) {
        final long[] count = {0};
        final SignalListener listener = (body, offset, receiveTime) -> count[0]++;
        final FrameHandler pipeline = new Pipeline(config(capture, signals), FrameRecorder.NONE, List.of(listener), List.of());
        timer.warmUp(pipeline, nanos);
        timer.measure(pipeline, nanos);
        count[0] = 0;
        capture.prepare();
        capture.playReset(pipeline);
        capture.play(pipeline);
        final double frames = capture.frameCount();
        return new Cost(timer.median() / frames, timer.allocated() / (timer.passes() * frames), count[0]);
    }

    static GatewayConfig config(final LoopedCapture capture, final String signals) {
        return config(capture, signals, false);
    }

    static GatewayConfig config(final LoopedCapture capture, final String signals, final boolean verifiesChecksums) {
        return ConfigReader.parse(text(capture, signals, verifiesChecksums), Path.of(""), "benchmark");
    }

    static String text(final LoopedCapture capture, final String signals, final boolean verifiesChecksums) {
        final String lines = capture.groups().stream().map(PipelineBench::line).collect(Collectors.joining(", "));
        return """
                capture: {source: pcap, file: "-"}
                filter: {checksums: %s}
                feeds:
                  - {name: cme, protocol: cme-mdp3, market-depth: 10, lines: [%s]}
                journal: {enabled: false}
                link: {enabled: false}
                """.formatted(verifiesChecksums, lines) + signals;
    }

    private static String line(final UdpGroup group) {
        final String text = group.toString();
        final int colon = text.lastIndexOf(':');
        return "{group: " + text.substring(0, colon) + ", port: " + text.substring(colon + 1) + "}";
    }
}
