package io.tickbridge.gateway.book;

import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;

/** All that is kept of one instrument: its sides, what it is called, and whether it may be trusted. */
public interface InstrumentBook {

    /**
     * The venue's own key.
     *
     * @return CME: SecurityID; IEX: the 8 bytes of the symbol, first character lowest
     */
    long instrument();

    /**
     * Where it trades.
     *
     * @return the venue
     */
    Venue venue();

    /**
     * Number of the feed it comes from, in the configuration's order from 0.
     *
     * @return the feed's index
     */
    int feed();

    /**
     * Its place among its feed's books, in order of first sight: what listeners keep of a book fits an array.
     *
     * @return from 0, without gaps
     */
    int index();

    /**
     * Name for people.
     *
     * @return configured or stated symbol, else the key as text
     */
    String symbol();

    /**
     * Smallest price step.
     *
     * @return 1e-9 units; 0 when not known
     */
    long tickSize();

    /**
     * Whether signals may be computed from it, and if not, why.
     *
     * @return the state after the last complete event
     */
    BookState state();

    /**
     * One side.
     *
     * @param side {@code MarketDataListener.BID} to {@code IMPLIED_ASK}
     * @return the live side
     */
    BookSide side(int side);

    /**
     * One side with its single orders. Levels of CME's market by order are sums of these; they reach deeper than those of
     * {@link #side}, come with the same events, and are known or not known by themselves.
     *
     * @param side {@code MarketDataListener.BID} or {@code ASK}; orders are not implied
     * @return the live side, without levels while {@link #knowsOrders} is false; null when single orders are not followed
     */
    default OrderedSide orders(final int side) {
        return null;
    }

    /**
     * Whether every resting order is known.
     *
     * @return false after a loss, until a snapshot or a reset; and where single orders are not followed
     */
    default boolean knowsOrders() {
        return false;
    }

    /**
     * Whether both best levels of the base book are known and present.
     *
     * @return false when a side is empty or its best level is not known
     */
    boolean hasTop();
}
