package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;
import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.Statistic;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.Arrays;
import java.util.Map;

/**
 * All books of one feed. What kind of book an instrument has follows from what its feed says of it: levels by
 * position, levels by price, or quotes.
 *
 * <p>Single-threaded: the receive thread's. Allocates when an instrument is heard of first, or a book grows deeper
 * than it ever was, and not otherwise.
 */
public final class MarketBooks implements MarketDataListener {
    /** Live orders of a feed at most, unless said otherwise; Nasdaq has had about three million. */
    public static final int USUAL_ORDERS = 1 << 23;
    private static final int FIRST_CAPACITY = 64;
    private static final long NO_SEQUENCE = -1;
    /** Updates kept for books that wait for a snapshot: seconds of a busy channel's, at 36 bytes each. */
    private static final int RECOVERY_CAPACITY = 1 << 16;
    /** The same of single orders, of which there are more; 48 bytes each, taken where orders are followed alone. */
    private static final int ORDER_RECOVERY_CAPACITY = 1 << 18;

    private final Venue venue;
    private final int feed;
    private final Map<Long, InstrumentFacts> facts;
    private final InstrumentFacts others;
    private final BookListener listener;
    private final BookCounts counts = new BookCounts();
    private final BookTable byInstrument = new BookTable();
    private final HaltedGroups haltedGroups = new HaltedGroups();
    private final SnapshotRecovery recovery = new SnapshotRecovery(counts, RECOVERY_CAPACITY);
    /** Null when the venue's books are not kept order by order. */
    private final BookOrders orders;
    /** Null when single orders are not followed beside price levels. */
    private final OrderBooks orderBooks;

    /** In order of first sight: the order of everything that concerns all books. */
    private MarketBook[] books = new MarketBook[FIRST_CAPACITY];
    private int bookCount;
    /** In order of first touch by the current event; as long as {@link #books}, so that it never overflows. */
    private MarketBook[] touched = new MarketBook[FIRST_CAPACITY];
    private int touchedCount;
    /** Updates come in runs of one instrument: asked before the map. */
    private MarketBook latest;
    /** Whether every packet since a reset of the feed was seen. */
    private boolean anchored;
    /** Whether packets were lost since the start or the last reset of the feed. */
    private boolean gapped;
    /** Whether books are being made that must not be relied upon yet. */
    private boolean rebuilding;
    private long levelUpdates;
    /** As counted so far. */
    private long lateMemory;
    /** Sum of what was read only to have it near. */
    private long touchedMemory;
    private long exchangeTime;
    /** Whose orders are being read from a snapshot. */
    private MarketBook ordersOf;
    /** Number of the packet that is being processed. */
    private long sequence = NO_SEQUENCE;
    /** Whose snapshot is being read, and the last packet that it takes account of. */
    private MarketBook snapshotOf;
    private long snapshotUpTo;
    /** The last packet that was lost, or the one before the first that was seen. */
    private long lostUpTo;

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
        this.venue = venue;
        this.feed = feed;
        this.facts = Map.copyOf(facts);
        this.others = others;
        this.listener = listener;
        this.orders = maxOrders > 0 && venue != Venue.CME ? new BookOrders(maxOrders) : null;
        this.orderBooks = maxOrders > 0 && venue == Venue.CME
                ? new OrderBooks(counts, maxOrders, ORDER_RECOVERY_CAPACITY) : null;
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
        return byInstrument.get(instrument);
    }

    /**
     * An order's place in the queue at its price, where single orders are followed.
     *
     * @param instrument the venue's key
     * @param order      the venue's number
     * @return quantity that is filled before it; -1 when there is no such order, or its book is not known
     */
    public long quantityAhead(final long instrument, final long order) {
        final MarketBook book = byInstrument.get(instrument);
        if (book != null && book.orderBook != null) {
            return orderBooks.quantityAhead(book.orderBook, order);
        }
        final int record = trusted(book, order);
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
        final MarketBook book = byInstrument.get(instrument);
        if (book != null && book.orderBook != null) {
            return orderBooks.ordersAhead(book.orderBook, order);
        }
        final int record = trusted(book, order);
        return record == OrderStore.NONE ? -1 : orders.store().ordersAhead(record);
    }

    private int trusted(final MarketBook book, final long order) {
        final int record = book == null || orders == null || !book.hasLevels() ? OrderStore.NONE : orders.find(order);
        return record != OrderStore.NONE && orders.owner(record) == book ? record : OrderStore.NONE;
    }

    @Override
    public void onPacketStart(final long receiveTime, final boolean late) {
        if (orders != null && orders.store().lateMemory() != lateMemory) {
            counts.add(BookCounter.LATE_MEMORY, orders.store().lateMemory() - lateMemory);
            lateMemory = orders.store().lateMemory();
        }
        listener.onPacketStart(receiveTime, late);
    }

    @Override
    public void onPacketSequence(final long packetSequence) {
        if (sequence == NO_SEQUENCE) {
            lostUpTo = packetSequence - 1;
        }
        sequence = packetSequence;
    }

    @Override
    public boolean wantsSnapshot(final long instrument) {
        if (sequence == NO_SEQUENCE) {
            return false;
        }
        final MarketBook book = byInstrument.get(instrument);
        return book == null ? !anchored : lacksLevels(book) || book.statusDoubtful;
    }

    private static boolean lacksLevels(final MarketBook book) {
        return !book.whole || book.suspect;
    }

    @Override
    public void onSnapshotStart(final long instrument, final long snapshotSequence, final long reportSequence) {
        final MarketBook book = book(instrument);
        snapshotOf = null;
        if (snapshotSequence - sequence > SnapshotRecovery.LONGEST_LEAD) {
            counts.increment(BookCounter.BROKEN_SNAPSHOTS);
            recovery.pass();
            return;
        }
        snapshotOf = book;
        snapshotUpTo = snapshotSequence;
        if (lacksLevels(book)) {
            recovery.begin(book, Math.max(sequence, lostUpTo), lostUpTo, snapshotSequence, reportSequence);
        } else {
            // It is whole; only its trading status is in doubt.
            recovery.pass();
        }
    }

    @Override
    public void onSnapshotLevel(
            final int side, final int position, final long price, final int quantity, final int orders) {
        recovery.level(side, position, price, quantity, orders);
    }

    @Override
    public void onSnapshotEnd(final int status, final long time) {
        final MarketBook made = recovery.end();
        final MarketBook book = snapshotOf;
        snapshotOf = null;
        if (book == null) {
            return;
        }
        // What the snapshot says of the status holds, whether or not its levels could be used.
        takeStatus(book, status);
        if (made != null) {
            // It may be ahead of an event that is not complete yet, whose end must not show it as that event's book.
            leave(book);
            settle(book);
            listener.onBookEvent(book, time);
        } else if (!book.touched) {
            settle(book);
        }
    }

    /** The current event has not touched this book after all. */
    private void leave(final MarketBook book) {
        if (book.touched) {
            book.touched = false;
            int at = 0;
            while (touched[at] != book) {
                at++;
            }
            touchedCount--;
            System.arraycopy(touched, at + 1, touched, at, touchedCount - at);
        }
    }

    private void takeStatus(final MarketBook book, final int status) {
        // A status that was stated after the snapshot was taken is newer than the snapshot's.
        if (status == STATUS_UNKNOWN || snapshotUpTo < book.statusSequence) {
            return;
        }
        book.tradingStatus = status;
        book.statusSequence = snapshotUpTo;
        book.statusFromSnapshot = true;
        book.tradingUpTo = status == STATUS_TRADING ? snapshotUpTo : book.tradingUpTo;
        book.groupHalted = haltedGroups.include(book);
        book.statusDoubtful &= snapshotUpTo < lostUpTo;
    }

    @Override
    public boolean wantsOrders() {
        return orderBooks != null;
    }

    @Override
    public void onOrder(
            final long instrument, final long order, final int side, final int action, final long priority,
            final long price, final int quantity) {
        final MarketBook book = book(instrument);
        if (sequence > book.snapshotSequence) {
            touch(book);
        }
        // Else its levels stand on a snapshot from further on, and are no news of this event.
        orderBooks.update(book.orderBook, sequence, order, side, action, priority, price, quantity);
    }

    @Override
    public boolean wantsOrderSnapshot(final long instrument) {
        if (sequence == NO_SEQUENCE || orderBooks == null) {
            return false;
        }
        final MarketBook book = byInstrument.get(instrument);
        return book == null ? !anchored : !book.orderBook.whole;
    }

    @Override
    public void onOrderSnapshotStart(
            final long instrument, final long snapshotSequence, final long chunk, final long chunks) {
        final MarketBook book = book(instrument);
        ordersOf = book;
        orderBooks.beginSnapshot(book.orderBook, instrument, sequence, lostUpTo, snapshotSequence, chunk, chunks);
    }

    @Override
    public void onSnapshotOrder(
            final long order, final int side, final long priority, final long price, final int quantity) {
        orderBooks.snapshotOrder(order, side, priority, price, quantity);
    }

    @Override
    public void onOrderSnapshotEnd() {
        if (orderBooks.endSnapshot() && !ordersOf.touched) {
            listener.onBookEvent(ordersOf, exchangeTime);
        }
    }

    @Override
    public void onDefinition(final InstrumentDefinition definition) {
        counts.increment(BookCounter.DEFINITIONS);
        final MarketBook book = book(definition.instrument());
        final long group = book.group;
        book.define(definition);
        if (book.group != group) {
            book.groupHalted = haltedGroups.include(book);
            // What was heard of its group may be old: a snapshot tells.
            book.statusDoubtful |= book.groupHalted;
        }
        if (!book.touched) {
            settle(book);
        }
        listener.onDefinition(book, definition);
    }

    @Override
    public void onLevel(final long instrument, final long reportSequence, final int side, final int action,
            final int position, final long price, final int quantity, final int orders) {
        final MarketBook book = book(instrument);
        if (isNext(book, reportSequence)) {
            touch(book);
            levelUpdates++;
            if (!book.whole) {
                recovery.keep(book, reportSequence, side, action, position, price, quantity, orders);
            }
            if (!book.byPosition[side].apply(action, position, price, quantity, orders)) {
                invalid(book);
            } else if (book.isDepthGuessed && book.whole && book.isShortened()) {
                // The next snapshot tells what is missing; from here on what it may lack is kept.
                book.whole = false;
                recovery.drop(book, book.nextReport);
            }
        }
    }

    @Override
    public void onPriceLevel(final long instrument, final int side, final long price, final int quantity) {
        final MarketBook book = book(instrument);
        touch(book);
        if (!isAnchored(book)) {
            return;
        }
        levelUpdates++;
        if (!book.byPrice[side].apply(price, quantity)) {
            // Exchanges do send this. It states that nothing stands at that price, and so it is.
            counts.increment(BookCounter.ABSENT_REMOVALS);
        }
    }

    @Override
    public void onInstrument(final long instrument) {
        book(instrument);
    }

    @Override
    public boolean wantsOrdersSoon() {
        return orders != null && orders.store().isLarge();
    }

    @Override
    public void onOrderSoon(final int step, final long instrument, final long order, final boolean isNew) {
        long sum;
        if (!isNew) {
            sum = orders.store().touch(step, order);
        } else if (step == 0) {
            sum = orders.store().touch(step, order) + byInstrument.touch(instrument);
        } else {
            final MarketBook book = byInstrument.get(instrument);
            sum = book == null ? 0 : book.byOrder[BID].depth + book.byOrder[ASK].depth;
        }
        touchedMemory += sum;
    }

    @Override
    public void onOrderAdded(final long instrument, final long order, final int side, final long price,
            final int quantity, final int attribution) {
        final MarketBook book = book(instrument);
        touch(book);
        if (isAnchored(book)) {
            levelUpdates++;
            if (!orders.add(book, order, side, price, quantity, attribution)) {
                invalid(book);
            }
        }
    }

    @Override
    public void onOrderExecuted(final long instrument, final long order, final int quantity, final long price,
            final boolean isTrade, final long tradeTime) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book == null) {
            return;
        }
        if (isTrade) {
            counts.increment(BookCounter.TRADES);
            // Who rested was hit by the other side.
            listener.onTrade(book, tradeTime, price == NO_PRICE ? orders.price(record) : price, quantity,
                    orders.side(record) == BID ? ASK : BID);
        }
        if (!orders.reduce(record, book, quantity)) {
            invalid(book);
        }
    }

    @Override
    public void onOrderReduced(final long instrument, final long order, final int quantity) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book != null && !orders.reduce(record, book, quantity)) {
            invalid(book);
        }
    }

    @Override
    public void onOrderDeleted(final long instrument, final long order) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book != null) {
            orders.delete(record, book);
        }
    }

    @Override
    public void onOrderReplaced(final long instrument, final long order, final long newOrder, final long price,
            final int quantity) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book != null && !orders.replace(record, book, newOrder, price, quantity)) {
            invalid(book);
        }
    }

    @Override
    public void onTradeBreak(final long instrument, final long trade, final long breakTime) {
        counts.increment(BookCounter.TRADE_BREAKS);
        listener.onTradeBreak(book(instrument), trade, breakTime);
    }

    @Override
    public void onTradeOrder(final long instrument, final long order, final int quantity, final boolean took) {
        listener.onTradeOrder(book(instrument), order, quantity, took);
    }

    @Override
    public void onStatistic(
            final long instrument, final Statistic kind, final long price, final long quantity, final long statisticTime) {
        listener.onStatistic(book(instrument), kind, price, quantity, statisticTime);
    }

    @Override
    public void onOrderModified(final long instrument, final long order, final long price, final int quantity,
            final boolean keepsPlace) {
        final int record = orders.find(order);
        final MarketBook book = ownerForUpdate(record, instrument);
        if (book != null && !orders.modify(record, book, price, quantity, keepsPlace)) {
            invalid(book);
        }
    }


    @Override
    public void onQuote(final long instrument, final long bidPrice, final int bidQuantity, final long askPrice,
            final int askQuantity) {
        final MarketBook book = book(instrument);
        touch(book);
        levelUpdates++;
        book.suspect = false;
        book.quoted = true;
        book.byPrice[BID].setOnly(bidPrice != NO_PRICE && bidQuantity > 0, bidPrice, bidQuantity);
        book.byPrice[ASK].setOnly(askPrice != NO_PRICE && askQuantity > 0, askPrice, askQuantity);
    }

    @Override
    public void onTrade(final long instrument, final long reportSequence, final long tradeTime, final long price,
            final int quantity, final int aggressor) {
        final MarketBook book = book(instrument);
        if (isNext(book, reportSequence)) {
            touch(book);
            counts.increment(BookCounter.TRADES);
            listener.onTrade(book, tradeTime, price, quantity, aggressor);
        }
    }

    @Override
    public void onOtherUpdate(final long instrument, final long reportSequence) {
        final MarketBook book = book(instrument);
        if (book.nextReport == reportSequence && !book.suspect) {
            book.nextReport = reportSequence + 1;
        } else if (isNextAfterAll(book, reportSequence)) {
            // It changes no level, but what it tells of the report sequence changes whether the book is trusted.
            touch(book);
        }
    }

    @Override
    public void onTradingStatus(final long instrument, final int status) {
        final MarketBook book = book(instrument);
        if (sequence < book.statusSequence) {
            // A snapshot from further on has told of it: the book is ahead of this event, and no news of it.
            return;
        }
        touch(book);
        book.tradingStatus = status;
        book.statusSequence = sequence;
        book.statusFromSnapshot = false;
        // It says nothing of the group, and trades although that is halted by all that is known.
        book.statusDoubtful |= book.groupHalted && status == STATUS_TRADING;
    }

    @Override
    public void onGroupTradingStatus(final long group, final int status) {
        haltedGroups.state(group, status != STATUS_TRADING, sequence);
        for (int i = 0; i < bookCount; i++) {
            final MarketBook book = books[i];
            if (sequence >= book.statusSequence && (book.group == group || book.group == MarketBook.NO_GROUP)) {
                book.groupHalted = haltedGroups.include(book);
                book.statusSequence = sequence;
                // The halt that a snapshot told of may have been the group's, and over now; or another group's.
                book.statusDoubtful |= book.statusFromSnapshot && book.tradingStatus == STATUS_NOT_TRADING
                        || book.groupHalted && (status == STATUS_TRADING || book.group == MarketBook.NO_GROUP);
            }
            if (!book.touched) {
                settle(book);
            }
        }
    }

    @Override
    public void onBookReset(final long instrument) {
        counts.increment(BookCounter.RESETS);
        reset(book(instrument));
    }

    @Override
    public void onFeedReset() {
        counts.increment(BookCounter.RESETS);
        rebuilding = false;
        anchored = true;
        gapped = false;
        if (orders != null) {
            orders.store().clear();
        }
        for (int i = 0; i < bookCount; i++) {
            reset(books[i]);
        }
    }

    @Override
    public void onRebuildStart() {
        onFeedReset();
        rebuilding = true;
        for (int i = 0; i < bookCount; i++) {
            books[i].suspect = true;
            settle(books[i]);
        }
    }

    @Override
    public void onRebuildEnd(final long time) {
        rebuilding = false;
        exchangeTime = time;
        for (int i = 0; i < bookCount; i++) {
            books[i].suspect = false;
            settle(books[i]);
            listener.onBookEvent(books[i], time);
        }
    }

    @Override
    public void onSequenceGap(final long fromSequence, final long toSequence) {
        rebuilding = false;
        lostUpTo = toSequence;
        anchored = false;
        gapped = true;
        for (int i = 0; i < bookCount; i++) {
            final MarketBook book = books[i];
            // What a snapshot took account of before it was lost here is not lost.
            book.suspect |= toSequence > book.snapshotSequence;
            book.statusDoubtful |= toSequence > book.statusSequence;
            book.anchored = false;
            if (book.orderBook != null) {
                orderBooks.onGap(book.orderBook, toSequence);
            }
            if (book.byPosition == null && !book.quoted && book.hasLevels()) {
                // Nothing but a reset can show what of it is still true.
                book.forget(BookState.SEQUENCE_GAP);
                touch(book);
            }
            settle(book);
        }
    }

    @Override
    public void onSequenceRestart() {
        sequence = NO_SEQUENCE;
        haltedGroups.restart();
        anchored = false;
        gapped = true;
        for (int i = 0; i < bookCount; i++) {
            final MarketBook book = books[i];
            if (book.hasLevels()) {
                touch(book);
            }
            book.unlearn();
            recovery.drop(book, Long.MAX_VALUE);
            if (book.orderBook != null) {
                orderBooks.onRestart(book.orderBook);
            }
            settle(book);
        }
        if (orderBooks != null) {
            orderBooks.forgetParts();
        }
    }

    @Override
    public void onEventEnd(final long time) {
        exchangeTime = time;
        if (touchedCount == 0) {
            return;
        }
        for (int i = 0; i < touchedCount; i++) {
            final MarketBook book = touched[i];
            book.touched = false;
            settle(book);
            listener.onBookEvent(book, time);
        }
        touchedCount = 0;
        counts.increment(BookCounter.EVENTS);
        counts.add(BookCounter.LEVEL_UPDATES, levelUpdates);
        levelUpdates = 0;
    }

    private MarketBook book(final long instrument) {
        final MarketBook candidate = latest;
        return candidate != null && candidate.instrument == instrument ? candidate : lookUp(instrument);
    }

    private MarketBook lookUp(final long instrument) {
        final MarketBook book = byInstrument.get(instrument);
        latest = book == null ? add(instrument) : book;
        return latest;
    }

    private MarketBook add(final long instrument) {
        final MarketBook book = new MarketBook(
                instrument, venue, feed, bookCount, facts.getOrDefault(instrument, others),
                orders == null ? null : orders.store());
        if (orders != null) {
            orders.own(book);
        }
        if (orderBooks != null) {
            book.orderBook = orderBooks.open(instrument, anchored);
        }
        book.anchored = anchored;
        book.whole = anchored;
        book.suspect = rebuilding;
        book.groupHalted = haltedGroups.include(book);
        byInstrument.add(book);
        if (bookCount == books.length) {
            books = Arrays.copyOf(books, bookCount * 2);
            touched = Arrays.copyOf(touched, bookCount * 2);
        }
        books[bookCount++] = book;
        counts.increment(BookCounter.INSTRUMENTS);
        listener.onInstrument(book);
        return book;
    }

    /** Whether a book's beginning was seen, so that an update can be applied to it. */
    private boolean isAnchored(final MarketBook book) {
        if (!book.anchored) {
            counts.increment(BookCounter.UNANCHORED_UPDATES);
            if (gapped) {
                book.forget(BookState.SEQUENCE_GAP);
            }
        }
        return book.anchored;
    }

    /** The book in which an order is to be changed; null when it cannot be, which has been dealt with then. */
    private MarketBook ownerForUpdate(final int record, final long instrument) {
        MarketBook book = record == OrderStore.NONE ? null : orders.owner(record);
        if (book == null || book.instrument != instrument) {
            // No such order, or another instrument's. Of a book whose beginning is not known that is nothing strange.
            book = book(instrument);
            touch(book);
            if (isAnchored(book)) {
                invalid(book);
            }
            return null;
        }
        touch(book);
        levelUpdates++;
        return isAnchored(book) ? book : null;
    }

    private void touch(final MarketBook book) {
        if (!book.touched) {
            book.touched = true;
            touched[touchedCount++] = book;
        }
    }

    /** Checks an update's place in its instrument's report sequence; false when it is to be ignored. */
    private boolean isNext(final MarketBook book, final long reportSequence) {
        if (book.nextReport == reportSequence && !book.suspect) {
            book.nextReport = reportSequence + 1;
            return true;
        }
        return isNextAfterAll(book, reportSequence);
    }

    private boolean isNextAfterAll(final MarketBook book, final long reportSequence) {
        if (reportSequence == NO_REPORT_SEQUENCE) {
            return true;
        }
        if (book.nextReport == MarketBook.AHEAD_REPORT) {
            // Whatever its number: updates may have been counted anew between this one and the snapshot.
            if (sequence <= book.snapshotSequence) {
                counts.increment(BookCounter.KNOWN_UPDATES);
                return false;
            }
            book.nextReport = book.snapshotReport + 1;
            if (book.nextReport == reportSequence && !book.suspect) {
                book.nextReport = reportSequence + 1;
                return true;
            }
        }
        if (reportSequence < book.nextReport && !book.suspect) {
            // After arbitration nothing comes twice. Should it, the next update is in turn and clears the suspicion.
            counts.increment(BookCounter.REPEATED_UPDATES);
            book.suspect = true;
            touch(book);
            return false;
        }
        // A number below the expected one on a book that is in doubt already: the exchange counts anew without having
        // said so, and to wait for the old number would be to trust, once it is reached, what stood there long ago.
        if (reportSequence == book.nextReport) {
            counts.increment(BookCounter.HEALED);
        } else if (book.suspect || book.nextReport != MarketBook.ANY_REPORT) {
            counts.increment(BookCounter.REPORT_SEQUENCE_GAPS);
            book.forget(BookState.SEQUENCE_GAP);
            recovery.drop(book, reportSequence);
        } else {
            // The first update seen of it.
            recovery.drop(book, reportSequence);
        }
        book.suspect = false;
        book.nextReport = reportSequence + 1;
        return true;
    }

    private void invalid(final MarketBook book) {
        counts.increment(BookCounter.INVALID_UPDATES);
        book.forget(BookState.INVALID_UPDATE);
        recovery.drop(book, book.nextReport);
    }

    private void reset(final MarketBook book) {
        if (book.orderBook != null) {
            orderBooks.reset(book.orderBook, sequence);
        }
        if (sequence != NO_SEQUENCE && sequence <= book.snapshotSequence) {
            return; // it stands on a snapshot that was taken after the reset
        }
        if (book.hasLevels()) {
            touch(book);
        }
        book.reset(sequence);
        recovery.drop(book, Long.MAX_VALUE);
        settle(book);
    }

    private void settle(final MarketBook book) {
        final BookState state = book.assess();
        if (state != book.state) {
            book.state = state;
            counts.entered(state);
            listener.onStateChange(book, state, exchangeTime);
        }
    }
}
