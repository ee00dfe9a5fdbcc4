package io.tickbridge.gateway.feed.cme;

import io.tickbridge.gateway.feed.MarketDataListener;

/**
 * Where one event of the matching engine ends and the next begins.
 *
 * <p>MatchEventIndicator (tag 5799) says with bit 7 that a message is the last one of its event; bits 0 to 4 say
 * that it is the last one with trades, volumes, customer quotes, statistics or implied quotes. Only bit 7 ends an
 * event: customer quotes come first, and the implied quotes that follow from them later, so between the two the
 * books do not fit together. In the version 6 capture that the tests read, each of 4,781 events ends so (3,375 times
 * in a book message without entries, sent for nothing else), up to four packets later, and every message of an event
 * carries the same TransactTime, which no neighbouring event has.
 *
 * <p>So when TransactTime changes with no end seen, the end was lost, and what came before is ended first.
 */
final class MatchEvent {
    private static final int END_OF_EVENT = 1 << 7;

    private final MarketDataListener listener;
    private long transactTime;
    private boolean open;

    MatchEvent(final MarketDataListener listener) {
        this.listener = listener;
    }

    /** A message of the event of this time begins. */
    void begin(final long time) {
        if (open && time != transactTime) {
            listener.onEventEnd(transactTime);
        }
        transactTime = time;
        open = true;
    }

    /** The message is done. */
    void end(final byte matchEventIndicator) {
        if ((matchEventIndicator & END_OF_EVENT) != 0) {
            open = false;
            listener.onEventEnd(transactTime);
        }
    }

    long transactTime() {
        return transactTime;
    }
}
