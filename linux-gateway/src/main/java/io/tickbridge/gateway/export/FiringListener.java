package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.protocol.BookState;

/** Learns on which book signals fired: rules are asked before other listeners are, so what fired since the last call did so at this. */
interface FiringListener extends BookListener {
    /** Whatever the rules may have fired at. */
    void firedAt(InstrumentBook book);

    @Override
    default void onInstrument(final InstrumentBook book) {
        firedAt(book);
    }

    @Override
    default void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        firedAt(book);
    }

    @Override
    default void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        firedAt(book);
    }

    @Override
    default void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        firedAt(book);
    }
}
