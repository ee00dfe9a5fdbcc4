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

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, HIGHEST, DIGITS);
    private final Histogram total = new Histogram(1, HIGHEST, DIGITS);
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
        total.add(interval);
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
