package io.tickbridge.gateway.book;

import io.tickbridge.gateway.book.order.OrderStore;
import io.tickbridge.gateway.feed.MarketDataListener;

/** Single orders of one instrument beside its price levels, and whether they are all known. */
final class OrderBook {
    /** 2^64 divided by the golden ratio, and a mixer's other constant: instruments that follow each other come to differ in all bits. */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;
    private static final long MIX = 0xbf58_476d_1ce4_e5b9L;
    private static final int HALF = 32;

    /**
     * What order numbers are combined with to be unique among all instruments of a channel. Should two orders of different
     * instruments ever come to share a number, which no market of this age will see, one of the two books says that it is
     * not known; none is wrong.
     */
    final long salt;
    /** Bids, offers. */
    final LevelsByOrder[] sides;
    /** Every order is known: from a reset or a snapshot on, every update was seen. */
    boolean whole;
    /** Last packet that the snapshot took account of on which the book stands; negative without one. */
    long snapshotSequence = -1;
    /** Updates that a snapshot can be followed by, by packet: from there on all were kept. */
    final PendingChain pending = new PendingChain(0);

    OrderBook(final long instrument, final OrderStore store) {
        final long spread = (instrument + 1) * SPREAD;
        salt = (spread ^ spread >>> HALF) * MIX | 1;
        sides = new LevelsByOrder[] {new LevelsByOrder(store, true, salt), new LevelsByOrder(store, false, salt)};
        hide();
    }

    /** Nothing of it is to be read. */
    void hide() {
        whole = false;
        sides[MarketDataListener.BID].clear();
        sides[MarketDataListener.ASK].clear();
    }

    /** Known to be empty. */
    void reset() {
        whole = true;
        snapshotSequence = -1;
        sides[MarketDataListener.BID].reset();
        sides[MarketDataListener.ASK].reset();
    }

    /** Without orders, still not to be read. */
    void empty() {
        sides[MarketDataListener.BID].empty();
        sides[MarketDataListener.ASK].empty();
    }

    /** What is there now is the exchange's book. */
    void show() {
        whole = true;
        sides[MarketDataListener.BID].show();
        sides[MarketDataListener.ASK].show();
    }
}
