package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.Load;

/**
 * Throughput (RFC 2544, 26.1; RFC 1242, 3.17): the fastest rate at which no frame is lost, by binary search between 0 and
 * the most that can be offered.
 *
 * <p>A trial that lost frames is repeated before its rate counts as lossy, as in the search with loss verification of
 * ETSI GS NFV-TST 009, 12.3.3: on a machine that other programs use, a loss may be theirs. A rate is lossless when one of
 * its trials was, so the result is never a rate that was not seen to hold.
 *
 * <p>A trial in which the sender fell behind says nothing of the rate that was asked for, and is repeated as well. When
 * the repetitions fall behind too: without loss the search ends there, bounded by the sender; with loss, which may be that
 * of a sender catching up, it goes on below, and stays bounded by the sender unless the device loses frames on its own
 * there. What is found is the fastest rate that was really sent without loss.
 */
final class ThroughputSearch {
    private final Device device;
    private final long trial;
    private final double resolution;
    private final int verifications;

    /**
     * A search.
     *
     * @param device        what is searched
     * @param trial         ns of each trial
     * @param resolution    where the search ends, as a share of the highest rate
     * @param verifications how often a trial with loss is repeated, at most
     */
    ThroughputSearch(final Device device, final long trial, final double resolution, final int verifications) {
        this.device = device;
        this.trial = trial;
        this.resolution = resolution;
        this.verifications = verifications;
    }

    /**
     * Searches.
     *
     * @param frameSize bytes, with check sequence
     * @param highest   frames a second that can be offered
     * @return the fastest lossless rate
     */
    Throughput run(final int frameSize, final double highest) {
        int trials = 0;
        double lossless = 0;
        double upper = highest;
        boolean upperIsSenders = false;
        double rate = highest;
        Trial best = null;
        while (best == null ? upper > resolution * highest : upper - lossless > resolution * highest) {
            boolean held = false;
            boolean heldBehind = false;
            boolean lost = false;
            for (int i = 0; i <= verifications && !held; i++) {
                final Trial attempt = device.run(Load.paced(frameSize, rate, trial));
                trials++;
                if (attempt.isLossless() && (best == null || sentRate(attempt) > sentRate(best))) {
                    best = attempt;
                }
                held = attempt.isLossless() && attempt.keptPace();
                heldBehind |= attempt.isLossless() && !attempt.keptPace();
                lost |= !attempt.isLossless() && attempt.keptPace();
            }
            if (held) {
                lossless = rate;
            } else {
                upper = rate;
                upperIsSenders = !lost;
            }
            if (lossless == highest || !held && !lost && heldBehind) {
                break;
            }
            rate = (lossless + upper) / 2;
        }
        return new Throughput(best == null ? 0 : sentRate(best), lossless == highest || upperIsSenders, trials);
    }

    /** Not more than was asked for: the last frame of a trial leaves at the beginning of its share of the time. */
    private static double sentRate(final Trial trial) {
        return Math.min(trial.load().framesPerSecond(), trial.sent().framesPerSecond());
    }
}
