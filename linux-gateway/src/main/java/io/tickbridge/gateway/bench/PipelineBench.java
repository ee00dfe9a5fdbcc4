package io.tickbridge.gateway.bench;

import com.sun.management.ThreadMXBean;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a packet costs: decoded into books, and all the way to signals, beside the same capture walked by plain C in the
 * same invocation. Frames lie in memory; every pass does the full work.
 */
public final class PipelineBench {
    private static final String RULES = """
            signals:
              - {kind: top-of-book}
              - {kind: microprice-cross, parameters: {threshold: 0.3}}
              - {kind: book-imbalance, parameters: {levels: 3, threshold: 0.7, rearm: 0.5}}
              - {kind: order-flow-imbalance, parameters: {events: 50, threshold: 60, rearm: 30}}
              - {kind: sweep, parameters: {levels: 2}}
            """;

    private final LoopedCapture capture;
    private final Path file;
    private final long nanos;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Median ns and mean bytes allocated, for one packet on the wire; and signals in all. */
    private record Cost(double nanosPerPacket, double bytesPerPacket, long signals) {
    }

    /**
     * A benchmark, with the capture read into memory.
     *
     * @param file    a CME MDP 3.0 capture
     * @param seconds how long each figure is measured, after as long a warm-up
     */
    public PipelineBench(final Path file, final int seconds) {
        this.file = file;
        this.capture = new LoopedCapture(file);
        this.nanos = seconds * 1_000_000_000L;
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
        final CBaseline c = baseline == null ? null : CBaseline.run(baseline, file, (int) Math.max(1, nanos / 1_000_000_000L));
        final Cost books = measure("signals: []\n");
        final Cost signals = measure(RULES);
        final double yardstick = c == null ? Double.NaN : c.nanosPerPacket();
        final List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("decode and book", books.nanosPerPacket, "ns/packet", yardstick));
        figures.add(new Figure("whole path to signals", signals.nanosPerPacket, "ns/packet", yardstick));
        figures.add(new Figure("signals", (double) signals.signals / capture.frameCount(), "signals/packet", Double.NaN));
        figures.add(new Figure("allocated, decode and book", books.bytesPerPacket, "bytes/packet", Double.NaN));
        figures.add(new Figure("allocated, whole path", signals.bytesPerPacket, "bytes/packet", Double.NaN));
        return figures;
    }

    private Cost measure(final String signals) {
        final long[] count = {0};
        final SignalListener listener = (body, offset, receiveTime) -> count[0]++;
        final FrameHandler pipeline = new Pipeline(config(signals), FrameRecorder.NONE, List.of(listener), List.of());
        passes(pipeline);
        final long allocated = threads.getCurrentThreadAllocatedBytes();
        final double[] times = passes(pipeline);
        final long bytes = threads.getCurrentThreadAllocatedBytes() - allocated - Double.BYTES * (long) times.length;
        count[0] = 0;
        capture.prepare();
        capture.playReset(pipeline);
        capture.play(pipeline);
        return new Cost(times[times.length / 2] / capture.frameCount(),
                Math.max(0, bytes) / ((double) times.length * capture.frameCount()), count[0]);
    }

    /** Passes for the measuring time; their times in ns, sorted. */
    private double[] passes(final FrameHandler handler) {
        double[] times = new double[1024];
        int count = 0;
        for (long total = 0; total < nanos && count < times.length; count++) {
            capture.prepare();
            capture.playReset(handler);
            final long start = System.nanoTime();
            capture.play(handler);
            final long time = System.nanoTime() - start;
            total += time;
            times[count] = time;
        }
        times = Arrays.copyOf(times, count);
        Arrays.sort(times);
        return times;
    }

    private GatewayConfig config(final String signals) {
        final String lines = capture.groups().stream().map(PipelineBench::line).collect(Collectors.joining(", "));
        return ConfigReader.parse("""
                capture: {source: pcap, file: "-"}
                filter: {checksums: false}
                feeds:
                  - {name: cme, protocol: cme-mdp3, market-depth: 10, lines: [%s]}
                journal: {enabled: false}
                link: {enabled: false}
                """.formatted(lines) + signals, Path.of(""), "benchmark");
    }

    private static String line(final UdpGroup group) {
        final String text = group.toString();
        final int colon = text.lastIndexOf(':');
        return "{group: " + text.substring(0, colon) + ", port: " + text.substring(colon + 1) + "}";
    }
}
