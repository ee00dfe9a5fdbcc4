package io.tickbridge.gateway.link;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;

/** A book with only a best level, set by the test. */
final class TestBook implements InstrumentBook {
    final long instrument;
    final Level bid = new Level();
    final Level ask = new Level();
    long tickSize;
    BookState state = BookState.NOT_YET_KNOWN;

    TestBook(final long instrument) {
        this.instrument = instrument;
    }

    TestBook top(final long bidPrice, final int bidQuantity, final long askPrice, final int askQuantity) {
        bid.set(bidPrice, bidQuantity);
        ask.set(askPrice, askQuantity);
        return this;
    }

    @Override
    public long instrument() {
        return instrument;
    }

    @Override
    public Venue venue() {
        return Venue.CME;
    }

    @Override
    public int feed() {
        return 3;
    }

    @Override
    public int index() {
        return 0;
    }

    @Override
    public String symbol() {
        return "T" + instrument;
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
        return side == MarketDataListener.BID ? bid : ask;
    }

    @Override
    public boolean hasTop() {
        return bid.depth() > 0 && ask.depth() > 0;
    }

    /** One level or none. */
    static final class Level implements BookSide {
        private long price;
        private int quantity;
        private boolean present;
        boolean known = true;

        void set(final long newPrice, final int newQuantity) {
            price = newPrice;
            quantity = newQuantity;
            present = true;
        }

        void clear() {
            present = false;
        }

        @Override
        public int depth() {
            return present ? 1 : 0;
        }

        @Override
        public boolean isKnown(final int position) {
            return known;
        }

        @Override
        public long price(final int position) {
            return price;
        }

        @Override
        public int quantity(final int position) {
            return quantity;
        }

        @Override
        public int orders(final int position) {
            return 0;
        }
    }
}
