package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.MarketDataListener;

/**
 * Base and implied book as one: what can be traded, whoever stands behind it. Levels are merged by price, quantities of one
 * price added. A view for whoever wants it, made when asked for; the books it is made of stay as they are.
 *
 * <p>Orders count those of the base book alone: implied quantity has none. Merging ends where either book's next level is
 * not known, so a level that is there is complete as far as the books go: an exchange states but two implied levels, and
 * what might be implied deeper than those is in neither. Of an implied book that is not known at all nothing is merged.
 *
 * <p>One thread; allocates nothing after construction.
 */
public final class ConsolidatedBook {
    private final Merged[] sides = {new Merged(true), new Merged(false)};

    /** A view of nothing yet. */
    public ConsolidatedBook() {
        // What it shows comes with read.
    }

    /**
     * Makes the view of a book as it stands; later changes of the book do not show before the next call.
     *
     * @param book any book
     */
    public void read(final InstrumentBook book) {
        sides[MarketDataListener.BID].merge(book.side(MarketDataListener.BID), book.side(MarketDataListener.IMPLIED_BID));
        sides[MarketDataListener.ASK].merge(book.side(MarketDataListener.ASK), book.side(MarketDataListener.IMPLIED_ASK));
    }

    /**
     * One side.
     *
     * @param side {@code MarketDataListener.BID} or {@code ASK}
     * @return as it was when {@link #read} was called last; the same object each time
     */
    public BookSide side(final int side) {
        return sides[side];
    }

    /** One side, merged. */
    private static final class Merged implements BookSide {
        /** Levels shown at most; of a deeper book by order the rest is left out. */
        private static final int MOST = 2 * LevelsByPosition.MAX_POSITIONS;

        private final boolean descending;
        private final long[] prices = new long[MOST];
        private final int[] quantities = new int[MOST];
        private final int[] orders = new int[MOST];
        private int depth;

        Merged(final boolean descending) {
            this.descending = descending;
        }

        void merge(final BookSide base, final BookSide implied) {
            depth = 0;
            int b = 0;
            int i = 0;
            while (depth < MOST && (b < base.depth() || i < implied.depth())) {
                final boolean hasBase = b < base.depth();
                final boolean hasImplied = i < implied.depth();
                if (hasBase && !base.isKnown(b) || hasImplied && !implied.isKnown(i)) {
                    return;
                }
                final boolean takesBase = hasBase && (!hasImplied || !isBetter(implied.price(i), base.price(b)));
                final boolean takesImplied = hasImplied && (!hasBase || !isBetter(base.price(b), implied.price(i)));
                prices[depth] = takesBase ? base.price(b) : implied.price(i);
                final long sum = (takesBase ? base.quantity(b) : 0L) + (takesImplied ? implied.quantity(i) : 0L);
                quantities[depth] = (int) Math.min(sum, Integer.MAX_VALUE);
                orders[depth++] = takesBase ? base.orders(b) : 0;
                b += takesBase ? 1 : 0;
                i += takesImplied ? 1 : 0;
            }
        }

        private boolean isBetter(final long price, final long other) {
            return descending ? price > other : price < other;
        }

        @Override
        public int depth() {
            return depth;
        }

        @Override
        public boolean isKnown(final int position) {
            return position < depth;
        }

        @Override
        public long price(final int position) {
            return prices[position];
        }

        @Override
        public int quantity(final int position) {
            return quantities[position];
        }

        @Override
        public int orders(final int position) {
            return orders[position];
        }
    }
}
