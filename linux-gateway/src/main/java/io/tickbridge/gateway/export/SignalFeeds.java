package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.protocol.BookState;
import org.agrona.DirectBuffer;

/**
 * Of which feed the book was that a signal fired on. A signal names venue and instrument alone; where a run takes an instrument from
 * two feeds of a venue there are two books, and the rules, which are run again here, tell which of them it was.
 */
final class SignalFeeds implements BookListener {
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

    /** Rules are asked before other listeners are: what fired did so at this. */
    private void firedAt(final InstrumentBook book) {
        if (fired.isUntold()) {
            fired.know(book.feed());
        }
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        firedAt(book);
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        firedAt(book);
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        firedAt(book);
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        firedAt(book);
    }
}
