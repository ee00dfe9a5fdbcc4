package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;
import io.tickbridge.gateway.feed.MarketDataListener;

/**
 * What a feed says of single orders where these make the levels (Nasdaq TotalView, IEX DEEP+), applied to the books that
 * they belong to.
 */
final class OrderUpdates {
    private final BookOrders orders;
    private final FeedBooks books;
    private final CurrentEvent event;
    private final UpdateCheck check;
    private final BookCounts counts;
    private final BookListener listener;
    /** As counted so far. */
    private long lateMemory;
    private final OrdersSoon soon;

    OrderUpdates(
            final BookOrders orders, final FeedBooks books, final CurrentEvent event, final UpdateCheck check,
            final BookCounts counts, final BookListener listener) {
        this.orders = orders;
        this.books = books;
        this.event = event;
        this.check = check;
        this.counts = counts;
        this.listener = listener;
        soon = new OrdersSoon(orders.store(), books);
    }

    /** Counts memory that came too late since this was asked last. */
    void countLateMemory() {
        final long late = orders.store().lateMemory();
        if (late != lateMemory) {
            counts.add(BookCounter.LATE_MEMORY, late - lateMemory);
            lateMemory = late;
        }
    }

    /** The record of an order of a book that may be read; {@link OrderStore#NONE} when there is none. */
    int find(final MarketBook book, final long order) {
        final int record = book == null || !book.hasLevels() ? OrderStore.NONE : orders.find(order);
        return record != OrderStore.NONE && orders.isOf(record, book) ? record : OrderStore.NONE;
    }

    /** As {@link MarketDataListener#orderPrice}: nothing of a book that a senseless update has spoilt, nor when no order has room. */
    long price(final MarketBook book, final long order) {
        if (book != null && book.isSpoilt() || orders.store().isFull()) {
            return MarketDataListener.PRICE_UNTOLD;
        }
        final int record = find(book, order);
        return record == OrderStore.NONE ? MarketDataListener.NO_PRICE : orders.price(record);
    }

    OrderStore store() {
        return orders.store();
    }

    /** As {@link MarketDataListener#onOrdersSoon}. */
    void touchSoon(final long[] instruments, final long[] numbers, final int[] sides, final int count) {
        soon.touch(instruments, numbers, sides, count);
    }

    void add(
            final long instrument, final long order, final int side, final long price, final int quantity,
            final int attribution) {
        final MarketBook book = books.anyBook(instrument);
        event.touchOrders(book);
        if (check.isAnchored(book)) {
            event.countUpdate();
            if (!orders.add(book, order, side, price, quantity, attribution)) {
                check.invalid(book);
            }
        }
    }

    void execute(
            final long instrument, final long order, final int quantity, final long price, final boolean isTrade,
            final long tradeTime) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book == null) {
            return;
        }
        if (isTrade) {
            counts.increment(BookCounter.TRADES);
            // Who rested was hit by the other side.
            listener.onTrade(
                    book, tradeTime, price == MarketDataListener.NO_PRICE ? orders.price(record) : price, quantity,
                    orders.side(record) == MarketDataListener.BID ? MarketDataListener.ASK : MarketDataListener.BID);
        }
        if (!orders.reduce(record, book, quantity)) {
            check.invalid(book);
        }
    }

    void reduce(final long instrument, final long order, final int quantity) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book != null && !orders.reduce(record, book, quantity)) {
            check.invalid(book);
        }
    }

    void delete(final long instrument, final long order) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book != null) {
            orders.delete(record, book);
        }
    }

    void replace(final long instrument, final long order, final long newOrder, final long price, final int quantity) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book != null && !orders.replace(record, book, newOrder, price, quantity)) {
            check.invalid(book);
        }
    }

    void modify(
            final long instrument, final long order, final long price, final int quantity, final boolean keepsPlace) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book != null && !orders.modify(record, book, price, quantity, keepsPlace)) {
            check.invalid(book);
        }
    }

    /** The book in which an order is to be changed; null when it cannot be, which has been dealt with then. */
    private MarketBook ownerForUpdate(final int record, final long instrument) {
        // By the instrument that the message names, and then compared: to go from order to level to side to book would be to
        // wait for each of them in turn.
        final MarketBook book = books.anyBook(instrument);
        if (record == OrderStore.NONE || !orders.isOf(record, book)) {
            // No such order, or another instrument's. Of a book whose beginning is not known that is nothing strange.
            event.touch(book);
            if (check.isAnchored(book)) {
                check.invalid(book);
            }
            return null;
        }
        event.touchOrders(book);
        event.countUpdate();
        return check.isAnchored(book) ? book : null;
    }
}
