package io.tickbridge.gateway.feed.nasdaq;

import io.tickbridge.gateway.feed.MarketDataListener;

/** The orders that the messages of a packet name, told of together before the first of them is. One thread. */
final class ComingOrders {
    /** Told of at most: more messages than the largest Ethernet frame holds. */
    private static final int MOST = 512;

    private final long[] instruments = new long[MOST];
    private final long[] orders = new long[MOST];
    private final int[] sides = new int[MOST];
    private int count;

    /** Another packet comes. */
    void begin() {
        count = 0;
    }

    /** One of its orders; what there is no room for is not told of beforehand. */
    void add(final long instrument, final long order, final int side) {
        if (count < MOST) {
            instruments[count] = instrument;
            orders[count] = order;
            sides[count++] = side;
        }
    }

    /** The packet's messages come next. */
    void tell(final MarketDataListener listener) {
        listener.onOrdersSoon(instruments, orders, sides, count);
    }
}
