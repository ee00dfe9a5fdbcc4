package io.tickbridge.gateway.bench.rfc2544;

import java.util.List;

/**
 * How it is measured.
 *
 * @param frameSizes    bytes, with check sequence
 * @param trialNanos    ns of each trial
 * @param resolution    where a search ends, as a share of the highest rate
 * @param verifications how often a trial with loss is repeated while searching for the throughput
 * @param loads         percent of the throughput at which latency is measured
 * @param bursts        searches for the longest burst
 * @param settleNanos   ns without a frame after which those missing are lost
 * @param receiverCore  where the source is polled
 * @param senderCore    where frames are sent from
 */
public record Settings(List<Integer> frameSizes, long trialNanos, double resolution, int verifications,
        List<Integer> loads, int bursts, long settleNanos, int receiverCore, int senderCore) {
}
