package io.tickbridge.gateway.bench.rfc2544;

/**
 * One point of the frame loss curve.
 *
 * @param percent         of the highest rate, as asked for
 * @param framesPerSecond that were offered
 * @param sent            frames sent
 * @param received        of these
 */
public record LossPoint(int percent, double framesPerSecond, int sent, int received) {
    private static final double PERCENT = 100;

    /**
     * Share of frames lost.
     *
     * @return percent
     */
    public double lossPercent() {
        return PERCENT * (sent - received) / sent;
    }
}
