package io.tickbridge.gateway.feed.arbitration;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What each line of a feed delivered. Written by the receive thread with plain stores, for the reason given at
 * {@link io.tickbridge.gateway.feed.FeedCounts}; read by any thread.
 */
public final class LineCounts {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] datagrams;
    private final long[] firsts;

    LineCounts(final int lines) {
        datagrams = new long[lines];
        firsts = new long[lines];
    }

    void datagram(final int line) {
        datagrams[line]++;
    }

    void first(final int line) {
        firsts[line]++;
    }

    /**
     * Number of lines.
     *
     * @return at least 1
     */
    public int lines() {
        return datagrams.length;
    }

    /**
     * Datagrams that came in on a line.
     *
     * @param line from 0 (A)
     * @return running total
     */
    public long datagrams(final int line) {
        return (long) VALUES.getOpaque(datagrams, line);
    }

    /**
     * Datagrams that this line delivered before any other did.
     *
     * @param line from 0 (A)
     * @return running total
     */
    public long firsts(final int line) {
        return (long) VALUES.getOpaque(firsts, line);
    }
}
