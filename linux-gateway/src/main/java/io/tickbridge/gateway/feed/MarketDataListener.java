package io.tickbridge.gateway.feed;

/**
 * What a feed says about the market, in the exchange's order. All calls come on the receive thread.
 *
 * <p>Prices are in units of 1e-9 of the quoted unit; {@link #NO_PRICE} stands for a null price. Quantities are
 * contracts or shares. Times are the exchange's, in ns since the Unix epoch. An instrument is named by its
 * venue's own key: CME's SecurityID, or the 8 bytes of a symbol, first character lowest.
 *
 * <p>Updates between two {@link #onEventEnd} calls belong to one event of the matching engine and are looked at
 * together. {@code reportSequence} is CME's RptSeq, which counts every update of one instrument without gaps;
 * venues without one pass {@link #NO_REPORT_SEQUENCE}.
 */
public interface MarketDataListener {
    /** A price that the exchange did not state. */
    long NO_PRICE = Long.MIN_VALUE;
    /** The venue has no count of updates for each instrument. */
    long NO_REPORT_SEQUENCE = -1;

    /** A quantity that the exchange did not state. */
    long NO_QUANTITY = -1;
    /** An update that leaves an order's place in the queue as it was. */
    long NO_PRIORITY = -1;

    /** Sides of a book, as array indices. */
    int BID = 0;
    /** Offers of the base book. */
    int ASK = 1;
    /** Bids implied from other instruments' books; never mixed into the base book. */
    int IMPLIED_BID = 2;
    /** Offers implied from other instruments' books. */
    int IMPLIED_ASK = 3;
    /** Number of sides. */
    int SIDES = 4;

    /** A level is inserted; deeper ones move down. The action numbers are CME's MDUpdateAction (tag 279). */
    int ACTION_NEW = 0;
    /** A level's content is replaced. */
    int ACTION_CHANGE = 1;
    /** A level is removed; deeper ones move up. */
    int ACTION_DELETE = 2;
    /** Every level of the side is removed. */
    int ACTION_DELETE_THRU = 3;
    /** The side is emptied from this position on down, the position itself included. */
    int ACTION_DELETE_FROM = 4;
    /** Like a change. */
    int ACTION_OVERLAY = 5;

    /** Trading status: nothing is known. */
    int STATUS_UNKNOWN = 0;
    /** Continuous trading. */
    int STATUS_TRADING = 1;
    /** Halted, paused, pre-open, closed: anything in which a resting quote cannot be traded against. */
    int STATUS_NOT_TRADING = 2;

    /**
     * What follows comes from this packet, until the next one is named.
     *
     * @param receiveTime ns since the Unix epoch when its frame arrived, whenever it is processed
     * @param late        it waited too long for an earlier one: its content is true, but what follows from it is no
     *                    news and must not be acted on
     */
    default void onPacketStart(final long receiveTime, final boolean late) {
        // What only looks at content does not ask when it came.
    }

    /**
     * Number of the packet that what follows comes from, in the feed's own count; told where snapshots refer to it.
     *
     * @param sequence as {@link #onSequenceGap} counts
     */
    default void onPacketSequence(final long sequence) {
        // What no snapshot heals does not count packets.
    }

    /**
     * Whether a snapshot of this instrument would be of use. Asked for every one that comes by, which is all the time.
     *
     * @param instrument the venue's key
     * @return false when everything of it is known
     */
    default boolean wantsSnapshot(final long instrument) {
        return false;
    }

    /**
     * A snapshot of one instrument's book begins. Its levels follow, then its end; it is no part of an event and no news.
     *
     * @param instrument     the venue's key
     * @param sequence       last packet of the feed that it takes account of
     * @param reportSequence last update of the instrument that it takes account of, 0 for none
     */
    default void onSnapshotStart(final long instrument, final long sequence, final long reportSequence) {
        // Not wanted.
    }

    /**
     * A level of the snapshot.
     *
     * @param side     {@link #BID} to {@link #IMPLIED_ASK}
     * @param position from 0, the best
     * @param price    1e-9 units
     * @param quantity at that price
     * @param orders   number of orders there, or 0 where not stated
     */
    default void onSnapshotLevel(
            final int side, final int position, final long price, final int quantity, final int orders) {
        // Not wanted.
    }

    /**
     * The snapshot is complete.
     *
     * @param status       {@link #STATUS_UNKNOWN} to {@link #STATUS_NOT_TRADING}, of the instrument itself
     * @param exchangeTime of the last event that the snapshot takes account of
     */
    default void onSnapshotEnd(final int status, final long exchangeTime) {
        // Not wanted.
    }

    /**
     * The exchange defines an instrument, or changes its definition, or takes it off the market. Not part of an event.
     *
     * @param definition what it says
     */
    default void onDefinition(final InstrumentDefinition definition) {
        // Venues whose messages carry all that there is to know have none.
    }

    /**
     * An update of a book that is kept by position (CME market-by-price).
     *
     * @param instrument     the venue's key
     * @param reportSequence see above
     * @param side           {@link #BID} to {@link #IMPLIED_ASK}
     * @param action         {@link #ACTION_NEW} to {@link #ACTION_OVERLAY}
     * @param position       from 0, the best
     * @param price          1e-9 units; meaningless for the delete actions
     * @param quantity       at that price, 0 where not stated, which no level can have; meaningless for the delete
     *                       actions
     * @param orders         number of orders there, or 0 where not stated
     */
    void onLevel(long instrument, long reportSequence, int side, int action, int position, long price, int quantity, int orders);

    /**
     * An update of a book that is kept by price (IEX DEEP).
     *
     * @param instrument the venue's key
     * @param side       {@link #BID} or {@link #ASK}
     * @param price      1e-9 units
     * @param quantity   now at that price; 0 removes the level
     */
    void onPriceLevel(long instrument, int side, long price, int quantity);

    /**
     * Both sides' best, complete in one message (IEX TOPS).
     *
     * @param instrument  the venue's key
     * @param bidPrice    1e-9 units, or {@link #NO_PRICE} when there is no bid
     * @param bidQuantity shares; with 0 there is no bid, whatever the price
     * @param askPrice    1e-9 units, or {@link #NO_PRICE} when there is no offer
     * @param askQuantity shares; with 0 there is no offer, whatever the price
     */
    void onQuote(long instrument, long bidPrice, int bidQuantity, long askPrice, int askQuantity);

    /**
     * The exchange introduced an instrument: from here on it may be told of. Venues that introduce none do without.
     *
     * @param instrument the venue's key
     */
    default void onInstrument(final long instrument) {
        // What only looks at prices waits for the first.
    }

    /**
     * Whether {@link #onOrderSoon} is worth while now. Asked before each packet.
     *
     * @return false when everything is at hand anyhow
     */
    default boolean wantsOrdersSoon() {
        return false;
    }

    /**
     * One of the messages that come next names this order. It changes nothing: whoever keeps many orders can bring near
     * what it will need, for all of a packet's orders at once instead of waiting for each in its turn.
     *
     * @param step       0, then 1: all of a packet's orders are named in one step before the next, and what an order
     *                   needs in a step may be reached through what it needed in the one before
     * @param instrument the venue's key; may be one that nobody introduced
     * @param order      the venue's number of the order; there may be none
     * @param isNew      the message is to add it
     */
    default void onOrderSoon(final int step, final long instrument, final long order, final boolean isNew) {
        // What keeps no orders.
    }

    /**
     * An order began to rest, behind all others at its price (books that are kept order by order: Nasdaq TotalView).
     *
     * @param instrument  the venue's key
     * @param order       the venue's number of the order
     * @param side        {@link #BID} or {@link #ASK}
     * @param price       1e-9 units
     * @param quantity    as stated; 0 or less makes no sense
     * @param attribution whose it is: up to 4 ASCII characters, first one highest; 0 where not stated
     */
    default void onOrderAdded(
            final long instrument, final long order, final int side, final long price, final int quantity,
            final int attribution) {
        // What keeps no orders.
    }

    /**
     * Some or all of a resting order was filled. Unlike {@link #onTrade}, this changes the book; the trade it was is
     * not told of otherwise.
     *
     * @param instrument   the venue's key
     * @param order        the venue's number of the order
     * @param quantity     filled; what is left rests on in its place
     * @param price        1e-9 units, or {@link #NO_PRICE} for the order's own
     * @param isTrade      false when the exchange reports the same fill otherwise, as part of an auction
     * @param exchangeTime ns since the Unix epoch
     */
    default void onOrderExecuted(
            final long instrument, final long order, final int quantity, final long price, final boolean isTrade,
            final long exchangeTime) {
        // What keeps no orders.
    }

    /**
     * A resting order became smaller without losing its place.
     *
     * @param instrument the venue's key
     * @param order      the venue's number of the order
     * @param quantity   by which it became smaller
     */
    default void onOrderReduced(final long instrument, final long order, final int quantity) {
        // What keeps no orders.
    }

    /**
     * A resting order is gone.
     *
     * @param instrument the venue's key
     * @param order      the venue's number of the order
     */
    default void onOrderDeleted(final long instrument, final long order) {
        // What keeps no orders.
    }

    /**
     * A resting order was replaced by another on the same side, which rests behind all others at its price.
     *
     * @param instrument the venue's key
     * @param order      the venue's number of the order that is gone
     * @param newOrder   that of the new one
     * @param price      of the new one, 1e-9 units
     * @param quantity   of the new one
     */
    default void onOrderReplaced(
            final long instrument, final long order, final long newOrder, final long price, final int quantity) {
        // What keeps no orders.
    }

    /**
     * A resting order changed and keeps its number and its side.
     *
     * @param instrument the venue's key
     * @param order      the venue's number of the order
     * @param price      from now on, 1e-9 units
     * @param quantity   from now on
     * @param keepsPlace whether it stays where it is in the queue; at another price than before, and otherwise, it rests
     *                   behind all others
     */
    default void onOrderModified(
            final long instrument, final long order, final long price, final int quantity, final boolean keepsPlace) {
        // What keeps no orders.
    }

    /**
     * Whether single orders are followed where a venue tells of them beside price levels (CME). Asked once, when a feed is
     * made: when not, its decoder passes them over unread.
     *
     * @return false unless said otherwise
     */
    default boolean wantsOrders() {
        return false;
    }

    /**
     * An order of a book whose levels are told of separately (CME market by order). Does not count in the report sequence.
     *
     * @param instrument the venue's key
     * @param order      the venue's number of the order, its own within the instrument
     * @param side       {@link #BID} or {@link #ASK}
     * @param action     {@link #ACTION_NEW}, {@link #ACTION_CHANGE} or {@link #ACTION_DELETE}
     * @param priority   unsigned: at its price it is filled after those with a lower one; {@link #NO_PRIORITY} where not
     *                   stated
     * @param price      1e-9 units, or {@link #NO_PRICE}; meaningless for a delete
     * @param quantity   displayed, 0 where not stated; meaningless for a delete
     */
    default void onOrder(
            final long instrument, final long order, final int side, final int action, final long priority,
            final long price, final int quantity) {
        // What keeps no orders.
    }

    /**
     * Whether a snapshot of this instrument's orders would be of use. Asked for every piece of one that comes by.
     *
     * @param instrument the venue's key
     * @return false when all of them are known, or none are followed
     */
    default boolean wantsOrderSnapshot(final long instrument) {
        return false;
    }

    /**
     * A piece of a snapshot of one instrument's orders begins. Its orders follow, then its end.
     *
     * @param instrument the venue's key
     * @param sequence   last packet of the feed that it takes account of
     * @param chunk      which piece it is, from 1
     * @param chunks     of how many
     */
    default void onOrderSnapshotStart(final long instrument, final long sequence, final long chunk, final long chunks) {
        // Not wanted.
    }

    /**
     * An order of the snapshot.
     *
     * @param order    the venue's number of the order
     * @param side     {@link #BID} or {@link #ASK}
     * @param priority as in {@link #onOrder}
     * @param price    1e-9 units
     * @param quantity displayed
     */
    default void onSnapshotOrder(
            final long order, final int side, final long priority, final long price, final int quantity) {
        // Not wanted.
    }

    /** The piece is complete. */
    default void onOrderSnapshotEnd() {
        // Not wanted.
    }

    /**
     * Whether orders of retail investors would find an interest inside the spread (IEX Retail Liquidity Indicator).
     *
     * @param instrument the venue's key
     * @param buy        there is one to buy
     * @param sell       there is one to sell
     */
    default void onRetailInterest(final long instrument, final boolean buy, final boolean sell) {
        // What looks at displayed orders alone.
    }

    /**
     * How an auction would end if it were held now.
     *
     * @param instrument     the venue's key
     * @param exchangeTime   ns since the Unix epoch
     * @param paired         shares that would trade at the reference price
     * @param imbalance      shares that would be left over there
     * @param imbalanceSide  {@link #BID}, {@link #ASK}, or -1 for none
     * @param referencePrice 1e-9 units, or {@link #NO_PRICE}
     * @param clearingPrice  at which it would clear, 1e-9 units, or {@link #NO_PRICE}
     */
    default void onAuction(
            final long instrument, final long exchangeTime, final int paired, final int imbalance, final int imbalanceSide,
            final long referencePrice, final long clearingPrice) {
        // What looks at continuous trading alone.
    }

    /**
     * A trade. It never changes a book: the exchange sends the book update itself.
     *
     * @param instrument     the venue's key
     * @param reportSequence see above
     * @param exchangeTime   ns since the Unix epoch
     * @param price          1e-9 units
     * @param quantity       contracts or shares
     * @param aggressor      {@link #BID} when a buyer took, {@link #ASK} when a seller took, -1 when not stated
     */
    void onTrade(long instrument, long reportSequence, long exchangeTime, long price, int quantity, int aggressor);

    /**
     * One of the orders that the trade just told of filled, where single orders are followed (CME). Those of one trade
     * follow it: who took, where {@link #onTrade} says that someone did, then those who rested, in the order of their
     * fills.
     *
     * @param instrument the venue's key
     * @param order      the venue's number of the order
     * @param quantity   of its fill
     * @param took       whether it is the one that took
     */
    default void onTradeOrder(final long instrument, final long order, final int quantity, final boolean took) {
        // What looks at whole trades.
    }

    /**
     * An earlier trade was broken: it is as if it had never been. Books are not changed by it.
     *
     * @param instrument   the venue's key
     * @param trade        the venue's number of the trade
     * @param exchangeTime of the break, ns since the Unix epoch
     */
    default void onTradeBreak(final long instrument, final long trade, final long exchangeTime) {
        // What adds no trades up.
    }

    /**
     * A statistic of the session has a new value. Its place in the report sequence was told of by {@link #onOtherUpdate}.
     *
     * @param instrument   the venue's key
     * @param kind         which
     * @param price        1e-9 units; {@link #NO_PRICE} when it is a quantity, or no value holds any more
     * @param quantity     contracts; {@link #NO_QUANTITY} when it is a price, or no value holds any more
     * @param exchangeTime ns since the Unix epoch
     */
    default void onStatistic(
            final long instrument, final Statistic kind, final long price, final long quantity, final long exchangeTime) {
        // What looks at books and trades.
    }

    /**
     * An update that counts in the instrument's report sequence but changes neither book nor trades: volume,
     * statistics, limits.
     *
     * @param instrument     the venue's key
     * @param reportSequence see above
     */
    void onOtherUpdate(long instrument, long reportSequence);

    /**
     * Trading status of one instrument.
     *
     * @param instrument the venue's key
     * @param status     {@link #STATUS_TRADING} or {@link #STATUS_NOT_TRADING}
     */
    void onTradingStatus(long instrument, int status);

    /**
     * Trading status of a whole security group (CME SecurityStatus without a SecurityID).
     *
     * @param group  the group's up to 8 ASCII characters, first lowest
     * @param status {@link #STATUS_TRADING} or {@link #STATUS_NOT_TRADING}
     */
    void onGroupTradingStatus(long group, int status);

    /**
     * All books of one instrument are empty now and known to be so (CME BookReset entry).
     *
     * @param instrument the venue's key
     */
    void onBookReset(long instrument);

    /** All books of the feed are empty now and known to be so (CME ChannelReset; an IEX session's start). */
    void onFeedReset();

    /**
     * All books of the feed are made anew, from empty ones, and must not be relied upon before {@link #onRebuildEnd}; a
     * {@link #onSequenceGap} before that ends it too, and the books are in doubt again.
     */
    default void onRebuildStart() {
        // What keeps no books.
    }

    /**
     * All books of the feed are the exchange's.
     *
     * @param exchangeTime of the last message that they take account of
     */
    default void onRebuildEnd(final long exchangeTime) {
        // What keeps no books.
    }

    /**
     * Packets were lost on every line: any book of this feed may be wrong.
     *
     * @param fromSequence first lost packet or message, in the feed's own count
     * @param toSequence   last lost one
     */
    void onSequenceGap(long fromSequence, long toSequence);

    /**
     * The sender counts anew without saying so: nothing that was learnt before is sure, neither levels nor report
     * sequences. Nothing is known to be empty either.
     */
    void onSequenceRestart();

    /**
     * The matching engine's event is complete; what the book shows now may be acted on.
     *
     * @param exchangeTime transaction time of the event
     */
    void onEventEnd(long exchangeTime);
}
