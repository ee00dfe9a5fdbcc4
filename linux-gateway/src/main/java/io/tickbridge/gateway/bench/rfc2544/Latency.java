package io.tickbridge.gateway.bench.rfc2544;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Latency at one rate, from the time for which a frame was scheduled to the entry of its handler.
 *
 * @param percent         of the throughput
 * @param framesPerSecond that were offered
 * @param sent            frames sent
 * @param received        of these; latency is known of these alone
 * @param mean            ns
 * @param deviation       ns, standard deviation
 * @param jitter          ns, see {@link Arrivals#jitter()}
 * @param percentiles     those that are quoted, without those that too few frames lie above
 * @param curve           as many as draw a curve
 * @param lateness        what of it is the sender's: ns between scheduled time and call, 99th percentile
 * @param worstLateness   the same, longest
 */
public record Latency(int percent, double framesPerSecond, int sent, int received, double mean, double deviation,
        double jitter, List<Percentile> percentiles, List<Percentile> curve, long lateness, long worstLateness) {
    /** What is quoted; 100 is the longest. */
    private static final double[] QUOTED = {50, 90, 99, 99.9, 99.99, 100};
    /** Fewer slower frames than these make a percentile chance: the next trial would show another. */
    private static final int LEAST_ABOVE = 10;
    private static final double ROUNDING = 1e-6; // 100 - 99.9 is a little less than 0.1
    private static final int HUNDRED = 100;
    private static final int TICKS = 4; // points while the distance to 100 % halves

    /**
     * A latency that a share of the frames did not exceed.
     *
     * @param percent of the frames; 100 for the longest
     * @param nanos   ns
     */
    public record Percentile(double percent, long nanos) {
    }

    /** What a trial showed. */
    static Latency of(final int percent, final Trial trial) {
        final Histogram latency = trial.arrivals().latency();
        final List<Percentile> quoted = new ArrayList<>();
        for (final double share : QUOTED) {
            if (share == HUNDRED || latency.getTotalCount() * (HUNDRED - share) / HUNDRED >= LEAST_ABOVE - ROUNDING) {
                quoted.add(new Percentile(share, latency.getValueAtPercentile(share)));
            }
        }
        final List<Percentile> curve = new ArrayList<>();
        for (final HistogramIterationValue value : latency.percentiles(TICKS)) {
            curve.add(new Percentile(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()));
        }
        return new Latency(percent, trial.sent().framesPerSecond(), trial.sent().frames(), trial.arrivals().received(),
                latency.getMean(), latency.getStdDeviation(), trial.arrivals().jitter(), quoted, curve,
                trial.sent().lateness().getValueAtPercentile(99), trial.sent().lateness().getMaxValue());
    }

    /**
     * One of those that are quoted.
     *
     * @param share percent of the frames
     * @return ns; empty when fewer than ten frames were slower, or it is not quoted
     */
    public OptionalLong at(final double share) {
        return percentiles.stream().filter(p -> p.percent == share).mapToLong(Percentile::nanos).findFirst();
    }
}
