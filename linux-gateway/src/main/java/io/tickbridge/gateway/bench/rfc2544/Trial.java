package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.Load;
import io.tickbridge.gateway.bench.wire.Sent;

/**
 * What came of one load. Every frame sent was either received or lost.
 *
 * @param load     what was to be sent
 * @param sent     what was
 * @param arrivals what arrived, and when
 */
public record Trial(Load load, Sent sent, Arrivals arrivals) {
    private static final double TOLERANCE = 0.02;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Frames that were sent and did not arrive.
     *
     * @return how many
     */
    public int lost() {
        return sent.frames() - arrivals.received();
    }

    /**
     * Share of frames lost; RFC 2544, 26.3: (input count - output count) / input count.
     *
     * @return 0 to 1
     */
    public double lossRatio() {
        return (double) lost() / sent.frames();
    }

    /**
     * Whether every frame arrived.
     *
     * @return true without loss
     */
    public boolean isLossless() {
        return lost() == 0;
    }

    /**
     * Whether the sender sent all that it was to send, in the time it was to take.
     *
     * @return false when what was offered was less than what was asked for
     */
    public boolean keptPace() {
        return sent.frames() == load.frames()
                && sent.nanos() <= load.frames() * NANOS_PER_SECOND / load.framesPerSecond() * (1 + TOLERANCE);
    }
}
