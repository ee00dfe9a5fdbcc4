package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;

/**
 * Brings near what the orders of a packet will need: in steps, each done for all of them before the next, so that the processor
 * waits for all at once. What a step reads was reached through what the one before has read.
 *
 * <p>Short loops without a branch that depends on the message: a load that waits holds up whatever comes a few hundred
 * instructions later, and a branch that was guessed wrong all that comes after it.
 */
final class OrdersSoon {
    /** Orders in a row at most: the messages of a packet of the largest Ethernet frame, 9,000 bytes. */
    private static final int MOST = 512;
    /** Up to so many books, what belongs to them and not to single orders lies in the processor's caches anyhow. */
    private static final int NEAR_BOOKS = 64;

    private final OrderStore store;
    private final FeedBooks books;
    private final int[] records = new int[MOST];
    private final int[] sideNumbers = new int[MOST];
    /** Sum of what was read only to have it near. */
    private long touched;

    OrdersSoon(final OrderStore store, final FeedBooks books) {
        this.store = store;
        this.books = books;
    }

    /** As {@link io.tickbridge.gateway.feed.MarketDataListener#onOrdersSoon}. */
    void touch(final long[] instruments, final long[] orders, final int[] sides, final int count) {
        final int n = Math.min(count, MOST);
        if (books.size() <= NEAR_BOOKS) {
            touched += touchSlots(orders, n) + touchRecords(orders, n);
        } else {
            touched += touchSlots(orders, n) + touchBooks(instruments, n) + touchRecords(instruments, orders, sides, n)
                    + touchLevels(n);
        }
    }

    private long touchSlots(final long[] orders, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += store.touchSlot(orders[i]);
        }
        return sum;
    }

    private long touchRecords(final long[] orders, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += store.touchRecord(store.guess(orders[i]));
        }
        return sum;
    }

    private long touchBooks(final long[] instruments, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += books.touch(instruments[i]);
        }
        return sum;
    }

    private long touchRecords(final long[] instruments, final long[] orders, final int[] sides, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            final int record = store.guess(orders[i]);
            final MarketBook book = books.find(instruments[i]);
            final int side = book == null ? 0 : book.firstSide + sides[i];
            records[i] = record;
            sideNumbers[i] = side;
            sum += store.touchRecord(record) + store.touchSide(side);
        }
        return sum;
    }

    private long touchLevels(final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += store.touchLevel(records[i]) + store.touchLadder(sideNumbers[i]);
        }
        return sum;
    }
}
