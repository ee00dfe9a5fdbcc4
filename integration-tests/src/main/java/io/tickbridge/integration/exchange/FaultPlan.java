package io.tickbridge.integration.exchange;

import java.util.random.RandomGenerator;

/**
 * How often what goes wrong, as shares of packets. Times are ns.
 *
 * @param lossOnOne     lost on one line
 * @param lossOnBoth    lost on both
 * @param bursts        of those, how often a burst of losses begins instead of a single one
 * @param duplicates    sent twice on a line
 * @param reordered     delayed on a line, so that later ones overtake
 * @param lag           stretches in which one line is far behind
 * @param longestLag    most that a packet is late then
 * @param badChecksums  a byte changed on the way, the UDP checksum not
 * @param cut           frames that end early
 * @param damaged       contradict themselves under a good checksum, see {@link Transport}
 * @param extended      as of a later version, see {@link Transport} and {@link LaterVersion}
 * @param loops         how much more often all of it happens to the feeds that repeat themselves
 */
record FaultPlan(
        double lossOnOne, double lossOnBoth, double bursts, double duplicates, double reordered, double lag,
        long longestLag, double badChecksums, double cut, double damaged, double extended, double loops) {
    /** Nothing goes wrong. */
    static final FaultPlan NONE = new FaultPlan(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    static final long MOST_LAG = 5_000_000L;

    /** Some of the faults, each more or less often: a day on which everything happens hides what single faults do. */
    static FaultPlan random(final RandomGenerator random) {
        return new FaultPlan(
                share(random, 0.1), share(random, 0.03), share(random, 0.3), share(random, 0.05), share(random, 0.1),
                share(random, 0.01), random.nextLong(1_000, MOST_LAG), share(random, 0.03), share(random, 0.02),
                share(random, 0.01), share(random, 0.2), 1 + random.nextInt(4));
    }

    private static double share(final RandomGenerator random, final double most) {
        return random.nextInt(3) == 0 ? 0 : random.nextDouble() * random.nextDouble() * most;
    }

    /** The same plan for a feed. */
    FaultPlan of(final Feed feed) {
        return feed == Feed.INCREMENTAL ? this : new FaultPlan(
                lossOnOne * loops, lossOnBoth * loops, bursts, duplicates, reordered * loops, lag, longestLag,
                badChecksums * loops, cut * loops, damaged * loops, extended, 1);
    }
}
