package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.MarketDataListener;

/**
 * Applies updates that name a position (CME Market by Price; see "MDP 3.0 - Market by Price - Multiple Depth Book"
 * and "MDP 3.0 - Implied Book" of CME's client systems wiki). Implements the known-level rule of this package.
 */
final class LevelsByPosition {
    private LevelsByPosition() {
    }

    /**
     * Applies one update. Position bits move with the levels, so a level that is not known stays a placeholder.
     *
     * @param levels   the side
     * @param action   {@code MarketDataListener.ACTION_*}
     * @param position from 0, the best
     * @param price    1e-9 units
     * @param quantity at that price
     * @param orders   number of orders there
     * @return false when there is no such action or no place for such a position; nothing was changed then
     */
    static boolean apply(final BookLevels levels, final int action, final int position, final long price,
            final int quantity, final int orders) {
        if (position >= levels.limit || position < 0) {
            if (position >= BookLevels.MAX_POSITIONS || position < 0) {
                return false;
            }
            deepen(levels, position + 1);
        }
        final long better = (1L << position) - 1;
        switch (action) {
            case MarketDataListener.ACTION_CHANGE, MarketDataListener.ACTION_OVERLAY -> {
                levels.put(position, price, quantity, orders);
                know(levels, levels.known | better + 1);
            }
            case MarketDataListener.ACTION_NEW -> {
                levels.moveDown(position, Math.min(levels.depth, levels.limit - 1));
                levels.put(position, price, quantity, orders);
                final long moved = (levels.known & ~better) << 1;
                know(levels, (levels.known & better | better + 1 | moved) & upTo(levels.limit));
            }
            case MarketDataListener.ACTION_DELETE -> {
                levels.moveUp(position + 1, levels.depth);
                know(levels, levels.known & better | levels.known >>> 1 & ~better);
            }
            // Delete From: the levels from here on down, say some readers of tag 279; those from the best to here,
            // say others, and the rest moves up. No capture settles it. That nothing of the side is known any more
            // is true either way.
            case MarketDataListener.ACTION_DELETE_THRU, MarketDataListener.ACTION_DELETE_FROM -> levels.clear();
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void know(final BookLevels levels, final long known) {
        levels.known = known;
        levels.depth = Long.SIZE - Long.numberOfLeadingZeros(known);
    }

    /** The exchange maintains more positions than was thought: it has just named a deeper one. */
    private static void deepen(final BookLevels levels, final int limit) {
        levels.reserve(limit);
        levels.limit = limit;
    }

    private static long upTo(final int limit) {
        return -1L >>> Long.SIZE - limit;
    }
}
