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
public interface MarketDataListener extends SnapshotListener, OrderListener, OrderQueueListener, TradeListener {
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
