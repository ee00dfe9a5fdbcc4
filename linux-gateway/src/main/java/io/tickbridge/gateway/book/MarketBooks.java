package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;
import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.Statistic;
import io.tickbridge.protocol.Venue;
import java.util.Map;

/**
 * All books of one feed. What kind of book an instrument has follows from what its feed says of it: levels by
 * position, levels by price, or quotes.
 *
 * <p>Single-threaded: the receive thread's. Allocates when an instrument is heard of first, or a book that is kept by price
 * grows deeper than it ever was, and not otherwise.
 */
public final class MarketBooks implements MarketDataListener {
    /** Live orders of a feed at most, unless said otherwise; Nasdaq has had about three million. */
    public static final int USUAL_ORDERS = 1 << 23;
    /** Updates kept for books that wait for a snapshot: seconds of a busy channel's, at 36 bytes each. */
    private static final int RECOVERY_CAPACITY = 1 << 16;
    /** The same of single orders, of which there are more; 48 bytes each, taken where orders are followed alone. */
    private static final int ORDER_RECOVERY_CAPACITY = 1 << 18;

    private final BookListener listener;
    private final BookCounts counts = new BookCounts();
    private final FeedPosition position = new FeedPosition();
    private final CurrentEvent event;
    private final FeedBooks books;
    private final UpdateCheck check;
    private final BookStatuses statuses;
    private final SnapshotRecovery recovery = new SnapshotRecovery(counts, RECOVERY_CAPACITY);
    private final LevelSnapshots snapshots;
    private final FeedBreaks breaks;
    /** Null when the venue's books are not kept order by order. */
    private final OrderUpdates orders;
    /** Null when single orders are not followed beside price levels. */
    private final OrderBooks orderBooks;
    /** Whose orders are being read from a snapshot. */
    private MarketBook ordersOf;

    /**
     * No book yet.
     *
     * @param venue    where the instruments trade
     * @param feed     number of the feed in the configuration, from 0
     * @param facts    what is known of instruments beforehand, by key
     * @param others   what is known of every other instrument
     * @param listener told what happens to the books
     */
    public MarketBooks(final Venue venue, final int feed, final Map<Long, InstrumentFacts> facts,
            final InstrumentFacts others, final BookListener listener) {
        this(venue, feed, facts, others, venue == Venue.NASDAQ ? USUAL_ORDERS : 0, listener);
    }

    /**
     * No book yet.
     *
     * @param venue     where the instruments trade
     * @param feed      number of the feed in the configuration, from 0
     * @param facts     what is known of instruments beforehand, by key
     * @param others    what is known of every other instrument
     * @param maxOrders live orders at most, one more is an invalid update; 0 when single orders are not followed. CME's are
     *                  followed beside its price levels, other venues' make the levels
     * @param listener  told what happens to the books
     */
    public MarketBooks(final Venue venue, final int feed, final Map<Long, InstrumentFacts> facts,
            final InstrumentFacts others, final int maxOrders, final BookListener listener) {
        this.listener = listener;
        final BookOrders single = maxOrders > 0 && venue != Venue.CME ? new BookOrders(maxOrders) : null;
        final HaltedGroups haltedGroups = new HaltedGroups();
        orderBooks = maxOrders > 0 && venue == Venue.CME
                ? new OrderBooks(counts, maxOrders, ORDER_RECOVERY_CAPACITY) : null;
        event = new CurrentEvent(counts, listener);
        books = new FeedBooks(
                venue, feed, facts, others, position, event, counts, listener, haltedGroups, single, orderBooks);
        check = new UpdateCheck(position, event, counts, recovery);
        statuses = new BookStatuses(position, event, haltedGroups, books);
        snapshots = new LevelSnapshots(position, event, books, statuses, recovery, counts, listener);
        breaks = new FeedBreaks(position, event, books, statuses, recovery, counts, listener, single, orderBooks);
        orders = single == null ? null : new OrderUpdates(single, books, event, check, counts, listener);
    }

    /**
     * Memory outside the heap that orders may take in the end.
     *
     * @param maxOrders live orders at most
     * @return bytes
     */
    public static long memory(final int maxOrders) {
        return OrderStore.memory(maxOrders);
    }

    /**
     * What was counted. Safe to read from any thread.
     *
     * @return the same object for the life of the books
     */
    public BookCounts counts() {
        return counts;
    }

    /**
     * Finds a book.
     *
     * @param instrument the venue's key
     * @return null when the instrument was not heard of
     */
    public InstrumentBook find(final long instrument) {
        return books.find(instrument);
    }

    /**
     * An order's place in the queue at its price, where single orders are followed.
     *
     * @param instrument the venue's key
     * @param order      the venue's number
     * @return quantity that is filled before it; -1 when there is no such order, or its book is not known
     */
    public long quantityAhead(final long instrument, final long order) {
        final MarketBook book = books.find(instrument);
        if (book != null && book.orderBook != null) {
            return orderBooks.quantityAhead(book.orderBook, order);
        }
        final int record = orders == null ? OrderStore.NONE : orders.find(book, order);
        return record == OrderStore.NONE ? -1 : orders.store().quantityAhead(record);
    }

    /**
     * As {@link #quantityAhead}, in orders.
     *
     * @param instrument the venue's key
     * @param order      the venue's number
     * @return orders that are filled before it; -1 when there is no such order, or its book is not known
     */
    public int ordersAhead(final long instrument, final long order) {
        final MarketBook book = books.find(instrument);
        if (book != null && book.orderBook != null) {
            return orderBooks.ordersAhead(book.orderBook, order);
        }
        final int record = orders == null ? OrderStore.NONE : orders.find(book, order);
        return record == OrderStore.NONE ? -1 : orders.store().ordersAhead(record);
    }

    @Override
    public void onPacketStart(final long receiveTime, final boolean late) {
        if (orders != null) {
            orders.countLateMemory();
        }
        listener.onPacketStart(receiveTime, late);
    }

    @Override
    public void onPacketSequence(final long packetSequence) {
        position.packet(packetSequence);
    }

    @Override
    public boolean wantsSnapshot(final long instrument) {
        return snapshots.wants(instrument);
    }

    @Override
    public void onSnapshotStart(final long instrument, final long snapshotSequence, final long reportSequence) {
        snapshots.begin(instrument, snapshotSequence, reportSequence);
    }

    @Override
    public void onSnapshotLevel(
            final int side, final int level, final long price, final int quantity, final int orderCount) {
        snapshots.level(side, level, price, quantity, orderCount);
    }

    @Override
    public void onSnapshotEnd(final int status, final long time) {
        snapshots.end(status, time);
    }

    @Override
    public boolean wantsOrders() {
        return orderBooks != null;
    }

    @Override
    public void onOrder(
            final long instrument, final long order, final int side, final int action, final long priority,
            final long price, final int quantity) {
        final MarketBook book = books.book(instrument);
        if (position.sequence > book.snapshotSequence) {
            event.touch(book);
        }
        // Else its levels stand on a snapshot from further on, and are no news of this event.
        orderBooks.update(book.orderBook, position.sequence, order, side, action, priority, price, quantity);
    }

    @Override
    public boolean wantsOrderSnapshot(final long instrument) {
        if (position.sequence == FeedPosition.NO_SEQUENCE || orderBooks == null) {
            return false;
        }
        final MarketBook book = books.find(instrument);
        return book == null ? !position.anchored : !book.orderBook.whole;
    }

    @Override
    public void onOrderSnapshotStart(
            final long instrument, final long snapshotSequence, final long chunk, final long chunks) {
        final MarketBook book = books.book(instrument);
        ordersOf = book;
        orderBooks.beginSnapshot(
                book.orderBook, instrument, position.sequence, position.lostUpTo, snapshotSequence, chunk, chunks);
    }

    @Override
    public void onSnapshotOrder(
            final long order, final int side, final long priority, final long price, final int quantity) {
        orderBooks.snapshotOrder(order, side, priority, price, quantity);
    }

    @Override
    public void onOrderSnapshotEnd() {
        if (orderBooks.endSnapshot() && !ordersOf.touched) {
            listener.onBookEvent(ordersOf, event.time());
        }
    }

    @Override
    public void onDefinition(final InstrumentDefinition definition) {
        counts.increment(BookCounter.DEFINITIONS);
        final MarketBook book = books.book(definition.instrument());
        statuses.define(book, definition);
        listener.onDefinition(book, definition);
    }

    @Override
    public void onLevel(final long instrument, final long reportSequence, final int side, final int action,
            final int level, final long price, final int quantity, final int orderCount) {
        final MarketBook book = books.book(instrument);
        if (check.isNext(book, reportSequence)) {
            event.touch(book);
            event.countUpdate();
            if (!book.whole) {
                recovery.keep(book, reportSequence, side, action, level, price, quantity, orderCount);
            }
            if (!book.byPosition[side].apply(action, level, price, quantity, orderCount)) {
                check.invalid(book);
            } else if (book.isDepthGuessed && book.whole && book.isShortened()) {
                // The next snapshot tells what is missing; from here on what it may lack is kept.
                book.whole = false;
                recovery.drop(book, book.nextReport);
            }
        }
    }

    @Override
    public void onPriceLevel(final long instrument, final int side, final long price, final int quantity) {
        final MarketBook book = books.book(instrument);
        event.touch(book);
        if (!check.isAnchored(book)) {
            return;
        }
        event.countUpdate();
        if (!book.byPrice[side].apply(price, quantity)) {
            // Exchanges do send this. It states that nothing stands at that price, and so it is.
            counts.increment(BookCounter.ABSENT_REMOVALS);
        }
    }

    @Override
    public void onInstrument(final long instrument) {
        books.book(instrument);
    }

    @Override
    public boolean wantsOrdersSoon() {
        return orders != null && orders.store().isLarge();
    }

    @Override
    public void onOrdersSoon(final long[] instruments, final long[] numbers, final int[] sides, final int count) {
        orders.touchSoon(instruments, numbers, sides, count);
    }

    @Override
    public boolean tellsOrderPrices() {
        return orders != null;
    }

    @Override
    public long orderPrice(final long instrument, final long order) {
        return orders == null ? PRICE_UNTOLD : orders.price(books.find(instrument), order);
    }

    @Override
    public void onOrderAdded(final long instrument, final long order, final int side, final long price,
            final int quantity, final int attribution) {
        orders.add(instrument, order, side, price, quantity, attribution);
    }

    @Override
    public void onOrderExecuted(final long instrument, final long order, final int quantity, final long price,
            final boolean isTrade, final long tradeTime) {
        orders.execute(instrument, order, quantity, price, isTrade, tradeTime);
    }

    @Override
    public void onOrderReduced(final long instrument, final long order, final int quantity) {
        orders.reduce(instrument, order, quantity);
    }

    @Override
    public void onOrderDeleted(final long instrument, final long order) {
        orders.delete(instrument, order);
    }

    @Override
    public void onOrderReplaced(final long instrument, final long order, final long newOrder, final long price,
            final int quantity) {
        orders.replace(instrument, order, newOrder, price, quantity);
    }

    @Override
    public void onOrderModified(final long instrument, final long order, final long price, final int quantity,
            final boolean keepsPlace) {
        orders.modify(instrument, order, price, quantity, keepsPlace);
    }

    @Override
    public void onTradeBreak(final long instrument, final long trade, final long breakTime) {
        counts.increment(BookCounter.TRADE_BREAKS);
        listener.onTradeBreak(books.book(instrument), trade, breakTime);
    }

    @Override
    public void onTradeOrder(final long instrument, final long order, final int quantity, final boolean took) {
        listener.onTradeOrder(books.book(instrument), order, quantity, took);
    }

    @Override
    public void onStatistic(
            final long instrument, final Statistic kind, final long price, final long quantity, final long statisticTime) {
        listener.onStatistic(books.book(instrument), kind, price, quantity, statisticTime);
    }

    @Override
    public void onQuote(final long instrument, final long bidPrice, final int bidQuantity, final long askPrice,
            final int askQuantity) {
        final MarketBook book = books.book(instrument);
        event.touch(book);
        event.countUpdate();
        book.suspect = false;
        book.quoted = true;
        book.byPrice[BID].setOnly(bidPrice != NO_PRICE && bidQuantity > 0, bidPrice, bidQuantity);
        book.byPrice[ASK].setOnly(askPrice != NO_PRICE && askQuantity > 0, askPrice, askQuantity);
    }

    @Override
    public void onTrade(final long instrument, final long reportSequence, final long tradeTime, final long price,
            final int quantity, final int aggressor) {
        final MarketBook book = books.book(instrument);
        if (check.isNext(book, reportSequence)) {
            event.touch(book);
            counts.increment(BookCounter.TRADES);
            listener.onTrade(book, tradeTime, price, quantity, aggressor);
        }
    }

    @Override
    public void onOtherUpdate(final long instrument, final long reportSequence) {
        check.passOther(books.book(instrument), reportSequence);
    }

    @Override
    public void onTradingStatus(final long instrument, final int status) {
        statuses.state(books.book(instrument), status);
    }

    @Override
    public void onGroupTradingStatus(final long group, final int status) {
        statuses.stateGroup(group, status);
    }

    @Override
    public void onBookReset(final long instrument) {
        breaks.reset(books.book(instrument));
    }

    @Override
    public void onFeedReset() {
        breaks.resetAll();
    }

    @Override
    public void onRebuildStart() {
        breaks.startRebuild();
    }

    @Override
    public void onRebuildEnd(final long time) {
        breaks.endRebuild(time);
    }

    @Override
    public void onSequenceGap(final long fromSequence, final long toSequence) {
        breaks.lose(toSequence);
    }

    @Override
    public void onSequenceRestart() {
        breaks.restart();
    }

    @Override
    public void onEventEnd(final long time) {
        event.end(time);
    }
}
