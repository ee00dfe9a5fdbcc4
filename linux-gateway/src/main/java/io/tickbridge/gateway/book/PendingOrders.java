package io.tickbridge.gateway.book;

/**
 * Order updates of books that wait for a snapshot, as {@link PendingLevels} keeps those of levels. Orders have no count of
 * their own at the exchange, so each update bears the number of its packet. When the ring is full the oldest leave, and a
 * snapshot of their book must then be newer than they were. Fixed memory, one thread.
 */
final class PendingOrders {
    /** End of a chain, and no chain. */
    static final int NONE = -1;

    private static final int BYTE = 8;
    private static final int LOW = 0xFF;

    private final int mask;
    private final OrderBook[] owner;
    private final long[] sequence;
    private final long[] order;
    private final long[] priority;
    private final long[] price;
    private final int[] quantity;
    /** Side and action, a byte each. */
    private final int[] what;
    private final int[] next;
    private int cursor;

    /**
     * An empty ring.
     *
     * @param capacity updates kept at most, a power of two
     */
    PendingOrders(final int capacity) {
        mask = capacity - 1;
        owner = new OrderBook[capacity];
        sequence = new long[capacity];
        order = new long[capacity];
        priority = new long[capacity];
        price = new long[capacity];
        quantity = new int[capacity];
        what = new int[capacity];
        next = new int[capacity];
    }

    /**
     * Keeps an update.
     *
     * @return whether an older one had to leave
     */
    boolean add(
            final OrderBook book, final long packet, final long updated, final int side, final int action,
            final long orderPriority, final long orderPrice, final int orderQuantity) {
        final int slot = cursor;
        cursor = slot + 1 & mask;
        final OrderBook displaced = owner[slot];
        if (displaced != null) {
            // Chains run in the ring's order, so what leaves is the head of its chain.
            displaced.pendingHead = next[slot];
            if (displaced.pendingHead == NONE) {
                displaced.pendingTail = NONE;
            }
            displaced.keptFrom = Math.max(displaced.keptFrom, sequence[slot] + 1);
        }
        owner[slot] = book;
        sequence[slot] = packet;
        order[slot] = updated;
        priority[slot] = orderPriority;
        price[slot] = orderPrice;
        quantity[slot] = orderQuantity;
        what[slot] = side | action << BYTE;
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
    void drop(final OrderBook book) {
        for (int slot = book.pendingHead; slot != NONE; slot = next[slot]) {
            owner[slot] = null;
        }
        book.pendingHead = NONE;
        book.pendingTail = NONE;
    }

    /**
     * Applies the updates of one book that came after a snapshot.
     *
     * @param after last packet that the snapshot took account of
     * @return false when one of them cannot be applied
     */
    boolean replay(final OrderBook book, final long after, final OrderBooks books) {
        for (int slot = book.pendingHead; slot != NONE; slot = next[slot]) {
            if (sequence[slot] > after && !books.apply(
                    book, order[slot], what[slot] & LOW, what[slot] >>> BYTE, priority[slot], price[slot], quantity[slot])) {
                return false;
            }
        }
        return true;
    }
}
