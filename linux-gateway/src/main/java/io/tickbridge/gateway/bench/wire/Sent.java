package io.tickbridge.gateway.bench.wire;

import org.HdrHistogram.Histogram;

/**
 * What a sender did.
 *
 * @param frames   frames given to the interface
 * @param nanos    from the first frame's time to the return of the last call
 * @param lateness ns between a frame's scheduled time and the call that sent it
 * @param retries  calls that the interface had no room for, and that were made again
 */
public record Sent(int frames, long nanos, Histogram lateness, long retries) {
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * The pace that was reached.
     *
     * @return frames a second
     */
    public double framesPerSecond() {
        return frames * NANOS_PER_SECOND / Math.max(1, nanos);
    }
}
