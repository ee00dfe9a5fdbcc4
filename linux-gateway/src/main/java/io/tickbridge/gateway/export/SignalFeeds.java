package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.InstrumentBook;
import org.agrona.DirectBuffer;

/**
 * Of which feed the book was that a signal fired on. A signal names venue and instrument alone; where a run takes an instrument from
 * two feeds of a venue there are two books, and the rules, which are run again here, tell which of them it was.
 */
final class SignalFeeds implements FiringListener {
    private final FiredAgain<Integer> fired = new FiredAgain<>();

    /** A frame comes next. */
    void onFrame() {
        fired.clear();
    }

    /** Place of the feed in the configuration; below 0 when the signal on record did not fire again. */
    int of(final DirectBuffer body, final int offset) {
        final Integer feed = fired.take(body, offset);
        return feed == null ? -1 : feed;
    }

    /** The pipeline found a signal. */
    void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        fired.onSignal(body, offset, receiveTime);
    }

    @Override
    public void firedAt(final InstrumentBook book) {
        if (fired.isUntold()) {
            fired.know(book.feed());
        }
    }
}
