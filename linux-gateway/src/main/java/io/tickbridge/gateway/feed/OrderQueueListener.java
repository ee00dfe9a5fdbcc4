package io.tickbridge.gateway.feed;

/**
 * Single orders beside price levels, each with its place in the queue, and their snapshots (CME market by order). Part of
 * {@link MarketDataListener}, which says what its numbers mean.
 */
public interface OrderQueueListener {

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
     * @param side       {@code BID} or {@code ASK}
     * @param action     {@code ACTION_NEW}, {@code ACTION_CHANGE} or {@code ACTION_DELETE}
     * @param priority   unsigned: at its price it is filled after those with a lower one; {@code NO_PRIORITY} where not
     *                   stated
     * @param price      1e-9 units, or {@code NO_PRICE}; meaningless for a delete
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
     * @param side     {@code BID} or {@code ASK}
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
}
