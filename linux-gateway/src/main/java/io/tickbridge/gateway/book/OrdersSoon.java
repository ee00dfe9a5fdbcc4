package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;

/**
 * Brings near what the orders of a packet will need, before the first of them is looked at, so that the processor waits for all at
 * once: it begins with the next orders while what one of them leads to has not come yet.
 *
 * <p>A short loop without a branch that depends on what was read: a load that waits holds up whatever comes a few hundred
 * instructions later, and a branch that was guessed wrong all that comes after it.
 */
final class OrdersSoon {
    /** Up to so many books, what belongs to them and not to single orders lies in the processor's caches anyhow. */
    private static final int NEAR_BOOKS = 64;

    private final OrderStore store;
    private final FeedBooks books;
    /** Sum of what was read only to have it near. */
    private long touched;

    OrdersSoon(final OrderStore store, final FeedBooks books) {
        this.store = store;
        this.books = books;
    }

    /** As {@link io.tickbridge.gateway.feed.MarketDataListener#onOrdersSoon}. */
    void touch(final long[] instruments, final long[] orders, final int[] sides, final int count) {
        touched += books.size() <= NEAR_BOOKS ? touch(orders, count) : touchAll(instruments, orders, sides, count);
    }

    private long touch(final long[] orders, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += store.touchRecord(store.guess(orders[i]));
        }
        return sum;
    }

    private long touchAll(final long[] instruments, final long[] orders, final int[] sides, final int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            final MarketBook book = books.find(instruments[i]);
            sum += store.touchLevel(store.guess(orders[i])) + store.touchLadder(book == null ? 0 : book.firstSide + sides[i]);
        }
        return sum;
    }
}
