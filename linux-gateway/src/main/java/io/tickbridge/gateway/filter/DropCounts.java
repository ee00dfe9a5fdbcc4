package io.tickbridge.gateway.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Frames let through, and dropped by reason. Written by the receive thread with plain stores, which the compiler can
 * work around and opaque ones it cannot; read by any thread.
 */
public final class DropCounts {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int ACCEPTED = DropReason.values().length;

    private final long[] values = new long[ACCEPTED + 1];

    void accepted() {
        add(ACCEPTED);
    }

    void dropped(final DropReason reason) {
        add(reason.ordinal());
    }

    /**
     * Frames let through.
     *
     * @return running total
     */
    public long totalAccepted() {
        return (long) VALUES.getOpaque(values, ACCEPTED);
    }

    /**
     * Frames dropped for one reason.
     *
     * @param reason which
     * @return running total
     */
    public long get(final DropReason reason) {
        return (long) VALUES.getOpaque(values, reason.ordinal());
    }

    /**
     * Frames dropped for whatever reason.
     *
     * @return running total; the counts are read one after the other while they may be moving
     */
    public long totalDropped() {
        long total = 0;
        for (int i = 0; i < ACCEPTED; i++) {
            total += (long) VALUES.getOpaque(values, i);
        }
        return total;
    }

    private void add(final int index) {
        values[index]++;
    }
}
