package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;
import io.tickbridge.gateway.feed.MarketDataListener;

/**
 * The orders of a feed's books, and whose each is. Refuses what cannot be: a number that is taken already, more taken
 * away than there is, a price or quantity that no order has.
 *
 * <p>One thread.
 */
final class BookOrders {
    private final OrderStore store;

    BookOrders(final int limit) {
        store = new OrderStore(limit);
    }

    OrderStore store() {
        return store;
    }

    /** A book was made with sides of this store: one right after the other. */
    void own(final MarketBook book) {
        book.firstSide = book.byOrder[MarketDataListener.BID].number();
    }

    /** The record of an order, or {@link OrderStore#NONE}. */
    int find(final long order) {
        return store.find(order);
    }

    /** Whether an order belongs to a book. */
    boolean isOf(final int record, final MarketBook book) {
        return store.side(record) >>> 1 == book.firstSide >>> 1;
    }

    /** {@link MarketDataListener#BID} or {@link MarketDataListener#ASK}: a book's sides are made in this order. */
    int side(final int record) {
        return store.side(record) & 1;
    }

    long price(final int record) {
        return store.price(record);
    }

    boolean add(final MarketBook book, final long order, final int side, final long price, final int quantity,
            final int attribution) {
        if (order == 0 || quantity <= 0 || price <= 0) {
            return false;
        }
        final boolean added = store.add(book.firstSide + side, order, price, quantity, attribution);
        refresh(book);
        return added;
    }

    boolean reduce(final int record, final MarketBook book, final int quantity) {
        final boolean reduced = quantity > 0 && store.reduce(record, quantity);
        refresh(book);
        return reduced;
    }

    void delete(final int record, final MarketBook book) {
        store.remove(record);
        refresh(book);
    }

    boolean replace(final int record, final MarketBook book, final long order, final long price, final int quantity) {
        if (order == 0 || quantity <= 0 || price <= 0 || store.find(order) != OrderStore.NONE) {
            return false;
        }
        final boolean replaced = store.replace(record, order, price, quantity);
        refresh(book);
        return replaced;
    }

    /** Another price or quantity of the same order. What keeps its place keeps it at its price only. */
    boolean modify(
            final int record, final MarketBook book, final long price, final int quantity, final boolean keepsPlace) {
        if (quantity <= 0 || price <= 0) {
            return false;
        }
        boolean modified = true;
        if (keepsPlace && store.price(record) == price) {
            store.resize(record, quantity);
        } else {
            modified = store.replace(record, store.reference(record), price, quantity);
        }
        refresh(book);
        return modified;
    }

    /** Looks at a side again only when it looks different now: it lies elsewhere in memory than the order did. */
    private void refresh(final MarketBook book) {
        final int side = store.takeLevelChange();
        if (side != OrderStore.NO_SIDE) {
            book.byOrder[side & 1].refresh();
            book.unsettled = true;
        }
    }
}
