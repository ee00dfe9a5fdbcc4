package io.tickbridge.gateway.book;

/** Applies updates that name a price (IEX DEEP 1.0, Price Level Update Message), best level first. */
final class LevelsByPrice {
    private LevelsByPrice() {
    }

    /**
     * Sets what stands at one price.
     *
     * @param levels     the side, known as a whole
     * @param descending whether the best price is the highest: bids
     * @param price      1e-9 units
     * @param quantity   now at that price; 0 removes the level
     * @return false when a level is to be removed that is not there; nothing was changed then
     */
    static boolean apply(final BookLevels levels, final boolean descending, final long price, final int quantity) {
        final int position = find(levels, descending, price);
        final boolean present = position < levels.depth && levels.price(position) == price;
        if (quantity == 0) {
            if (present) {
                levels.moveUp(position + 1, levels.depth);
                know(levels, levels.depth - 1);
            }
            return present;
        }
        if (!present) {
            levels.reserve(levels.depth + 1);
            levels.moveDown(position, levels.depth);
            know(levels, levels.depth + 1);
        }
        levels.put(position, price, quantity, 0);
        return true;
    }

    /**
     * Makes a side the one level that is stated (IEX TOPS), or empties it.
     *
     * @param levels   the side
     * @param present  whether there is a level
     * @param price    1e-9 units
     * @param quantity at that price
     */
    static void setOnly(final BookLevels levels, final boolean present, final long price, final int quantity) {
        if (present) {
            levels.put(0, price, quantity, 0);
        }
        know(levels, present ? 1 : 0);
    }

    /** The position of this price, or where it would be inserted. */
    private static int find(final BookLevels levels, final boolean descending, final long price) {
        int low = 0;
        int high = levels.depth;
        while (low < high) {
            final int middle = (low + high) >>> 1;
            final long there = levels.price(middle);
            if (descending ? there > price : there < price) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static void know(final BookLevels levels, final int depth) {
        levels.depth = depth;
        levels.known = depth >= Long.SIZE ? -1L : (1L << depth) - 1;
    }
}
