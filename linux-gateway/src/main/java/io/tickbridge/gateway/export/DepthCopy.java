package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** The best levels of a book as they were; taken at every event, so it allocates nothing. */
final class DepthCopy {
    static final int LEVELS = 10;
    private static final int PRICE_SCALE = 9;

    private final boolean[] known = new boolean[2 * LEVELS];
    private final long[] prices = new long[2 * LEVELS];
    private final int[] quantities = new int[2 * LEVELS];
    private final int[] orders = new int[2 * LEVELS];
    private final int[] depths = new int[2];

    DepthCopy copy() {
        final DepthCopy copy = new DepthCopy();
        System.arraycopy(known, 0, copy.known, 0, known.length);
        System.arraycopy(prices, 0, copy.prices, 0, prices.length);
        System.arraycopy(quantities, 0, copy.quantities, 0, quantities.length);
        System.arraycopy(orders, 0, copy.orders, 0, orders.length);
        System.arraycopy(depths, 0, copy.depths, 0, depths.length);
        return copy;
    }

    void take(final InstrumentBook book) {
        take(0, book.side(MarketDataListener.BID));
        take(1, book.side(MarketDataListener.ASK));
    }

    private void take(final int side, final BookSide levels) {
        depths[side] = Math.min(levels.depth(), LEVELS);
        for (int i = 0; i < depths[side]; i++) {
            final int slot = side * LEVELS + i;
            known[slot] = levels.isKnown(i);
            if (known[slot]) {
                prices[slot] = levels.price(i);
                quantities[slot] = levels.quantity(i);
                orders[slot] = levels.orders(i);
            }
        }
    }

    List<BookLevel> bids() {
        return levels(0);
    }

    List<BookLevel> asks() {
        return levels(1);
    }

    private List<BookLevel> levels(final int side) {
        return IntStream.range(side * LEVELS, side * LEVELS + depths[side]).mapToObj(slot -> known[slot]
                ? new BookLevel(BigDecimal.valueOf(prices[slot], PRICE_SCALE), quantities[slot], orders[slot])
                : new BookLevel(null, 0, 0)).toList();
    }
}
