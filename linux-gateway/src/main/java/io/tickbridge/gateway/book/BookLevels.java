package io.tickbridge.gateway.book;

/**
 * What stands on one side, and a bit for each position that says whether it is known. How an exchange's updates
 * change it is the subclasses' matter: {@link LevelsByPosition}, {@link LevelsByPrice}.
 */
abstract class BookLevels implements BookSide {
    /** Longs for each level: its price, then quantity (upper half) and number of orders (lower half). */
    static final int STRIDE = 2;

    /**
     * Bit n is set when position n is known. A side kept by price is known as a whole or not at all, so there the
     * bits of all its levels are set, and for more than 64 levels all bits.
     */
    long known;
    /** As {@link #depth()}. */
    int depth;
    long[] cells;

    BookLevels(final int capacity) {
        cells = new long[capacity * STRIDE];
    }

    @Override
    public final int depth() {
        return depth;
    }

    @Override
    public final boolean isKnown(final int position) {
        return position < depth && (known >>> position & 1) != 0;
    }

    @Override
    public final long price(final int position) {
        return cells[position * STRIDE];
    }

    @Override
    public final int quantity(final int position) {
        return (int) (cells[position * STRIDE + 1] >>> Integer.SIZE);
    }

    @Override
    public final int orders(final int position) {
        return (int) cells[position * STRIDE + 1];
    }

    /** Forgets everything. Known to be empty and not known at all look the same: there is no level to read. */
    final void clear() {
        known = 0;
        depth = 0;
    }

    /** Writes one level; whether it is known is the caller's to say. */
    final void put(final int position, final long price, final int quantity, final int orders) {
        final int cell = position * STRIDE;
        cells[cell] = price;
        cells[cell + 1] = (long) quantity << Integer.SIZE | orders & 0xffff_ffffL;
    }

    /**
     * Whether prices get strictly worse over the first three positions, as far as neighbours are known.
     *
     * <p>Three, because a position beyond the depth that the exchange maintains for a product may hold what has
     * left the market, and no product has fewer than three levels other than one whose single level is overlaid.
     *
     * @param descending whether worse means lower: bids
     */
    final boolean isOrdered(final boolean descending) {
        final long bits = known;
        return ((bits & 0b011) != 0b011 || isWorse(1, descending))
                && ((bits & 0b110) != 0b110 || isWorse(2, descending));
    }

    private boolean isWorse(final int position, final boolean descending) {
        final long better = price(position - 1);
        final long price = price(position);
        return descending ? price < better : price > better;
    }
}
