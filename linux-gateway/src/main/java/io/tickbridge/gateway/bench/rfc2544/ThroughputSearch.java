package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.Load;

/**
 * Throughput (RFC 2544, 26.1; RFC 1242, 3.17): the fastest rate at which no frame is lost, by binary search between 0 and
 * the most that can be offered.
 *
 * <p>A trial that lost frames is repeated before its rate counts as lossy, as in the search with loss verification of
 * ETSI GS NFV-TST 009, 12.3.3: on a machine that other programs use, a loss may be theirs. A rate is lossless when one of
 * its trials was, so the result is never a rate that was not seen to hold. A trial in which the sender fell behind is
 * repeated as well, as it shows little.
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
        double lossy = highest;
        double rate = highest;
        Trial best = null;
        while (best == null ? lossy > resolution * highest : lossy - lossless > resolution * highest) {
            Trial attempt = null;
            for (int i = 0; i <= verifications && (attempt == null || !attempt.isLossless() || !attempt.keptPace()); i++) {
                attempt = device.run(Load.paced(frameSize, rate, trial));
                trials++;
            }
            if (attempt.isLossless()) {
                best = attempt;
                lossless = rate;
            } else {
                lossy = rate;
            }
            if (lossless == highest) {
                break;
            }
            rate = (lossless + lossy) / 2;
        }
        // What a sender that fell behind did send, not what it was asked to.
        final double found = best == null ? 0 : Math.min(lossless, best.sent().framesPerSecond());
        return new Throughput(found, best != null && (lossless == highest || !best.keptPace()), trials);
    }
}
