package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.Statistic;
import io.tickbridge.protocol.BookState;

/** Told what happened to books, on the receive thread. The book passed is live: read it, do not keep its values. */
public interface BookListener {

    /**
     * What follows comes from this packet, until the next one is named.
     *
     * @param receiveTime ns since the Unix epoch when its frame arrived, whenever it is processed
     * @param late        it waited too long for an earlier one: books are true, but not news
     */
    default void onPacketStart(final long receiveTime, final boolean late) {
        // What only looks at books does not ask when they changed.
    }

    /**
     * An instrument was heard of for the first time.
     *
     * @param book its book, the same object for the life of the process
     */
    void onInstrument(InstrumentBook book);

    /**
     * The exchange defined the instrument, or changed its definition: symbol and tick size of the book may be others now.
     *
     * @param book       its book
     * @param definition what the exchange says
     */
    default void onDefinition(final InstrumentBook book, final InstrumentDefinition definition) {
        // What asks the book each time needs no telling.
    }

    /**
     * A trade, in its place within the event: before {@link #onBookEvent} of the same event.
     *
     * @param book         of the instrument traded
     * @param exchangeTime ns since the Unix epoch
     * @param price        1e-9 units
     * @param quantity     contracts or shares
     * @param aggressor    {@code MarketDataListener.BID} when a buyer took, {@code ASK} when a seller took, -1 when
     *                     not stated
     */
    void onTrade(InstrumentBook book, long exchangeTime, long price, int quantity, int aggressor);

    /**
     * One of the orders that the trade just told of filled, where single orders are followed: first who took, where someone
     * did, then those who rested.
     *
     * @param book     of the instrument traded
     * @param order    the venue's number of the order
     * @param quantity of its fill
     * @param took     whether it is the one that took
     */
    default void onTradeOrder(final InstrumentBook book, final long order, final int quantity, final boolean took) {
        // What looks at whole trades.
    }

    /**
     * An earlier trade was broken.
     *
     * @param book         of the instrument traded
     * @param trade        the venue's number of the trade, 0 where not stated
     * @param exchangeTime of the break, ns since the Unix epoch
     */
    default void onTradeBreak(final InstrumentBook book, final long trade, final long exchangeTime) {
        // What adds no trades up.
    }

    /**
     * A statistic of the session has a new value.
     *
     * @param book         of the instrument
     * @param kind         which
     * @param price        1e-9 units; {@code MarketDataListener.NO_PRICE} when it is a quantity, or no value holds any more
     * @param quantity     contracts; {@code MarketDataListener.NO_QUANTITY} when it is a price, or no value holds any more
     * @param exchangeTime ns since the Unix epoch
     */
    default void onStatistic(
            final InstrumentBook book, final Statistic kind, final long price, final long quantity, final long exchangeTime) {
        // What looks at books and trades.
    }

    /**
     * Whether the book may be trusted changed. Comes before the {@link #onBookEvent} that it belongs to.
     *
     * @param book         whose state it is
     * @param state        the new state
     * @param exchangeTime ns since the Unix epoch
     */
    void onStateChange(InstrumentBook book, BookState state, long exchangeTime);

    /**
     * An event is complete that touched this book or traded its instrument. Called once for each instrument the
     * event touched, in the order in which it touched them first.
     *
     * @param book         as it stands after the event
     * @param exchangeTime ns since the Unix epoch
     */
    void onBookEvent(InstrumentBook book, long exchangeTime);
}
