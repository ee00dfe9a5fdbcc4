package io.tickbridge.gateway.book;

import io.tickbridge.protocol.BookState;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What the books of a feed counted. Written by the receive thread only, with plain stores, for the reason given at
 * {@link io.tickbridge.gateway.feed.FeedCounts}; read by any thread.
 */
public final class BookCounts {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values = new long[BookCounter.values().length];
    private final long[] stateChanges = new long[BookState.values().length];

    /**
     * Reads one count.
     *
     * @param counter which
     * @return running total
     */
    public long get(final BookCounter counter) {
        return (long) VALUES.getOpaque(values, counter.ordinal());
    }

    /**
     * Reads how often a book entered a state.
     *
     * @param state which
     * @return running total over all books of the feed
     */
    public long stateChanges(final BookState state) {
        return (long) VALUES.getOpaque(stateChanges, state.ordinal());
    }

    void increment(final BookCounter counter) {
        add(counter, 1);
    }

    void add(final BookCounter counter, final long amount) {
        values[counter.ordinal()] += amount;
    }

    void entered(final BookState state) {
        stateChanges[state.ordinal()]++;
    }
}
