package io.tickbridge.gateway.bench.rfc2544;

import org.HdrHistogram.Histogram;

/**
 * Frames of a trial as they arrived.
 *
 * @param received   frames, each counted once
 * @param duplicates frames that had arrived before
 * @param reordered  frames that arrived after one sent later
 * @param latency    ns from a frame's scheduled time to the entry of its handler
 * @param jitter     ns: mean of the absolute difference between the latencies of frames that arrived one after the other
 *                   (the D of RFC 3550, 6.4.1, without that section's running average)
 */
public record Arrivals(int received, int duplicates, int reordered, Histogram latency, double jitter) {
}
