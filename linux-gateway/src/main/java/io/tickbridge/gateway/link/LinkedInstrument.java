package io.tickbridge.gateway.link;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;

/** What peers were told, or will be told next, of one instrument. One thread. */
final class LinkedInstrument {
    static final long NO_PRICE = Long.MIN_VALUE;

    final InstrumentBook book;
    final int index;
    BookState state;
    /** Of the last change of state; 0 before any. */
    long stateTime;
    /** Of the last quote. */
    long quoteTime;
    long bidPrice = NO_PRICE;
    long askPrice = NO_PRICE;
    int bidQuantity;
    int askQuantity;
    private BookState quotedState;
    private boolean quoted;

    LinkedInstrument(final InstrumentBook book, final int index) {
        this.book = book;
        this.index = index;
        state = book.state();
    }

    void changeState(final BookState newState, final long exchangeTime) {
        state = newState;
        stateTime = exchangeTime;
    }

    /** Whether a first quote was made: until then there is none to show to a new peer. */
    boolean hasQuote() {
        return quoted;
    }

    /** Takes over the best levels; true when they, or the state beside them, differ from the last quote. */
    boolean refreshQuote(final long exchangeTime) {
        final BookSide bids = book.side(MarketDataListener.BID);
        final BookSide asks = book.side(MarketDataListener.ASK);
        final boolean bid = isBestKnown(bids);
        final boolean ask = isBestKnown(asks);
        final long newBidPrice = bid ? bids.price(0) : NO_PRICE;
        final long newAskPrice = ask ? asks.price(0) : NO_PRICE;
        final int newBidQuantity = bid ? bids.quantity(0) : 0;
        final int newAskQuantity = ask ? asks.quantity(0) : 0;
        if (quoted && newBidPrice == bidPrice && newAskPrice == askPrice && newBidQuantity == bidQuantity
                && newAskQuantity == askQuantity && quotedState == state) {
            return false;
        }
        bidPrice = newBidPrice;
        askPrice = newAskPrice;
        bidQuantity = newBidQuantity;
        askQuantity = newAskQuantity;
        quotedState = state;
        quoteTime = exchangeTime;
        quoted = true;
        return true;
    }

    private static boolean isBestKnown(final BookSide side) {
        return side.depth() > 0 && side.isKnown(0);
    }
}
