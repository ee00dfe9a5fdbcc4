package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.ops.LatencyFigures;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Measures from the exchange's time of an event to the receipt of its frame, and from there to its signals' handing over to the
 * socket. Reads the clock once a burst that had
 * signals, after the link wrote them.
 */
public final class SignalLatency implements SignalListener {
    private static final int MAX_PENDING = 4096; // signals of one burst that are measured; more are not, which skews nothing

    private static final int EXCHANGE_TIME_OFFSET = SignalDecoder.exchangeTimeEncodingOffset();

    private final EpochNanoClock clock;
    private final LatencyFigures toSocket;
    private final LatencyFigures fromExchange;
    private final long[] pending = new long[MAX_PENDING];
    private int pendingCount;
    private volatile long ahead;

    /**
     * A measurement.
     *
     * @param clock        the one that receive times come from
     * @param toSocket     where latencies from frame to socket go, in ns
     * @param fromExchange where those from the exchange's own time of the event to the frame go, in ns; they are as good as both
     *                     clocks are
     */
    public SignalLatency(final EpochNanoClock clock, final LatencyFigures toSocket, final LatencyFigures fromExchange) {
        this.clock = clock;
        this.toSocket = toSocket;
        this.fromExchange = fromExchange;
    }

    @Override
    public void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        final long exchangeTime = body.getLong(offset + EXCHANGE_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN);
        if (receiveTime > exchangeTime) {
            fromExchange.record(receiveTime - exchangeTime);
        } else {
            ahead = ahead + 1;
        }
        if (pendingCount < MAX_PENDING) {
            pending[pendingCount++] = receiveTime;
        }
    }

    /** Signals whose frame came before its event, by the two clocks; they are not among the latencies. Any thread. */
    long ahead() {
        return ahead;
    }

    /** The link has written what the burst caused. */
    void onBurstSent() {
        if (pendingCount > 0) {
            final long now = clock.nanoTime();
            for (int i = 0; i < pendingCount; i++) {
                toSocket.record(now - pending[i]);
            }
            pendingCount = 0;
        }
    }
}
