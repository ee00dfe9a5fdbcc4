package io.tickbridge.gateway.ops;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * Percentiles of one latency. One thread records, without waiting or allocating; another calls {@link #refresh} and
 * reads the figures.
 */
public final class LatencyFigures {
    private static final long HIGHEST = 60_000_000_000L; // ns; longer than a minute is an outage, not a latency
    private static final int DIGITS = 3;
    /** Two or three a decade, from what a good network does to what an outage is. */
    private static final long[] BOUNDS = {1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000,
        5_000_000, 10_000_000, 20_000_000, 50_000_000, 100_000_000, 200_000_000, 500_000_000, 1_000_000_000, 10_000_000_000L};

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST, DIGITS);
    private final Histogram total = new Histogram(1, HIGHEST, DIGITS);
    private final long[] buckets = new long[BOUNDS.length];
    private long sum;
    private Histogram interval;

    /**
     * Records one latency, on the writer's thread.
     *
     * @param nanoseconds values outside 1 ns to 60 s count as the nearest of them
     */
    public void record(final long nanoseconds) {
        recorder.recordValue(Math.min(HIGHEST, Math.max(1, nanoseconds)));
    }

    /** Takes in what was recorded since the last call, on the reader's thread. */
    public void refresh() {
        interval = recorder.getIntervalHistogram(interval);
        if (interval.getTotalCount() > 0) {
            total.add(interval);
            interval.recordedValues().forEach(step -> count(step.getValueIteratedTo(), step.getCountAtValueIteratedTo()));
        }
    }

    private void count(final long latency, final long times) {
        sum += latency * times;
        for (int i = 0; i < BOUNDS.length; i++) {
            buckets[i] += latency <= BOUNDS[i] ? times : 0;
        }
    }

    /**
     * Upper bounds of the classes that latencies are counted in.
     *
     * @return ns, rising; a new array
     */
    public static long[] bounds() {
        return BOUNDS.clone();
    }

    /**
     * How many were not above a bound, to three digits of each, until the last {@link #refresh}, on the reader's thread.
     *
     * @param bound its place among {@link #bounds}
     * @return the count, all lower classes included
     */
    public long upTo(final int bound) {
        return buckets[bound];
    }

    /**
     * All of them added up, until the last {@link #refresh}, on the reader's thread.
     *
     * @return ns, to three digits of each
     */
    public long sum() {
        return sum;
    }

    /**
     * A percentile of everything recorded until the last {@link #refresh}, on the reader's thread.
     *
     * @param percentile 0 to 100
     * @return ns; 0 when nothing was recorded
     */
    public long percentile(final double percentile) {
        return total.getTotalCount() == 0 ? 0 : total.getValueAtPercentile(percentile);
    }

    /**
     * How many were recorded until the last {@link #refresh}, on the reader's thread.
     *
     * @return the count
     */
    public long count() {
        return total.getTotalCount();
    }
}
