package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.Venue;

/**
 * The sides of a new book: by position, by price or by order, as its venue tells of them.
 *
 * @param all        bids, offers, implied bids, implied offers
 * @param byPosition the same, or null
 * @param byPrice    the same, or null
 * @param byOrder    bids and offers, or null
 */
record BookSides(BookLevels[] all, LevelsByPosition[] byPosition, LevelsByPrice[] byPrice, LevelsByOrder[] byOrder) {
    /** Of a book whose depth is not known: what was not named deeper is not believed to be there. */
    private static final int LEAST_DEPTH = 1;
    private static final int IMPLIED_DEPTH = 2;
    /** Never has a level: shared by all books whose venue implies nothing. */
    private static final BookLevels NOTHING_IMPLIED = new LevelsByPosition(IMPLIED_DEPTH);

    /**
     * Makes them.
     *
     * @param marketDepth positions of a book by position; 0 or less when not known
     * @param orders      where orders are kept that make the levels; null when there are none
     */
    static BookSides of(final Venue venue, final int marketDepth, final OrderStore orders) {
        if (venue == Venue.CME) {
            final int depth = Math.min(Math.max(marketDepth, LEAST_DEPTH), LevelsByPosition.MAX_POSITIONS);
            final LevelsByPosition[] sides = {new LevelsByPosition(depth), new LevelsByPosition(depth),
                new LevelsByPosition(IMPLIED_DEPTH), new LevelsByPosition(IMPLIED_DEPTH)};
            if (marketDepth > 0) {
                sides[MarketDataListener.BID].limitStated();
                sides[MarketDataListener.ASK].limitStated();
            }
            sides[MarketDataListener.IMPLIED_BID].limitStated();
            sides[MarketDataListener.IMPLIED_ASK].limitStated();
            return new BookSides(sides, sides, null, null);
        }
        if (orders != null) {
            final LevelsByOrder[] sides = {new LevelsByOrder(orders, true), new LevelsByOrder(orders, false)};
            return new BookSides(
                    new BookLevels[] {sides[0], sides[1], NOTHING_IMPLIED, NOTHING_IMPLIED}, null, null, sides);
        }
        final LevelsByPrice[] sides = {new LevelsByPrice(true), new LevelsByPrice(false), new LevelsByPrice(true),
            new LevelsByPrice(false)};
        return new BookSides(sides, null, sides, null);
    }
}
