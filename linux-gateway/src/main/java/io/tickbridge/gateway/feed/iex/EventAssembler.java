package io.tickbridge.gateway.feed.iex;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.MarketDataListener;

/**
 * Makes whole events of decoded messages.
 *
 * <p>"Timestamp Relationships" in both specifications: messages of the same timestamp come from the same event.
 * Trades come first and the quote (TOPS) or the last price level update (DEEP, Event Flags on) concludes them. So a
 * trade leaves its event open for what follows with its symbol and timestamp; anything else, a heartbeat included,
 * ends it. What concludes an event ends it at once: nothing waits for the next message to learn that it is over.
 *
 * <p>Price level updates with Event Flags off are kept back until their book's transition is complete, see {@link
 * UnfinishedUpdates}. One that is not complete after {@link #LONGEST_TRANSITION} of send time is taken as complete
 * and counted: an event takes microseconds, so its end was not sent, and every level that was stated is the best
 * knowledge there is.
 *
 * <p>DEEP+ marks no end of an event. Its messages belong together as long as their timestamp stays the same, whatever
 * their symbols; the end of a line's segment ends an event too, so that nothing waits for the next message.
 *
 * <p>One thread; allocates nothing after construction.
 */
final class EventAssembler {
    /** ns; far above what passes between the segments of one event, far below what a person would notice. */
    static final long LONGEST_TRANSITION = 50_000_000L;
    /** Updates kept back at most; then the transition that waits longest is taken as complete. */
    static final int UNFINISHED_CAPACITY = 1024;

    /** Whether the feed tells of single orders: DEEP+. */
    private final boolean byOrder;
    private final FeedCounts counts;
    private final MarketDataListener listener;
    private final TradingStatuses statuses = new TradingStatuses();
    private final UnfinishedUpdates unfinished = new UnfinishedUpdates(UNFINISHED_CAPACITY);

    private long sendTime;
    private boolean tradeOpen;
    private long openInstrument;
    private long openTime;

    EventAssembler(final boolean byOrder, final FeedCounts counts, final MarketDataListener listener) {
        this.byOrder = byOrder;
        this.counts = counts;
        this.listener = listener;
    }

    /** The exchange's clock moved on: a segment, sent at this time, comes next. */
    void onSendTime(final long time) {
        sendTime = time;
        while (!unfinished.isEmpty() && time - unfinished.oldestSendTime() > LONGEST_TRANSITION) {
            completeOldest();
        }
    }

    /** Nothing more belongs to the trades told last. */
    void endTrades() {
        if (tradeOpen) {
            tradeOpen = false;
            listener.onEventEnd(openTime);
        }
    }

    void onTrade(final long instrument, final long time, final long price, final int quantity) {
        if (byOrder) {
            continueEvent(time);
        } else {
            endOtherTrades(instrument, time);
            tradeOpen = true;
            openInstrument = instrument;
            openTime = time;
        }
        listener.onTrade(instrument, MarketDataListener.NO_REPORT_SEQUENCE, time, price, quantity, -1);
    }

    void onQuote(
            final long instrument, final long time, final boolean available,
            final long bidPrice, final int bidQuantity, final long askPrice, final int askQuantity) {
        endOtherTrades(instrument, time);
        tell(instrument, statuses.onQuoteFlag(instrument, available));
        listener.onQuote(instrument, bidPrice, bidQuantity, askPrice, askQuantity);
        conclude(time);
    }

    void onPriceLevel(
            final long instrument, final long time, final boolean complete,
            final int side, final long price, final int quantity) {
        endOtherTrades(instrument, time);
        if (complete) {
            if (!unfinished.isEmpty()) {
                unfinished.release(instrument, listener);
            }
            listener.onPriceLevel(instrument, side, price, quantity);
            conclude(time);
        } else {
            if (unfinished.isFull()) {
                completeOldest();
            }
            unfinished.add(instrument, side, price, quantity, time, sendTime);
        }
    }

    void onOrderAdded(
            final long instrument, final long time, final long order, final int side, final long price, final int quantity) {
        continueEvent(time);
        listener.onOrderAdded(instrument, order, side, price, quantity, 0);
    }

    void onOrderModified(
            final long instrument, final long time, final long order, final long price, final int quantity,
            final boolean keepsPriority) {
        continueEvent(time);
        listener.onOrderModified(instrument, order, price, quantity, keepsPriority);
    }

    void onOrderExecuted(
            final long instrument, final long time, final long order, final long price, final int quantity) {
        continueEvent(time);
        listener.onOrderExecuted(instrument, order, quantity, price, true, time);
    }

    void onOrderDeleted(final long instrument, final long time, final long order) {
        continueEvent(time);
        listener.onOrderDeleted(instrument, order);
    }

    void onClearBook(final long instrument, final long time) {
        continueEvent(time);
        listener.onBookReset(instrument);
    }

    void onTradeBreak(final long instrument, final long time, final long trade) {
        endTrades();
        listener.onTradeBreak(instrument, trade, time);
    }

    void onRetailInterest(final long instrument, final int interest) {
        endTrades();
        listener.onRetailInterest(
                instrument, interest == 'A' || interest == 'C', interest == 'B' || interest == 'C');
    }

    void onAuction(
            final long instrument, final long time, final int paired, final int imbalance, final int imbalanceSide,
            final long referencePrice, final long clearingPrice) {
        endTrades();
        listener.onAuction(instrument, time, paired, imbalance, imbalanceSide, referencePrice, clearingPrice);
    }

    void onRegulatoryStatus(final long instrument, final long time, final boolean trading) {
        onStatus(instrument, time, statuses.onRegulatory(instrument, trading));
    }

    void onOperationalStatus(final long instrument, final long time, final boolean notHalted) {
        onStatus(instrument, time, statuses.onOperational(instrument, notHalted));
    }

    /** Messages are missing. The listener hears of it before anything that was under way is shown to it. */
    void onGap(final long from, final long to) {
        listener.onSequenceGap(from, to);
        statuses.forget();
        while (!unfinished.isEmpty()) {
            completeOldest();
        }
        endTrades();
    }

    /** A session begins: nothing rests, nothing is known of statuses until the exchange states them. */
    void onReset() {
        endTrades();
        unfinished.clear();
        statuses.forget();
        listener.onFeedReset();
    }

    /** The sender counts anew, and what it said first was missed: nothing is known, not even that nothing rests. */
    void onRestart() {
        endTrades();
        unfinished.clear();
        statuses.forget();
        listener.onSequenceRestart();
    }

    private void onStatus(final long instrument, final long time, final int status) {
        endTrades();
        if (status != MarketDataListener.STATUS_UNKNOWN) {
            listener.onTradingStatus(instrument, status);
            listener.onEventEnd(time);
        }
    }

    private void tell(final long instrument, final int status) {
        if (status != MarketDataListener.STATUS_UNKNOWN) {
            listener.onTradingStatus(instrument, status);
        }
    }

    private void endOtherTrades(final long instrument, final long time) {
        if (tradeOpen && (instrument != openInstrument || time != openTime)) {
            endTrades();
        }
    }

    /** DEEP+: what comes at another time belongs to another event. */
    private void continueEvent(final long time) {
        if (tradeOpen && time != openTime) {
            endTrades();
        }
        tradeOpen = true;
        openTime = time;
    }

    private void conclude(final long time) {
        tradeOpen = false;
        listener.onEventEnd(time);
    }

    private void completeOldest() {
        endTrades();
        counts.increment(FeedCounter.OVERDUE_EVENTS);
        final long time = unfinished.release(unfinished.oldestInstrument(), listener);
        listener.onEventEnd(time);
    }
}
