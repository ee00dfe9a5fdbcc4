package io.tickbridge.gateway.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The link's counts. Written by the receive thread only, with opaque stores; read by any thread. */
public final class LinkCounts {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values = new long[LinkCounter.values().length];

    void increment(final LinkCounter counter) {
        add(counter, 1);
    }

    void add(final LinkCounter counter, final long amount) {
        VALUES.setOpaque(values, counter.ordinal(), values[counter.ordinal()] + amount);
    }

    /**
     * Reads one count.
     *
     * @param counter which
     * @return running total
     */
    public long get(final LinkCounter counter) {
        return (long) VALUES.getOpaque(values, counter.ordinal());
    }
}
