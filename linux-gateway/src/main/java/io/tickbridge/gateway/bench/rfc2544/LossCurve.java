package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.Load;
import java.util.ArrayList;
import java.util.List;

/** Frame loss rate (RFC 2544, 26.3): from the highest rate down in steps of 10 %, until two rates in a row lose nothing. */
final class LossCurve {
    private static final int FULL = 100;
    private static final int STEP = 10;
    private static final int LOSSLESS_IN_A_ROW = 2;

    private LossCurve() {
    }

    /**
     * Measures.
     *
     * @param device    what is measured
     * @param frameSize bytes, with check sequence
     * @param highest   frames a second that are 100 %
     * @param trial     ns of each trial
     * @return the points, fastest first
     */
    static List<LossPoint> run(final Device device, final int frameSize, final double highest, final long trial) {
        final List<LossPoint> points = new ArrayList<>();
        int lossless = 0;
        for (int percent = FULL; percent > 0 && lossless < LOSSLESS_IN_A_ROW; percent -= STEP) {
            final Trial result = device.run(Load.paced(frameSize, highest * percent / FULL, trial));
            points.add(new LossPoint(percent, result.sent().framesPerSecond(), result.sent().frames(),
                    result.arrivals().received()));
            lossless = result.isLossless() ? lossless + 1 : 0;
        }
        return points;
    }
}
