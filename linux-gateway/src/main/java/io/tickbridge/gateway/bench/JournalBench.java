package io.tickbridge.gateway.bench;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.JournalCounter;
import io.tickbridge.gateway.journal.RunStarted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What journalling a frame costs, beside a plain append of the same bytes to a Chronicle queue. Open loop: each frame has
 * its time, whether the one before is done or not, and its latency counts from then, so that a stall shows in every frame
 * that had to wait for it.
 */
public final class JournalBench {
    private static final int RING = 64 << 20;
    private static final long BLOCK = 64L << 20;
    /** Frames whose way into the queue is followed at the same time; a power of two. */
    private static final int FOLLOWED = 1 << 20;
    private static final int BATCH = 10_000;
    private static final int MOST_BATCHES = 200;
    private static final long NANOS_A_BATCH = 10_000_000;
    /** Of a journal's record, JOURNAL.md. */
    private static final int HEADER_LENGTH = 24;
    private static final double[] PERCENTILES = {50, 99, 99.9, 99.99};
    private static final double NANOS = 1e9;

    private final Path parent;
    private final int frameLength;
    private final long nanos;
    private final UnsafeBuffer frame;
    /** The same frame as it lies in the journal, with a header. */
    private final byte[] record;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * A benchmark of some seconds a figure.
     *
     * @param parent      where its journals are made, and removed again
     * @param frameLength bytes of each frame
     * @param seconds     for each figure
     */
    public JournalBench(final Path parent, final int frameLength, final int seconds) {
        this(parent, frameLength, Duration.ofSeconds(seconds));
    }

    JournalBench(final Path parent, final int frameLength, final Duration each) {
        this.parent = parent;
        this.frameLength = frameLength;
        nanos = each.toNanos();
        record = new byte[HEADER_LENGTH + frameLength];
        frame = new UnsafeBuffer(new byte[frameLength]);
        for (int i = 0; i < frameLength; i++) {
            frame.putByte(i, (byte) (i * 31)); // anything but zeros, which a disk may compress
        }
        frame.getBytes(0, record, HEADER_LENGTH, frameLength);
    }

    /**
     * Measures.
     *
     * @param rates frames a second
     * @return the figures, in order
     */
    public List<Figure> run(final List<Integer> rates) {
        final List<Figure> figures = new ArrayList<>();
        sustained(this::journal, nanos / 4); // warms both up
        sustained(this::raw, nanos / 4);
        for (final int rate : rates) {
            latency(figures, rate);
        }
        final Rate journal = sustained(this::journal, nanos);
        final Rate raw = sustained(this::raw, nanos);
        figures.add(new Figure("sustained maximum", journal.perSecond, "frames/s", raw.perSecond));
        figures.add(new Figure("the same, per second of the appending thread's processor time", journal.perCpuSecond, "frames/s",
                raw.perCpuSecond));
        figures.add(new Figure("the receive thread's own processor time", ownCost(), "ns/frame", Double.NaN));
        figures.add(new Figure("load average", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "runnable threads", Double.NaN));
        return figures;
    }

    private record Rate(double perSecond, double perCpuSecond) {
    }

    private interface Opener {
        AppendTarget open(Path directory, boolean waits);
    }

    private void latency(final List<Figure> figures, final int rate) {
        final Histogram handed = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        final Histogram appended = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        final Histogram plain = new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
        final long lost = openLoop(this::journal, rate, handed, appended);
        openLoop(this::raw, rate, plain, new Histogram(TimeUnit.MINUTES.toNanos(1), 3));
        final String at = String.format(Locale.ROOT, "%,d frames/s, ", rate);
        for (final double percentile : PERCENTILES) {
            figures.add(new Figure(at + "handed over by the receive thread, p" + percentile, handed.getValueAtPercentile(percentile),
                    "ns", plain.getValueAtPercentile(percentile)));
        }
        figures.add(new Figure(at + "handed over, max", handed.getMaxValue(), "ns", plain.getMaxValue()));
        for (final double percentile : PERCENTILES) {
            figures.add(new Figure(at + "in the queue, p" + percentile, appended.getValueAtPercentile(percentile), "ns",
                    plain.getValueAtPercentile(percentile)));
        }
        figures.add(new Figure(at + "in the queue, max", appended.getMaxValue(), "ns", plain.getMaxValue()));
        figures.add(new Figure(at + "lost", lost, "frames", Double.NaN));
    }

    private long openLoop(final Opener opener, final int rate, final Histogram handed, final Histogram appended) {
        final Path directory = directory();
        final long[] dueTimes = new long[FOLLOWED];
        try (AppendTarget target = opener.open(directory, false)) {
            final long total = nanos / 1000 * rate / 1_000_000;
            final double interval = NANOS / rate;
            final long start = System.nanoTime();
            long sent = 0;
            long seen = 0;
            while (sent < total || seen < total - target.lost()) {
                final long now = System.nanoTime();
                final long due = start + (long) (sent * interval);
                if (sent < total && now >= due && sent - seen < FOLLOWED) {
                    dueTimes[(int) (sent & FOLLOWED - 1)] = due;
                    target.append(sent++);
                    handed.recordValue(Math.max(0, System.nanoTime() - due));
                }
                final long written = target.written();
                if (written > seen) {
                    final long at = System.nanoTime();
                    while (seen < written) {
                        appended.recordValue(Math.max(0, at - dueTimes[(int) (seen++ & FOLLOWED - 1)]));
                    }
                }
            }
            return target.lost();
        } finally {
            remove(directory);
        }
    }

    private Rate sustained(final Opener opener, final long duration) {
        final Path directory = directory();
        try (AppendTarget target = opener.open(directory, true)) {
            final long cpu = target.appenderCpu();
            final long start = System.nanoTime();
            long sent = 0;
            while (System.nanoTime() - start < duration) {
                for (int i = 0; i < 1000; i++) {
                    target.append(sent++);
                }
            }
            while (target.written() < sent) {
                LockSupport.parkNanos(1000);
            }
            return new Rate(sent * NANOS / (System.nanoTime() - start), sent * NANOS / (target.appenderCpu() - cpu));
        } finally {
            remove(directory);
        }
    }

    /** In batches that the ring takes whole, so that nothing waits; the median of the batches. */
    private double ownCost() {
        final Path directory = directory();
        final List<Double> costs = new ArrayList<>();
        final int batch = Math.min(BATCH, RING / 4 / (frameLength + 64));
        final long batches = Math.min(MOST_BATCHES, 1 + nanos / NANOS_A_BATCH);
        try (AppendTarget target = journal(directory, false)) {
            long sent = 0;
            for (int i = 0; i < batches; i++) {
                final long begun = threads.getCurrentThreadCpuTime();
                for (int j = 0; j < batch; j++) {
                    target.append(sent++);
                }
                costs.add((threads.getCurrentThreadCpuTime() - begun) / (double) batch);
                while (target.written() < sent) {
                    LockSupport.parkNanos(1000);
                }
            }
        } finally {
            remove(directory);
        }
        costs.sort(Comparator.naturalOrder());
        return costs.get(costs.size() / 2);
    }

    private AppendTarget journal(final Path directory, final boolean waits) {
        final Journal journal = Journal.prepare(new JournalConfig(true, directory, RING, BLOCK), waits);
        final Thread[] appender = new Thread[1];
        journal.begin(RunStarted.of("benchmark", "0", "none", 0), work -> {
            appender[0] = new Thread(work);
            return appender[0];
        });
        return new AppendTarget() {
            @Override
            public void append(final long number) {
                journal.recorder().onFrame(frame, 0, frameLength, number, 0);
            }

            @Override
            public long written() {
                return journal.counts().get(JournalCounter.FRAMES);
            }

            @Override
            public long lost() {
                return journal.counts().lostFrames();
            }

            @Override
            public long appenderCpu() {
                return threads.getThreadCpuTime(appender[0].getId());
            }

            @Override
            public void close() {
                journal.close("measured");
            }
        };
    }

    private AppendTarget raw(final Path directory, final boolean waits) {
        return new RawQueue(directory, BLOCK, record);
    }

    private Path directory() {
        try {
            return Files.createTempDirectory(parent, "tickbridge-bench");
        } catch (final IOException e) {
            throw new UncheckedIOException("no journal can be made in " + parent + ": " + e.getMessage(), e);
        }
    }

    private static void remove(final Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("the benchmark's journal is left behind in " + directory, e);
        }
    }
}
