package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;
import io.tickbridge.gateway.feed.MarketDataListener;

/**
 * The books of single orders that a feed tells of beside price levels (CME market by order, full depth), and how they are
 * made whole from snapshots (CME Globex MDP 3.0, "Market by Order Full Depth - Market Recovery").
 *
 * <p>Orders bear no count of updates for each instrument. What proves that none is missing is the count of packets alone:
 * after any loss no order book of the feed is known any more, whatever the price levels' own count proves. Then each book
 * waits for a snapshot that took account of the last lost packet, and what came since that snapshot is applied on top.
 *
 * <p>One thread; allocates when an instrument is heard of first, and when there are more orders than ever before.
 */
final class OrderBooks {
    /** As {@link SnapshotRecovery}'s: what claims to be further ahead refers to a count of packets that has ended. */
    private static final long LONGEST_LEAD = 1 << 17;

    private final BookCounts counts;
    private final OrderStore store;
    private final PendingOrders pending;
    private final SnapshotOrders parts = new SnapshotOrders();
    /** Of the snapshot that is being read; null when it is of no use. */
    private OrderBook target;
    private long targetSequence;
    private boolean sound;

    OrderBooks(final BookCounts counts, final int maxOrders, final int recoveryCapacity) {
        this.counts = counts;
        store = new OrderStore(maxOrders);
        pending = new PendingOrders(recoveryCapacity);
    }

    OrderBook open(final long instrument, final boolean knownToBeEmpty) {
        final OrderBook book = new OrderBook(instrument, store);
        if (knownToBeEmpty) {
            book.reset();
        }
        return book;
    }

    /** An update, from this packet. */
    void update(
            final OrderBook book, final long packet, final long order, final int side, final int action,
            final long priority, final long price, final int quantity) {
        counts.increment(BookCounter.ORDER_UPDATES);
        if (packet <= book.snapshotSequence) {
            counts.increment(BookCounter.KNOWN_UPDATES);
        } else if (!book.whole) {
            if (pending.add(book, packet, order, side, action, priority, price, quantity)) {
                counts.increment(BookCounter.RECOVERY_OVERFLOWS);
            }
        } else if (!apply(book, order, side, action, priority, price, quantity)) {
            counts.increment(BookCounter.INVALID_ORDERS);
            lose(book);
            // What this packet brings besides is not kept, or would not be understood: a snapshot must contain all of it.
            book.pending.from = packet + 1;
        }
    }

    /** Applies an update to a book that is whole, or becoming so; false when it contradicts the book. */
    boolean apply(
            final OrderBook book, final long order, final int side, final int action, final long priority,
            final long price, final int quantity) {
        final int record = store.find(order ^ book.salt);
        final LevelsByOrder levels = book.sides[side];
        if (record != OrderStore.NONE && store.side(record) != levels.number()) {
            return false;
        }
        final boolean done = switch (action) {
            case MarketDataListener.ACTION_NEW -> record == OrderStore.NONE && insert(book, order, side, priority, price, quantity);
            case MarketDataListener.ACTION_CHANGE -> record != OrderStore.NONE && change(record, book, order, side, priority, price, quantity);
            default -> record != OrderStore.NONE && action == MarketDataListener.ACTION_DELETE;
        };
        if (done && action == MarketDataListener.ACTION_DELETE) {
            store.remove(record);
        }
        levels.refresh();
        return done;
    }

    private boolean insert(
            final OrderBook book, final long order, final int side, final long priority, final long price, final int quantity) {
        return quantity > 0 && price != MarketDataListener.NO_PRICE && (order ^ book.salt) != 0
                && store.find(order ^ book.salt) == OrderStore.NONE
                && store.insert(book.sides[side].number(), order ^ book.salt, price, quantity, priority);
    }

    private boolean change(
            final int record, final OrderBook book, final long order, final int side, final long priority,
            final long price, final int quantity) {
        if (quantity <= 0 || price == MarketDataListener.NO_PRICE) {
            return false;
        }
        final long place = store.priority(record);
        final long newPlace = priority == MarketDataListener.NO_PRIORITY ? place : priority;
        if (newPlace == place && price == store.price(record)) {
            store.resize(record, quantity);
            return true;
        }
        store.remove(record);
        return insert(book, order, side, newPlace, price, quantity);
    }

    /**
     * A book is known to be empty from this packet on; said of one, or of all.
     *
     * @param packet in which it is said
     */
    void reset(final OrderBook book, final long packet) {
        // A snapshot that is ahead contains what came after the reset.
        if (book.snapshotSequence < 0 || packet > book.snapshotSequence) {
            pending.drop(book);
            book.reset();
        }
    }

    /** Packets up to this one were lost, after any that was seen. */
    void onGap(final OrderBook book, final long lostUpTo) {
        // What a snapshot took account of before it was lost here is not lost.
        if (lostUpTo > book.snapshotSequence || !book.whole) {
            lose(book);
        }
    }

    /** Packets are counted anew: no number known so far says anything of those to come. */
    void onRestart(final OrderBook book) {
        lose(book);
        book.pending.from = 0;
    }

    /** No snapshot's piece that came so far is of use any more. */
    void forgetParts() {
        parts.forget();
    }

    private void lose(final OrderBook book) {
        pending.drop(book);
        book.snapshotSequence = -1;
        book.hide();
    }

    /**
     * A piece of a snapshot begins.
     *
     * @param packet   the packet of the feed that was processed last
     * @param lostUpTo the last packet that was lost, or that came before the first one seen
     * @param sequence last packet that the snapshot took account of
     */
    void beginSnapshot(
            final OrderBook book, final long instrument, final long packet, final long lostUpTo, final long sequence,
            final long chunk, final long chunks) {
        target = null;
        sound = true;
        if (sequence - packet > LONGEST_LEAD) {
            counts.increment(BookCounter.BROKEN_SNAPSHOTS);
        } else if (sequence < lostUpTo || sequence + 1 < book.pending.from) {
            counts.increment(BookCounter.OLD_SNAPSHOTS);
        } else if (parts.begin(instrument, sequence, chunk, chunks)) {
            target = book;
            targetSequence = sequence;
        } else {
            counts.increment(BookCounter.BROKEN_SNAPSHOTS);
        }
    }

    void snapshotOrder(final long order, final int side, final long priority, final long price, final int quantity) {
        if (target != null) {
            parts.order(order, side, priority, price, quantity);
        }
    }

    /** The piece is complete; whether it made the book whole. */
    boolean endSnapshot() {
        final OrderBook book = target;
        target = null;
        final SnapshotOrders.Parts all = book == null ? null : parts.end();
        if (all == null) {
            return false;
        }
        book.empty();
        for (int i = 0; i < all.count && sound; i++) {
            sound = insert(book, all.order[i], all.side[i], all.priority[i], all.price[i], all.quantity[i]);
        }
        if (!sound || !pending.replay(book, targetSequence, this)) {
            book.empty();
            counts.increment(BookCounter.BROKEN_SNAPSHOTS);
            return false;
        }
        pending.drop(book);
        book.snapshotSequence = targetSequence;
        book.show();
        counts.increment(BookCounter.ORDER_SNAPSHOTS);
        return true;
    }

    /** Quantity that is filled before an order; -1 when it is not known. */
    long quantityAhead(final OrderBook book, final long order) {
        final int record = known(book, order);
        return record == OrderStore.NONE ? -1 : store.quantityAhead(record);
    }

    /** Orders that are filled before an order; -1 when it is not known. */
    int ordersAhead(final OrderBook book, final long order) {
        final int record = known(book, order);
        return record == OrderStore.NONE ? -1 : store.ordersAhead(record);
    }

    private int known(final OrderBook book, final long order) {
        final int record = book.whole ? store.find(order ^ book.salt) : OrderStore.NONE;
        return record != OrderStore.NONE && (store.side(record) == book.sides[MarketDataListener.BID].number()
                || store.side(record) == book.sides[MarketDataListener.ASK].number()) ? record : OrderStore.NONE;
    }
}
