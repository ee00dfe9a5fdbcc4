package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.MarketDataListener;
import java.util.Arrays;

/**
 * A side whose updates name a position (CME Market by Price; see "MDP 3.0 - Market by Price - Multiple Depth Book"
 * and "MDP 3.0 - Implied Book" of CME's client systems wiki). Implements the known-level rule of this package.
 */
final class LevelsByPosition extends StoredLevels {
    /** Positions that can be stored: one bit of a long for each. CME's deepest book has 10. */
    static final int MAX_POSITIONS = Long.SIZE;

    /** Positions that there is room for from the start: most futures have ten. */
    private static final int USUAL_POSITIONS = 10;

    /** Positions that the exchange maintains; what is pushed below them leaves the book. */
    private int limit;
    /** The exchange, or the configuration, said how many positions there are. */
    private boolean isLimitStated;
    /** A level was pushed below a number of positions that was only guessed: the exchange may still have it. */
    private boolean isShortened;

    /**
     * An empty side.
     *
     * @param limit positions that the exchange maintains, as far as is known beforehand
     */
    LevelsByPosition(final int limit) {
        super(Math.max(limit, USUAL_POSITIONS));
        this.limit = limit;
    }

    /**
     * Applies one update. Position bits move with the levels, so a level that is not known stays a placeholder.
     *
     * @param action   {@code MarketDataListener.ACTION_*}
     * @param position from 0, the best
     * @param price    1e-9 units
     * @param quantity at that price
     * @param orders   number of orders there
     * @return false when there is no such action, no place for such a position, or no price or quantity for a level
     *         that needs them; nothing was changed then
     */
    boolean apply(final int action, final int position, final long price, final int quantity, final int orders) {
        // A level of nothing is no level: to believe it would be to quote a price at which nobody trades.
        if ((quantity <= 0 || price == MarketDataListener.NO_PRICE) && isStatement(action)) {
            return false;
        }
        if (position >= limit || position < 0) {
            if (position >= MAX_POSITIONS || position < 0) {
                return false;
            }
            deepen(position + 1);
        }
        final long better = (1L << position) - 1;
        switch (action) {
            case MarketDataListener.ACTION_CHANGE, MarketDataListener.ACTION_OVERLAY -> {
                put(position, price, quantity, orders);
                knowBits(known | better + 1);
            }
            case MarketDataListener.ACTION_NEW -> {
                isShortened |= !isLimitStated && depth == limit;
                moveDown(position, Math.min(depth, limit - 1));
                put(position, price, quantity, orders);
                knowBits((known & better | better + 1 | (known & ~better) << 1) & -1L >>> Long.SIZE - limit);
            }
            case MarketDataListener.ACTION_DELETE -> {
                moveUp(position + 1, depth);
                knowBits(known & better | known >>> 1 & ~better);
            }
            // Delete From: the levels from here on down, say some readers of tag 279; those from the best to here,
            // say others, and the rest moves up. No capture settles it. That nothing of the side is known any more
            // is true either way.
            case MarketDataListener.ACTION_DELETE_THRU, MarketDataListener.ACTION_DELETE_FROM -> clear();
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes a level from a snapshot.
     *
     * @return false when there is no place for such a position, or no price or quantity
     */
    boolean state(final int position, final long price, final int quantity, final int orders) {
        if (position < 0 || position >= MAX_POSITIONS || quantity <= 0 || price == MarketDataListener.NO_PRICE) {
            return false;
        }
        if (position >= limit) {
            deepen(position + 1);
        }
        put(position, price, quantity, orders);
        knowBits(known | 1L << position);
        return true;
    }

    /** Empty, with as many positions as the side that a snapshot is read for. */
    void begin(final LevelsByPosition side) {
        clear();
        isShortened = false;
        limit = side.limit;
        if (cells.length < side.cells.length) {
            cells = new long[MAX_POSITIONS * STRIDE];
        }
    }

    /** Becomes what a snapshot made of the other. */
    void take(final LevelsByPosition snapshot) {
        if (cells.length < snapshot.depth * STRIDE) {
            cells = new long[MAX_POSITIONS * STRIDE];
        }
        System.arraycopy(snapshot.cells, 0, cells, 0, snapshot.depth * STRIDE);
        limit = snapshot.limit;
        isShortened = false;
        knowBits(snapshot.known);
    }

    /** Whether levels were given up that the exchange may still have, since its depth is not known. */
    boolean isShortened() {
        return isShortened;
    }

    /** The number of positions given at the start is the exchange's. */
    void limitStated() {
        isLimitStated = true;
    }

    /** Whether no unknown level lies above a known one. */
    boolean isGapless() {
        return (known & known + 1) == 0;
    }

    /**
     * The exchange says how many positions it maintains. Levels below are no longer part of the book.
     *
     * @param positions from 1 to {@link #MAX_POSITIONS}
     */
    void maintain(final int positions) {
        if (cells.length < positions * STRIDE) {
            cells = Arrays.copyOf(cells, MAX_POSITIONS * STRIDE);
        }
        limit = positions;
        isLimitStated = true;
        knowBits(known & -1L >>> Long.SIZE - positions);
    }

    private static boolean isStatement(final int action) {
        return action == MarketDataListener.ACTION_NEW || action == MarketDataListener.ACTION_CHANGE
                || action == MarketDataListener.ACTION_OVERLAY;
    }

    // To leave levels in their slots and shift four-bit slot numbers in one word, with no branch on the action, was
    // tried and was slower by a third; moving costs less than a tenth of an update. It is done in plain loops, since a
    // few longs are moved before System.arraycopy has found out how: 2.5 ns less of 42 a packet of a captured session.

    /** Moves the levels from {@code first} to before {@code end} one position down, away from the best. */
    private void moveDown(final int first, final int end) {
        for (int cell = end * STRIDE - 1; cell >= first * STRIDE; cell--) {
            cells[cell + STRIDE] = cells[cell];
        }
    }

    /** Moves the levels from {@code first} to before {@code end} one position up, towards the best. */
    private void moveUp(final int first, final int end) {
        for (int cell = first * STRIDE; cell < end * STRIDE; cell++) {
            cells[cell - STRIDE] = cells[cell];
        }
    }

    private void knowBits(final long bits) {
        known = bits;
        depth = Long.SIZE - Long.numberOfLeadingZeros(bits);
    }

    /** The exchange maintains more positions than was thought: it has just named a deeper one. */
    private void deepen(final int positions) {
        if (cells.length < positions * STRIDE) {
            cells = Arrays.copyOf(cells, MAX_POSITIONS * STRIDE);
        }
        limit = positions;
        isLimitStated = false;
    }
}
