package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.protocol.BookState;

/** Whom nothing but states concerns: everything else is in the frames. */
class StatesOnly implements BookListener {
    @Override
    public void onInstrument(final InstrumentBook book) {
        // Its first state is NOT_YET_KNOWN, for all.
    }

    @Override
    public void onTrade(
            final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
        // In the frames.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // Nobody is told.
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        // In the frames.
    }
}
