package io.tickbridge.gateway.book;

/**
 * Order updates of books that wait for a snapshot. Orders have no count of their own at the exchange, so each update bears the
 * number of its packet, which others may bear too. Fixed memory, one thread.
 */
final class PendingOrders {
    private static final int BYTE = 8;
    private static final int LOW = 0xFF;

    private final PendingRing ring;
    private final long[] order;
    private final long[] priority;
    private final long[] price;
    private final int[] quantity;
    /** Side and action, a byte each. */
    private final int[] what;

    /**
     * Nothing kept.
     *
     * @param capacity updates kept at most, a power of two
     */
    PendingOrders(final int capacity) {
        ring = new PendingRing(capacity);
        order = new long[capacity];
        priority = new long[capacity];
        price = new long[capacity];
        quantity = new int[capacity];
        what = new int[capacity];
    }

    /**
     * Keeps an update.
     *
     * @return whether an older one had to leave
     */
    boolean add(
            final OrderBook book, final long packet, final long updated, final int side, final int action,
            final long orderPriority, final long orderPrice, final int orderQuantity) {
        final boolean displaces = ring.isFull();
        final int slot = ring.take(book.pending, packet);
        order[slot] = updated;
        priority[slot] = orderPriority;
        price[slot] = orderPrice;
        quantity[slot] = orderQuantity;
        what[slot] = side | action << BYTE;
        return displaces;
    }

    /** Forgets the updates of one book. */
    void drop(final OrderBook book) {
        ring.drop(book.pending);
    }

    /**
     * Applies the updates of one book that came after a snapshot.
     *
     * @param after last packet that the snapshot took account of
     * @return false when one of them cannot be applied
     */
    boolean replay(final OrderBook book, final long after, final OrderBooks books) {
        int slot = ring.firstAfter(book.pending.head, after);
        while (slot != PendingRing.NONE) {
            if (!books.apply(book, order[slot], what[slot] & LOW, what[slot] >>> BYTE, priority[slot], price[slot],
                    quantity[slot])) {
                return false;
            }
            slot = ring.firstAfter(ring.next(slot), after);
        }
        return true;
    }
}
