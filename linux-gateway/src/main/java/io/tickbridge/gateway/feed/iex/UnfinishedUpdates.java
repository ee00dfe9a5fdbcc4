package io.tickbridge.gateway.feed.iex;

import io.tickbridge.gateway.feed.MarketDataListener;

/**
 * Price level updates whose order book is still in transition, in the order in which they came. They wait here
 * because each symbol's book moves on its own ("Consuming Price Level Update Messages and Updating the IEX BBO"):
 * while one is in transition, another's event may end, and the unfinished book must not be looked at then.
 *
 * <p>One thread; allocates nothing after construction.
 */
final class UnfinishedUpdates {
    private final long[] instruments;
    private final int[] sides;
    private final long[] prices;
    private final int[] quantities;
    private final long[] exchangeTimes;
    private final long[] sendTimes;
    private int count;

    UnfinishedUpdates(final int capacity) {
        instruments = new long[capacity];
        sides = new int[capacity];
        prices = new long[capacity];
        quantities = new int[capacity];
        exchangeTimes = new long[capacity];
        sendTimes = new long[capacity];
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean isFull() {
        return count == instruments.length;
    }

    /** Instrument of the update that waits longest. */
    long oldestInstrument() {
        return instruments[0];
    }

    /** When the segment of the update that waits longest was sent. */
    long oldestSendTime() {
        return sendTimes[0];
    }

    void add(
            final long instrument, final int side, final long price, final int quantity,
            final long exchangeTime, final long sendTime) {
        instruments[count] = instrument;
        sides[count] = side;
        prices[count] = price;
        quantities[count] = quantity;
        exchangeTimes[count] = exchangeTime;
        sendTimes[count] = sendTime;
        count++;
    }

    /**
     * Hands over an instrument's updates and forgets them.
     *
     * @param instrument whose
     * @param listener   takes them
     * @return exchange time of the last one, or {@link Long#MIN_VALUE} when there was none
     */
    long release(final long instrument, final MarketDataListener listener) {
        long exchangeTime = Long.MIN_VALUE;
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (instruments[i] == instrument) {
                listener.onPriceLevel(instrument, sides[i], prices[i], quantities[i]);
                exchangeTime = exchangeTimes[i];
            } else {
                move(i, kept++);
            }
        }
        count = kept;
        return exchangeTime;
    }

    void clear() {
        count = 0;
    }

    private void move(final int from, final int to) {
        instruments[to] = instruments[from];
        sides[to] = sides[from];
        prices[to] = prices[from];
        quantities[to] = quantities[from];
        exchangeTimes[to] = exchangeTimes[from];
        sendTimes[to] = sendTimes[from];
    }
}
