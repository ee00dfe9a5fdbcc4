package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderSide;
import io.tickbridge.gateway.book.order.OrderStore;

/**
 * A side whose levels are the sums of single orders. What cannot be trusted is hidden: orders are followed on, but no
 * level is known before the side is reset.
 */
final class LevelsByOrder extends BookLevels implements OrderedSide {
    private final OrderStore store;
    private final OrderSide side;
    /** What the venue's order numbers are combined with, so that those of different books differ; 0 where they do. */
    private final long salt;
    private boolean hidden;
    /** The best level's price, so that looking at the top touches nothing but this. */
    private long best;

    LevelsByOrder(final OrderStore store, final boolean bids) {
        this(store, bids, 0);
    }

    LevelsByOrder(final OrderStore store, final boolean bids, final long salt) {
        this.store = store;
        this.side = store.newSide(bids);
        this.salt = salt;
    }

    /** Its number in the store. */
    int number() {
        return side.number();
    }

    /** Orders of this side were changed. */
    void refresh() {
        if (!hidden) {
            know(side.depth());
            best = depth == 0 ? 0 : side.price(0);
        }
    }

    @Override
    void clear() {
        hidden = true;
        know(0);
    }

    /** Nothing rests, and that is known. */
    void reset() {
        empty();
        hidden = false;
        know(0);
    }

    /** Whatever rests, known or not, is taken out. */
    void empty() {
        while (side.depth() > 0) {
            store.remove(side.first(0));
        }
        know(0);
    }

    /** The orders that are there are the exchange's, all of them. */
    void show() {
        hidden = false;
        refresh();
    }

    /** Sorted by the one who keeps it. */
    @Override
    boolean isOrdered(final boolean descending) {
        return true;
    }

    @Override
    public long price(final int position) {
        return position == 0 ? best : side.price(position);
    }

    /** What an int cannot hold is shown as the most it can. */
    @Override
    public int quantity(final int position) {
        return (int) Math.min(side.quantity(position), Integer.MAX_VALUE);
    }

    @Override
    public int orders(final int position) {
        return side.orders(position);
    }

    @Override
    public void forEachOrder(final int position, final OrderVisitor visitor) {
        long ahead = 0;
        int order = side.first(position);
        while (order != OrderStore.NONE) {
            visitor.onOrder(
                    store.reference(order) ^ salt, store.quantity(order), ahead, salt == 0 ? store.attribution(order) : 0);
            ahead += store.quantity(order);
            order = store.behind(order);
        }
    }
}
