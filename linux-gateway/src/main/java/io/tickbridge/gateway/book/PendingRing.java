package io.tickbridge.gateway.book;

/**
 * Slots for updates of books that wait for a snapshot: a snapshot shows how a book stood a while ago, and what came since is
 * applied on top. One ring for all books of a feed, each book's updates chained in their order; when it is full the oldest
 * leave, which moves forward where that book's chain begins. What an update says is kept by the ring's user, by slot.
 *
 * <p>Fixed memory, one thread.
 */
final class PendingRing {
    /** End of a chain, and no chain. */
    static final int NONE = -1;

    private final int mask;
    private final PendingChain[] owner;
    private final long[] number;
    private final int[] next;
    private int cursor;

    /**
     * An empty ring.
     *
     * @param capacity updates kept at most, a power of two
     */
    PendingRing(final int capacity) {
        mask = capacity - 1;
        owner = new PendingChain[capacity];
        number = new long[capacity];
        next = new int[capacity];
    }

    /** Whether an older update has to leave for the next one. */
    boolean isFull() {
        return owner[cursor] != null;
    }

    /** The slot of a further update of a book, which bears this number. */
    int take(final PendingChain chain, final long updateNumber) {
        final int slot = cursor;
        cursor = slot + 1 & mask;
        final PendingChain displaced = owner[slot];
        if (displaced != null) {
            // Chains run in the ring's order, so what leaves is the head of its chain.
            displaced.head = next[slot];
            if (displaced.head == NONE) {
                displaced.tail = NONE;
            }
            displaced.from = Math.max(displaced.from, number[slot] + 1);
        }
        owner[slot] = chain;
        number[slot] = updateNumber;
        next[slot] = NONE;
        if (chain.tail == NONE) {
            chain.head = slot;
        } else {
            next[chain.tail] = slot;
        }
        chain.tail = slot;
        return slot;
    }

    /** Forgets the updates of one book. */
    void drop(final PendingChain chain) {
        for (int slot = chain.head; slot != NONE; slot = next[slot]) {
            owner[slot] = null;
        }
        chain.head = NONE;
        chain.tail = NONE;
    }

    /** The first slot of a chain, from one on, whose update bears a number above this; {@link #NONE} when there is none. */
    int firstAfter(final int slot, final long after) {
        int at = slot;
        while (at != NONE && number[at] <= after) {
            at = next[at];
        }
        return at;
    }

    /** The slot that follows in its chain, or {@link #NONE}. */
    int next(final int slot) {
        return next[slot];
    }
}
