package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.ops.LatencyFigures;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Measures from the exchange's time of an event to the receipt of its frame, and from there to its signals' handing over to the
 * socket, which is told once a burst that had signals, after the link wrote them.
 */
public final class SignalLatency implements SignalListener {
    private static final int MAX_PENDING = 4096; // signals of one burst that are measured; more are not, which skews nothing

    private static final int EXCHANGE_TIME_OFFSET = SignalDecoder.exchangeTimeEncodingOffset();

    private final LatencyFigures toSocket;
    private final LatencyFigures fromExchange;
    private final long[] pending = new long[MAX_PENDING];
    private int pendingCount;
    private volatile long ahead;
    private volatile long heldUp;

    /**
     * A measurement.
     *
     * @param toSocket     where latencies from frame to socket go, in ns
     * @param fromExchange where those from the exchange's own time of the event to the frame go, in ns; they are as good as both
     *                     clocks are
     */
    public SignalLatency(final LatencyFigures toSocket, final LatencyFigures fromExchange) {
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

    boolean isPending() {
        return pendingCount > 0;
    }

    /** A socket is full: when it takes what the burst caused is not known, so no latency is made of it. */
    void onBurstHeldUp() {
        heldUp = heldUp + pendingCount;
        pendingCount = 0;
    }

    /** Signals that some add-on's socket did not take at once; they are not among the latencies. Any thread. */
    long heldUp() {
        return heldUp;
    }

    /**
     * The link has written what the burst caused.
     *
     * @param now by the clock that receive times come from
     */
    void onBurstSent(final long now) {
        for (int i = 0; i < pendingCount; i++) {
            toSocket.record(now - pending[i]);
        }
        pendingCount = 0;
    }
}
