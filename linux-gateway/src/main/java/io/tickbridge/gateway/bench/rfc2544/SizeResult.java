package io.tickbridge.gateway.bench.rfc2544;

import java.util.List;

/**
 * Everything about one frame size.
 *
 * @param frameSize   bytes, with check sequence
 * @param highestRate frames a second that the sender reached while the source was polled: 100 %
 * @param throughput  without loss
 * @param latencies   at shares of the throughput; none where there is no throughput
 * @param losses      the frame loss curve
 * @param backToBack  the longest burst
 */
public record SizeResult(int frameSize, double highestRate, Throughput throughput, List<Latency> latencies,
        List<LossPoint> losses, BackToBack backToBack) {
}
