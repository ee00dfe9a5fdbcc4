package io.tickbridge.gateway.book;

/** Level updates of books that wait for a snapshot; they bear report sequences. Fixed memory, one thread. */
final class PendingLevels {
    private static final int BYTE = 8;

    private final PendingRing ring;
    private final long[] price;
    private final int[] quantity;
    private final int[] orders;
    /** Side, action and position, a byte each. */
    private final int[] what;

    /**
     * Nothing kept.
     *
     * @param capacity updates kept at most, a power of two
     */
    PendingLevels(final int capacity) {
        ring = new PendingRing(capacity);
        price = new long[capacity];
        quantity = new int[capacity];
        orders = new int[capacity];
        what = new int[capacity];
    }

    /**
     * Keeps an update.
     *
     * @return whether an older one had to leave
     */
    boolean add(
            final MarketBook book, final long reportSequence, final int side, final int action, final int position,
            final long levelPrice, final int levelQuantity, final int levelOrders) {
        final boolean displaces = ring.isFull();
        final int slot = ring.take(book.pending, reportSequence);
        price[slot] = levelPrice;
        quantity[slot] = levelQuantity;
        orders[slot] = levelOrders;
        what[slot] = side | action << BYTE | position << 2 * BYTE;
        return displaces;
    }

    /** Forgets the updates of one book. */
    void drop(final MarketBook book) {
        ring.drop(book.pending);
    }

    /**
     * Applies the updates of one book that came after a snapshot.
     *
     * @param after  last report sequence that the snapshot contains
     * @param levels the snapshot's sides
     * @return false when one of them cannot be applied
     */
    boolean replay(final MarketBook book, final long after, final LevelsByPosition[] levels) {
        int slot = ring.firstAfter(book.pending.head, after);
        while (slot != PendingRing.NONE) {
            final int word = what[slot];
            if (!levels[word & 0xFF].apply(
                    word >>> BYTE & 0xFF, word >>> 2 * BYTE, price[slot], quantity[slot], orders[slot])) {
                return false;
            }
            slot = ring.firstAfter(ring.next(slot), after);
        }
        return true;
    }
}
