package io.tickbridge.gateway.feed;

/**
 * Single orders of a venue that tells of nothing else, so that they make the levels (Nasdaq TotalView, IEX DEEP+). Part of
 * {@link MarketDataListener}, which says what its numbers mean.
 */
public interface OrderListener {
    /** {@link #orderPrice} cannot say. */
    long PRICE_UNTOLD = Long.MAX_VALUE;

    /**
     * Whether {@link #orderPrice} tells of orders at all.
     *
     * @return false for what keeps none
     */
    default boolean tellsOrderPrices() {
        return false;
    }

    /**
     * Whether an order rests, and where, by all that was told so far: by this a snapshot is held against what the lines say.
     *
     * @param instrument the venue's key
     * @param order      the venue's number of the order
     * @return 1e-9 units; {@code NO_PRICE} when it does not rest in that instrument's book, {@link #PRICE_UNTOLD} when that
     *         cannot be said
     */
    default long orderPrice(final long instrument, final long order) {
        return PRICE_UNTOLD;
    }

    /**
     * Whether {@link #onOrdersSoon} is worth while now. Asked before each packet.
     *
     * @return false when everything is at hand anyhow
     */
    default boolean wantsOrdersSoon() {
        return false;
    }

    /**
     * The messages that come next name these orders. It changes nothing, and what it says of a message need not be right:
     * whoever keeps many orders can bring near what it will need, for all of a packet's orders at once instead of waiting for
     * each in its turn.
     *
     * @param instruments the venue's keys; may be some that nobody introduced
     * @param orders      the venue's numbers of the orders; there may be none, or none yet
     * @param sides       {@code BID} or {@code ASK}, of orders that are to be added
     * @param count       how many there are, from the arrays' beginning
     */
    default void onOrdersSoon(final long[] instruments, final long[] orders, final int[] sides, final int count) {
    }

    /**
     * An order began to rest, behind all others at its price (books that are kept order by order: Nasdaq TotalView).
     *
     * @param instrument  the venue's key
     * @param order       the venue's number of the order
     * @param side        {@code BID} or {@code ASK}
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
     * Some or all of a resting order was filled. Unlike {@link TradeListener#onTrade}, this changes the book; the trade it
     * was is not told of otherwise.
     *
     * @param instrument   the venue's key
     * @param order        the venue's number of the order
     * @param quantity     filled; what is left rests on in its place
     * @param price        1e-9 units, or {@code NO_PRICE} for the order's own
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
}
