package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;
import io.tickbridge.gateway.feed.MarketDataListener;
import java.util.Arrays;

/**
 * The orders of a feed's books, and whose each is. Refuses what cannot be: a number that is taken already, more taken
 * away than there is, a price or quantity that no order has.
 *
 * <p>One thread.
 */
final class BookOrders {
    /** Sides of one book. */
    private static final int SIDES = 2;

    private final OrderStore store;
    private MarketBook[] owners = new MarketBook[64];

    BookOrders(final int limit) {
        store = new OrderStore(limit);
    }

    OrderStore store() {
        return store;
    }

    /** A book was made with sides of this store. */
    void own(final MarketBook book) {
        final int last = book.byOrder[MarketDataListener.ASK].number();
        if (last >= owners.length) {
            owners = Arrays.copyOf(owners, owners.length * 2);
        }
        for (int side = 0; side < SIDES; side++) {
            owners[book.byOrder[side].number()] = book;
        }
    }

    /** The record of an order, or {@link OrderStore#NONE}. */
    int find(final long order) {
        return store.find(order);
    }

    /** Whose an order is. */
    MarketBook owner(final int record) {
        return owners[store.side(record)];
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
        if (!isOrder(order, price, quantity)) {
            return false;
        }
        final LevelsByOrder levels = book.byOrder[side];
        final boolean added = store.add(levels.number(), order, price, quantity, attribution);
        refresh(levels);
        return added;
    }

    boolean reduce(final int record, final MarketBook book, final int quantity) {
        final int side = side(record);
        final boolean reduced = quantity > 0 && store.reduce(record, quantity);
        refresh(book.byOrder[side]);
        return reduced;
    }

    void delete(final int record, final MarketBook book) {
        final int side = side(record);
        store.remove(record);
        refresh(book.byOrder[side]);
    }

    boolean replace(final int record, final MarketBook book, final long order, final long price, final int quantity) {
        if (!isOrder(order, price, quantity)) {
            return false;
        }
        final int side = side(record);
        final boolean replaced = store.replace(record, order, price, quantity);
        refresh(book.byOrder[side]);
        return replaced;
    }

    /** Another price or quantity of the same order. What keeps its place keeps it at its price only. */
    boolean modify(
            final int record, final MarketBook book, final long price, final int quantity, final boolean keepsPlace) {
        if (quantity <= 0 || price <= 0) {
            return false;
        }
        final int side = side(record);
        boolean modified = true;
        if (keepsPlace && store.price(record) == price) {
            store.resize(record, quantity);
        } else {
            modified = store.replace(record, store.reference(record), price, quantity);
        }
        refresh(book.byOrder[side]);
        return modified;
    }

    /** Looks at the side again only when it looks different now: it lies elsewhere in memory than the order did. */
    private void refresh(final LevelsByOrder levels) {
        if (store.tookLevelChange()) {
            levels.refresh();
        }
    }

    private boolean isOrder(final long order, final long price, final int quantity) {
        return order != 0 && quantity > 0 && price > 0 && store.find(order) == OrderStore.NONE;
    }
}
