package io.tickbridge.gateway.book;

/**
 * The memory of one side: what stands at each position, and a bit for each position that says whether it is known.
 *
 * <p>This class stores and reads; {@link LevelsByPosition} and {@link LevelsByPrice} hold the rules by which an
 * exchange's updates change it. It is the only kind of side there is, so that reading one costs no dispatch.
 */
final class BookLevels implements BookSide {
    /** Longs for each level: its price, then quantity (upper half) and number of orders (lower half). */
    static final int STRIDE = 2;
    /** A side kept by position holds at most this many levels: one bit of a long for each. */
    static final int MAX_POSITIONS = Long.SIZE;

    private static final int FIRST_CAPACITY = 10;

    /**
     * Bit n is set when position n is known. A side kept by price is known as a whole or not at all, so there the
     * bits of all its levels are set, and for more than 64 levels all bits.
     */
    long known;
    /** As {@link #depth()}. */
    int depth;
    /** Positions that the exchange maintains; what is pushed below them leaves the book. */
    int limit;

    private long[] cells = new long[FIRST_CAPACITY * STRIDE];

    /**
     * An empty side.
     *
     * @param limit positions that the exchange maintains, as far as is known beforehand
     */
    BookLevels(final int limit) {
        this.limit = limit;
        reserve(limit);
    }

    @Override
    public int depth() {
        return depth;
    }

    @Override
    public boolean isKnown(final int position) {
        return position < depth && (known >>> position & 1) != 0;
    }

    @Override
    public long price(final int position) {
        return cells[position * STRIDE];
    }

    @Override
    public int quantity(final int position) {
        return (int) (cells[position * STRIDE + 1] >>> Integer.SIZE);
    }

    @Override
    public int orders(final int position) {
        return (int) cells[position * STRIDE + 1];
    }

    /** Forgets everything. Known to be empty and not known at all look the same: there is no level to read. */
    void clear() {
        known = 0;
        depth = 0;
    }

    /** Writes one level; whether it is known is the caller's to say. */
    void put(final int position, final long price, final int quantity, final int orders) {
        final int cell = position * STRIDE;
        cells[cell] = price;
        cells[cell + 1] = (long) quantity << Integer.SIZE | orders & 0xffff_ffffL;
    }

    /** Moves the levels from {@code first} to before {@code end} one position down, away from the best. */
    void moveDown(final int first, final int end) {
        // A loop and no System.arraycopy: a handful of longs is moved before the copy stub has chosen its way.
        final long[] moved = cells;
        for (int cell = end * STRIDE - 1; cell >= first * STRIDE; cell--) {
            moved[cell + STRIDE] = moved[cell];
        }
    }

    /** Moves the levels from {@code first} to before {@code end} one position up, towards the best. */
    void moveUp(final int first, final int end) {
        final long[] moved = cells;
        for (int cell = first * STRIDE; cell < end * STRIDE; cell++) {
            moved[cell - STRIDE] = moved[cell];
        }
    }

    /** Makes room for this many levels. Allocates, by doubling, only when a side grows deeper than it ever was. */
    void reserve(final int levels) {
        if (levels * STRIDE > cells.length) {
            cells = java.util.Arrays.copyOf(cells, Math.max(levels * STRIDE, cells.length * 2));
        }
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
        final long better = cells[(position - 1) * STRIDE];
        final long price = cells[position * STRIDE];
        return descending ? price < better : price > better;
    }
}
