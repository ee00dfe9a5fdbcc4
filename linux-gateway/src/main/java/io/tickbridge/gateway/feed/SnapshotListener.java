package io.tickbridge.gateway.feed;

/**
 * Snapshots of price levels, which the exchange repeats all day for those who missed something (CME market recovery). Part
 * of {@link MarketDataListener}, which says what its numbers mean.
 */
public interface SnapshotListener {

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
     * @param side     {@code BID} to {@code IMPLIED_ASK}
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
     * @param status       {@code STATUS_UNKNOWN} to {@code STATUS_NOT_TRADING}, of the instrument itself
     * @param exchangeTime of the last event that the snapshot takes account of
     */
    default void onSnapshotEnd(final int status, final long exchangeTime) {
        // Not wanted.
    }
}
