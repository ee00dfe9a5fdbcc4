package io.tickbridge.gateway.book;

/** Levels that are kept here, the best one first. How an exchange's updates change them is the subclasses' matter. */
abstract class StoredLevels extends BookLevels {
    /** Longs for each level: its price, then quantity (upper half) and number of orders (lower half). */
    static final int STRIDE = 2;

    long[] cells;

    StoredLevels(final int capacity) {
        cells = new long[capacity * STRIDE];
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

    @Override
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
}
