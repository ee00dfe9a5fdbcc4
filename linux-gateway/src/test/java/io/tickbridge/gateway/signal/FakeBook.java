package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.math.BigDecimal;
import java.util.Arrays;

/** A book that a test sets as it likes. */
public final class FakeBook implements InstrumentBook {
    private final int feed;
    private final Venue venue;
    private final long instrument;
    private final int index;
    private final Side bid = new Side();
    private final Side ask = new Side();
    private BookState state = BookState.TRUSTED;
    private long tickSize;

    /** The first book of its feed. */
    public FakeBook(final int feed, final Venue venue, final long instrument) {
        this(feed, venue, instrument, 0);
    }

    public FakeBook(final int feed, final Venue venue, final long instrument, final int index) {
        this.index = index;
        this.feed = feed;
        this.venue = venue;
        this.instrument = instrument;
    }

    /** Decimal text in 1e-9 units. */
    public static long price(final String text) {
        return new BigDecimal(text).movePointRight(9).longValueExact();
    }

    /** Best levels; the deeper ones stay. */
    public FakeBook top(final long bidPrice, final int bidQuantity, final long askPrice, final int askQuantity) {
        bid.set(0, bidPrice, bidQuantity);
        ask.set(0, askPrice, askQuantity);
        return this;
    }

    public Side bids() {
        return bid;
    }

    public Side asks() {
        return ask;
    }

    public void setState(final BookState newState) {
        state = newState;
    }

    public void setTickSize(final long units) {
        tickSize = units;
    }

    @Override
    public long instrument() {
        return instrument;
    }

    @Override
    public Venue venue() {
        return venue;
    }

    @Override
    public int feed() {
        return feed;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public String symbol() {
        return "TEST" + instrument;
    }

    @Override
    public long tickSize() {
        return tickSize;
    }

    @Override
    public BookState state() {
        return state;
    }

    @Override
    public BookSide side(final int side) {
        return switch (side) {
            case MarketDataListener.BID -> bid;
            case MarketDataListener.ASK -> ask;
            default -> throw new AssertionError("no signal looks at implied sides");
        };
    }

    @Override
    public boolean hasTop() {
        return bid.isKnown(0) && ask.isKnown(0);
    }

    /** Up to 100 levels. Reading an unknown one fails the test. */
    public static final class Side implements BookSide {
        private final long[] prices = new long[100];
        private final int[] quantities = new int[100];
        private final boolean[] known = new boolean[100];

        public void set(final int position, final long price, final int quantity) {
            prices[position] = price;
            quantities[position] = quantity;
            known[position] = true;
        }

        /** Quantities of the best levels, at any price; deeper ones are unknown. */
        public void quantities(final int... best) {
            clear();
            for (int position = 0; position < best.length; position++) {
                set(position, prices[position], best[position]);
            }
        }

        public void forget(final int position) {
            known[position] = false;
        }

        public void clear() {
            Arrays.fill(known, false);
        }

        @Override
        public int depth() {
            int depth = known.length;
            while (depth > 0 && !known[depth - 1]) {
                depth--;
            }
            return depth;
        }

        @Override
        public boolean isKnown(final int position) {
            return known[position];
        }

        @Override
        public long price(final int position) {
            return prices[checked(position)];
        }

        @Override
        public int quantity(final int position) {
            return quantities[checked(position)];
        }

        @Override
        public int orders(final int position) {
            return 0;
        }

        private int checked(final int position) {
            if (!known[position]) {
                throw new AssertionError("level " + position + " is not known and was read");
            }
            return position;
        }
    }
}
