package io.tickbridge.gateway.book;

import java.util.Arrays;

/** A side whose updates name a price (IEX DEEP 1.0, Price Level Update Message), sorted, best level first. */
final class LevelsByPrice extends StoredLevels {
    private static final int FIRST_CAPACITY = 8;

    private final boolean descending;

    /**
     * An empty side.
     *
     * @param descending whether the best price is the highest: bids
     */
    LevelsByPrice(final boolean descending) {
        super(FIRST_CAPACITY);
        this.descending = descending;
    }

    /**
     * Sets what stands at one price.
     *
     * @param price    1e-9 units
     * @param quantity now at that price; 0 removes the level
     * @return false when a level is to be removed that is not there; nothing was changed then
     */
    boolean apply(final long price, final int quantity) {
        final int position = find(price);
        final int cell = position * STRIDE;
        final int rest = (depth - position) * STRIDE;
        final boolean present = position < depth && cells[cell] == price;
        if (quantity == 0) {
            if (present) {
                System.arraycopy(cells, cell + STRIDE, cells, cell, rest - STRIDE);
                know(depth - 1);
            }
            return present;
        }
        if (!present) {
            if (depth * STRIDE == cells.length) {
                cells = Arrays.copyOf(cells, cells.length * 2);
            }
            System.arraycopy(cells, cell, cells, cell + STRIDE, rest);
            know(depth + 1);
        }
        put(position, price, quantity, 0);
        return true;
    }

    /**
     * Makes this side the one level that is stated (IEX TOPS), or empties it.
     *
     * @param present  whether there is a level
     * @param price    1e-9 units
     * @param quantity at that price
     */
    void setOnly(final boolean present, final long price, final int quantity) {
        if (present) {
            put(0, price, quantity, 0);
        }
        know(present ? 1 : 0);
    }

    /** The position of this price, or where it would be inserted. */
    private int find(final long price) {
        int low = 0;
        int high = depth;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            final long there = price(middle);
            if (descending ? there > price : there < price) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
