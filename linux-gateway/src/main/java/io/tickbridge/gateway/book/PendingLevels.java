package io.tickbridge.gateway.book;

/**
 * Level updates of books that wait for a snapshot: a snapshot shows how a book stood a while ago, and what came since is
 * applied on top. One ring for all books of a feed, each book's updates chained in their order; when it is full the oldest
 * leave, which moves forward where that book's chain begins. Fixed memory, one thread.
 */
final class PendingLevels {
    /** End of a chain, and no chain. */
    static final int NONE = -1;

    private static final int BYTE = 8;

    private final int mask;
    private final MarketBook[] owner;
    private final long[] report;
    private final long[] price;
    private final int[] quantity;
    private final int[] orders;
    /** Side, action and position, a byte each. */
    private final int[] what;
    private final int[] next;
    private int cursor;

    /**
     * An empty ring.
     *
     * @param capacity updates kept at most, a power of two
     */
    PendingLevels(final int capacity) {
        mask = capacity - 1;
        owner = new MarketBook[capacity];
        report = new long[capacity];
        price = new long[capacity];
        quantity = new int[capacity];
        orders = new int[capacity];
        what = new int[capacity];
        next = new int[capacity];
    }

    /**
     * Keeps an update.
     *
     * @return whether an older one had to leave
     */
    boolean add(
            final MarketBook book, final long reportSequence, final int side, final int action, final int position,
            final long levelPrice, final int levelQuantity, final int levelOrders) {
        final int slot = cursor;
        cursor = slot + 1 & mask;
        final MarketBook displaced = owner[slot];
        if (displaced != null) {
            // Chains run in the ring's order, so what leaves is the head of its chain.
            displaced.pendingHead = next[slot];
            if (displaced.pendingHead == NONE) {
                displaced.pendingTail = NONE;
            }
            displaced.contiguousFrom = Math.max(displaced.contiguousFrom, report[slot] + 1);
        }
        owner[slot] = book;
        report[slot] = reportSequence;
        price[slot] = levelPrice;
        quantity[slot] = levelQuantity;
        orders[slot] = levelOrders;
        what[slot] = side | action << BYTE | position << 2 * BYTE;
        next[slot] = NONE;
        if (book.pendingTail == NONE) {
            book.pendingHead = slot;
        } else {
            next[book.pendingTail] = slot;
        }
        book.pendingTail = slot;
        return displaced != null;
    }

    /** Forgets the updates of one book. */
    void drop(final MarketBook book) {
        for (int slot = book.pendingHead; slot != NONE; slot = next[slot]) {
            owner[slot] = null;
        }
        book.pendingHead = NONE;
        book.pendingTail = NONE;
    }

    /**
     * Applies the updates of one book that came after a snapshot.
     *
     * @param after  last report sequence that the snapshot contains
     * @param levels the snapshot's sides
     * @return false when one of them cannot be applied
     */
    boolean replay(final MarketBook book, final long after, final LevelsByPosition[] levels) {
        for (int slot = book.pendingHead; slot != NONE; slot = next[slot]) {
            final int word = what[slot];
            if (report[slot] > after && !levels[word & 0xFF].apply(
                    word >>> BYTE & 0xFF, word >>> 2 * BYTE, price[slot], quantity[slot], orders[slot])) {
                return false;
            }
        }
        return true;
    }
}
