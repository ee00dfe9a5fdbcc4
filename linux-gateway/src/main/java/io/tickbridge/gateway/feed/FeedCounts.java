package io.tickbridge.gateway.feed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A feed's counts. Written by the receive thread only, with opaque stores; read by any thread. */
public final class FeedCounts {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values = new long[FeedCounter.values().length];

    /**
     * Counts one.
     *
     * @param counter what happened
     */
    public void increment(final FeedCounter counter) {
        add(counter, 1);
    }

    /**
     * Counts several.
     *
     * @param counter what happened
     * @param amount  how often
     */
    public void add(final FeedCounter counter, final long amount) {
        VALUES.setOpaque(values, counter.ordinal(), values[counter.ordinal()] + amount);
    }

    /**
     * Reads one count.
     *
     * @param counter which
     * @return running total
     */
    public long get(final FeedCounter counter) {
        return (long) VALUES.getOpaque(values, counter.ordinal());
    }
}
