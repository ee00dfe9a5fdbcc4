package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.ops.LatencyFigures;
import io.tickbridge.gateway.signal.SignalListener;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Measures from a frame's receipt to its signals' handing over to the socket. Reads the clock once a burst that had
 * signals, after the link wrote them.
 */
public final class SignalLatency implements SignalListener {
    private static final int MAX_PENDING = 4096; // signals of one burst that are measured; more are not, which skews nothing

    private final EpochNanoClock clock;
    private final LatencyFigures figures;
    private final long[] pending = new long[MAX_PENDING];
    private int pendingCount;

    /**
     * A measurement.
     *
     * @param clock   the one that receive times come from
     * @param figures where latencies go, in ns
     */
    public SignalLatency(final EpochNanoClock clock, final LatencyFigures figures) {
        this.clock = clock;
        this.figures = figures;
    }

    @Override
    public void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        if (pendingCount < MAX_PENDING) {
            pending[pendingCount++] = receiveTime;
        }
    }

    /** The link has written what the burst caused. */
    void onBurstSent() {
        if (pendingCount > 0) {
            final long now = clock.nanoTime();
            for (int i = 0; i < pendingCount; i++) {
                figures.record(now - pending[i]);
            }
            pendingCount = 0;
        }
    }
}
