package io.tickbridge.gateway.book;

import io.tickbridge.protocol.BookState;
import java.util.ArrayList;
import java.util.List;

/** Writes down every call, one line each. */
final class RecordingBookListener implements BookListener {
    private final List<String> calls = new ArrayList<>();

    /** What was called since this was asked last. */
    List<String> taken() {
        final List<String> taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        calls.add("instrument " + book.symbol());
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        calls.add("trade " + book.symbol() + " " + exchangeTime + " " + quantity + "@" + price + " " + aggressor);
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        calls.add("state " + book.symbol() + " " + state + " " + exchangeTime);
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        calls.add("event " + book.symbol() + " " + exchangeTime);
    }
}
