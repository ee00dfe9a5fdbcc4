package io.tickbridge.gateway.feed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A feed's counts. Written by the receive thread only, with plain stores; read by any thread.
 *
 * <p>The stores are plain because the compiler keeps nothing in registers across an opaque one: over all counts of the
 * path that made 3 ns a packet into books and 10 ns all the way to signals. Readers still see them soon: the receive
 * thread's cycle ends with volatile accesses, before which the stores are done, and a 64-bit JVM stores a long at once.
 */
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
        values[counter.ordinal()] += amount;
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
