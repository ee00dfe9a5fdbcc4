package io.tickbridge.gateway.book;

import io.tickbridge.protocol.BookState;

/** Takes what books say and does nothing; tests override what they look at. */
class NoBookListener implements BookListener {
    @Override
    public void onInstrument(final InstrumentBook book) {
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
    }
}
