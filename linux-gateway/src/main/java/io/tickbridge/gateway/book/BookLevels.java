package io.tickbridge.gateway.book;

/**
 * What stands on one side, and a bit for each position that says whether it is known. Where the levels are kept is the
 * subclasses' matter: {@link StoredLevels}, {@link LevelsByOrder}.
 */
abstract class BookLevels implements BookSide {
    /**
     * Bit n is set when position n is known. A side kept by price or by order is known as a whole or not at all, so
     * there the bits of all its levels are set, and for more than 64 levels all bits.
     */
    long known;
    /** As {@link #depth()}. */
    int depth;

    @Override
    public final int depth() {
        return depth;
    }

    @Override
    public final boolean isKnown(final int position) {
        return position < depth && (known >>> position & 1) != 0;
    }

    /** Forgets everything. Known to be empty and not known at all look the same: there is no level to read. */
    abstract void clear();

    /** Of a side that is known as a whole: this many levels. */
    final void know(final int levels) {
        depth = levels;
        known = levels >= Long.SIZE ? -1L : (1L << levels) - 1;
    }

    /**
     * Whether prices get strictly worse over the first three positions, as far as neighbours are known.
     *
     * <p>Three, because a position beyond the depth that the exchange maintains for a product may hold what has
     * left the market, and no product has fewer than three levels other than one whose single level is overlaid.
     *
     * @param descending whether worse means lower: bids
     */
    boolean isOrdered(final boolean descending) {
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
