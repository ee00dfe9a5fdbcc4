package io.tickbridge.gateway.signal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One configured rule's counts. Written by the receive thread only, with plain stores, for the reason given at
 * {@link io.tickbridge.gateway.feed.FeedCounts}; read by any thread.
 */
public final class SignalCounts {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values = new long[SignalCounter.values().length];

    /** Only the engine counts. */
    SignalCounts() {
    }

    void increment(final SignalCounter counter) {
        values[counter.ordinal()]++;
    }

    /**
     * Reads one count.
     *
     * @param counter which
     * @return running total
     */
    public long get(final SignalCounter counter) {
        return (long) VALUES.getOpaque(values, counter.ordinal());
    }
}
