package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;

/** A remembered best bid and offer. */
final class Top {
    static final int BID_PRICE = 1;
    static final int BID_QUANTITY = 2;
    static final int ASK_PRICE = 4;
    static final int ASK_QUANTITY = 8;
    static final int PRICES = BID_PRICE | ASK_PRICE;
    static final int EVERYTHING = PRICES | BID_QUANTITY | ASK_QUANTITY;

    long bidPrice;
    long askPrice;
    int bidQuantity;
    int askQuantity;

    /** Remembers the book's best levels. */
    void set(final InstrumentBook book) {
        final BookSide bid = book.side(MarketDataListener.BID);
        final BookSide ask = book.side(MarketDataListener.ASK);
        bidPrice = bid.price(0);
        bidQuantity = bid.quantity(0);
        askPrice = ask.price(0);
        askQuantity = ask.quantity(0);
    }

    /** What of the book's best levels differs from what is remembered: a sum of the constants above, 0 for nothing. */
    int differences(final InstrumentBook book) {
        final BookSide bid = book.side(MarketDataListener.BID);
        final BookSide ask = book.side(MarketDataListener.ASK);
        return (bid.price(0) == bidPrice ? 0 : BID_PRICE)
                | (bid.quantity(0) == bidQuantity ? 0 : BID_QUANTITY)
                | (ask.price(0) == askPrice ? 0 : ASK_PRICE)
                | (ask.quantity(0) == askQuantity ? 0 : ASK_QUANTITY);
    }
}
