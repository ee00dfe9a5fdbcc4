package io.tickbridge.gateway.bench;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.bench.wire.ReceiveSource;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalCounter;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.placement.Cores;
import io.tickbridge.gateway.placement.SystemTree;
import io.tickbridge.gateway.signal.SignalListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The whole path on one core: frames polled from a DPDK port, decoded, kept in books and shown to all six built-in rules.
 * The port is net_pcap, which plays a capture again and again; every loop does the full work, and is held to that.
 */
public final class FullPathBench {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Until the compiler has seen enough. */
    private static final long WARM_UP = 4 * NANOS_PER_SECOND;
    private static final int POLLS_A_LOOK = 64;
    private static final int PERCENT = 100;
    /** What the journal has when it is left as it is configured by default. */
    private static final int RING = 16 << 20;
    private static final long BLOCK = 64 << 20;
    private static final int STEPS = 6; // of the search for the fastest rate that the journal holds

    private final Path file;
    private final int burst;
    private final long nanos;
    private final List<Integer> allowed = new Cores(SystemTree.MACHINE).allowed();

    /** What one run showed. */
    private record Run(double perSecond, double perCpuSecond, long allocated, long loops, LoopWork work, long lostFrames,
            long lostSignals, long frames) {
        double lostPercent() {
            return (double) PERCENT * lostFrames / frames;
        }

        /** Share of the frames that the other line had brought already. */
        double duplicatePercent() {
            return (double) PERCENT * work.duplicates() / (work.packets() + work.duplicates());
        }
    }

    /** What is played, and how it is looked at. */
    private enum Kind {
        /** Every line of the capture, as a gateway has it. */
        BOTH_LINES("both lines", false, false),
        /** The first line alone: every packet is news. */
        ONE_LINE("one line", true, false),
        /** As the first, every UDP checksum summed. */
        CHECKSUMS("both lines, UDP checksums verified", false, true),
        /** As the second, every UDP checksum summed. */
        ONE_LINE_CHECKSUMS("one line, UDP checksums verified", true, true);

        private final String text;
        private final boolean isOneLine;
        private final boolean hasChecksums;

        Kind(final String text, final boolean isOneLine, final boolean hasChecksums) {
            this.text = text;
            this.isOneLine = isOneLine;
            this.hasChecksums = hasChecksums;
        }
    }

    /**
     * A benchmark.
     *
     * @param file    a CME MDP 3.0 capture without other frames
     * @param burst   most frames a poll
     * @param seconds for each figure
     */
    public FullPathBench(final Path file, final int burst, final int seconds) {
        this.file = file;
        this.burst = burst;
        this.nanos = seconds * NANOS_PER_SECOND;
    }

    /**
     * Measures. Leaves the calling thread on the last core that it may use.
     *
     * @param journals directories to journal to, one figure after the other; each gets a directory of its own inside, which is
     *                 removed again
     * @param wanted   packets a second that the path is compared with
     * @return the figures, in order
     * @throws IllegalStateException when a loop did other work than the first
     */
    public List<Figure> run(final List<Path> journals, final double wanted) {
        final List<Figure> figures = new ArrayList<>();
        LoopWork work = null;
        for (final Kind kind : Kind.values()) {
            final Run off = measure(kind, null, Double.POSITIVE_INFINITY);
            figures.add(new Figure("whole path from net_pcap, journal off, " + kind.text, off.perSecond, "packets/s", wanted));
            figures.add(new Figure("the same, processor time alone", off.perCpuSecond, "packets/s", wanted));
            figures.add(figure("of these: duplicates of the other line", off.duplicatePercent(), "percent"));
            figures.add(figure("loops, each held to the first", off.loops, "loops"));
            figures.add(figure("allocated", off.allocated, "bytes in " + off.frames + " packets"));
            if (work == null) {
                work = off.work;
                figures.add(figure("in each loop: messages", work.messages(), "messages"));
                figures.add(figure("in each loop: level updates", work.updates(), "updates"));
                figures.add(figure("in each loop: signals", work.signals(), "signals"));
            } else if (work.messages() != off.work.messages() || work.updates() != off.work.updates()) {
                // One line brings what two do; a checksum that did not hold would have frames dropped.
                throw new IllegalStateException(kind.text + ": a loop did " + off.work + ", with both lines " + work);
            }
        }
        for (final Path journal : journals) {
            final Run on = measure(Kind.BOTH_LINES, journal, Double.POSITIVE_INFINITY);
            figures.add(new Figure("journal on " + journal + ", unpaced, both lines", on.perSecond, "packets/s", wanted));
            figures.add(figure("frames that it lost", on.lostPercent(), "percent"));
            figures.add(figure("signals that it lost", on.lostSignals, "signals"));
            figures.add(figure("fastest rate that it held without loss", withoutLoss(journal, on.perSecond), "packets/s"));
        }
        figures.add(figure("load average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "runnable threads"));
        return figures;
    }

    private static Figure figure(final String name, final double value, final String unit) {
        return new Figure(name, value, unit, Double.NaN);
    }

    private double withoutLoss(final Path journal, final double highest) {
        double held = 0;
        double lost = highest;
        for (int step = 0; step < STEPS; step++) {
            final double rate = (held + lost) / 2;
            final Run run = measure(Kind.BOTH_LINES, journal, rate);
            if (run.lostFrames + run.lostSignals == 0) {
                held = Math.max(held, Math.min(rate, run.perSecond));
            } else {
                lost = rate;
            }
            if (held >= lost) {
                break;
            }
        }
        return held;
    }

    private Run measure(final Kind kind, final Path journals, final double rate) {
        // A thread starts where its maker is: the journal's must have all cores to choose from.
        new Cores(SystemTree.MACHINE).pin(allowed);
        if (journals == null) {
            return measure(kind, FrameRecorder.NONE, List.of(), null, rate);
        }
        Path directory = null;
        try {
            directory = Files.createTempDirectory(journals, "tickbridge-bench");
            try (Journal journal = Journal.open(new JournalConfig(true, directory, RING, BLOCK),
                    RunStarted.of("benchmark", "0", "none", 0), false)) {
                return measure(kind, journal.recorder()::onFrame, List.of(journal.recorder()), journal, rate);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("no journal can be made in " + journals + ": " + e.getMessage(), e);
        } finally {
            remove(directory);
        }
    }

    private Run measure(final Kind kind, final FrameRecorder recorder, final List<SignalListener> listeners,
            final Journal journal, final double rate) {
        if (!kind.isOneLine) {
            return measure(file, kind.hasChecksums, recorder, listeners, journal, rate);
        }
        Path line = null;
        try {
            line = Files.createTempFile("tickbridge-bench", ".pcap");
            FirstLine.copy(file, line);
            return measure(line, kind.hasChecksums, recorder, listeners, journal, rate);
        } catch (final IOException e) {
            throw new UncheckedIOException("one line of " + file + " cannot be written: " + e.getMessage(), e);
        } finally {
            remove(line);
        }
    }

    private Run measure(final Path file, final boolean hasChecksums, final FrameRecorder recorder,
            final List<SignalListener> listeners, final Journal journal, final double rate) {
        final LoopedCapture capture = new LoopedCapture(file);
        if (capture.otherFrames() > 0) {
            throw new IllegalArgumentException(file + ": holds " + capture.otherFrames() + " frames that are no UDP datagrams, "
                    + "which net_pcap plays too; a capture of nothing but a CME channel is wanted");
        }
        final GatewayConfig config = PipelineBench.config(capture, PipelineBench.RULES, hasChecksums);
        final Pipeline pipeline = new Pipeline(config, recorder, listeners, List.of());
        final LoopingFrames frames = new LoopingFrames(capture, pipeline, Pipeline.check(config).size(), hasChecksums);
        new Cores(SystemTree.MACHINE).pin(List.of(allowed.get(allowed.size() - 1)));
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (PacketSource source = ReceiveSource.open("{source: dpdk, dpdk: {device: \"net_pcap0,rx_pcap="
                + file.toAbsolutePath() + ",infinite_rx=1\", steering: false}}", "none")) {
            poll(source, frames, rate, WARM_UP);
            final long refusedFrames = lost(journal, JournalCounter.REFUSED_FRAMES, JournalCounter.UNWRITTEN_FRAMES);
            final long refusedSignals = lost(journal, JournalCounter.REFUSED_SIGNALS, JournalCounter.UNWRITTEN_SIGNALS);
            final long bytes = threads.getCurrentThreadAllocatedBytes();
            final long cpu = threads.getCurrentThreadCpuTime();
            final long start = System.nanoTime();
            final long polled = poll(source, frames, rate, nanos);
            final double seconds = (double) (System.nanoTime() - start) / NANOS_PER_SECOND;
            final double cpuSeconds = (double) (threads.getCurrentThreadCpuTime() - cpu) / NANOS_PER_SECOND;
            final long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
            return new Run(polled / seconds, polled / cpuSeconds, allocated, frames.loops(), frames.work(),
                    lost(journal, JournalCounter.REFUSED_FRAMES, JournalCounter.UNWRITTEN_FRAMES) - refusedFrames,
                    lost(journal, JournalCounter.REFUSED_SIGNALS, JournalCounter.UNWRITTEN_SIGNALS) - refusedSignals, polled);
        }
    }

    private static long lost(final Journal journal, final JournalCounter one, final JournalCounter other) {
        return journal == null ? 0 : journal.counts().get(one) + journal.counts().get(other);
    }

    /** Polls for so many ns, as fast as frames come or no faster than so many a second. */
    private long poll(final PacketSource source, final LoopingFrames frames, final double rate, final long nanos) {
        final long start = System.nanoTime();
        long polled = 0;
        for (long passed = 0; passed < nanos; passed = System.nanoTime() - start) {
            for (int i = 0; i < POLLS_A_LOOK && polled <= rate * passed / NANOS_PER_SECOND; i++) {
                polled += source.poll(frames, burst);
            }
        }
        return polled;
    }

    private static void remove(final Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the benchmark's journal is left behind in " + directory, e);
        }
    }
}
