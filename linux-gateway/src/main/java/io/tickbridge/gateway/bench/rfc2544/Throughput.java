package io.tickbridge.gateway.bench.rfc2544;

/**
 * The fastest lossless rate.
 *
 * @param framesPerSecond   that rate; 0 when even the slowest tried lost frames
 * @param isBoundedBySender whether nothing faster could be offered, or the sender fell behind: the device may well hold more
 * @param trials            how many it took
 */
public record Throughput(double framesPerSecond, boolean isBoundedBySender, int trials) {
}
