package io.tickbridge.gateway.feed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What each line of a feed delivered. Written by the receive thread with plain stores, for the reason given at
 * {@link FeedCounts}; read by any thread.
 */
public final class LineCounts {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] datagrams;
    private final long[] firsts;

    /**
     * All zero.
     *
     * @param lines how many, at least 1
     */
    public LineCounts(final int lines) {
        // The recovery line comes behind the others.
        datagrams = new long[lines + 1];
        firsts = new long[lines + 1];
    }

    /**
     * A datagram came in, on the receive thread.
     *
     * @param line from 0 (A); the number of lines for the recovery line
     */
    public void datagram(final int line) {
        datagrams[line]++;
    }

    /**
     * It was the first copy, on the receive thread.
     *
     * @param line from 0 (A)
     */
    public void first(final int line) {
        firsts[line]++;
    }

    /**
     * Number of lines.
     *
     * @return at least 1
     */
    public int lines() {
        return datagrams.length - 1;
    }

    /**
     * Datagrams of the recovery line that filled a hole.
     *
     * @return running total
     */
    public long recovered() {
        return firsts(lines());
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
