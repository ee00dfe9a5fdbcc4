package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.SignalDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Of which feed the book was that a signal fired on. A signal names venue and instrument alone; where a run takes an instrument from
 * two feeds of a venue there are two books, and the rules, which are run again here, tell which of them it was.
 */
final class SignalFeeds implements BookListener {
    /** Far more than fire at once before the journal has them; a power of two. */
    private static final int REMEMBERED = 1 << 16;

    private final SignalDecoder signal = new SignalDecoder();
    private final List<Long> fired = new ArrayList<>();
    private final long[] numbers = new long[REMEMBERED];
    private final int[] feeds = new int[REMEMBERED];

    SignalFeeds() {
        Arrays.fill(feeds, -1);
    }

    /** Place of the feed in the configuration; below 0 when the signal did not fire again. */
    int of(final long number) {
        final int slot = (int) number & REMEMBERED - 1;
        return numbers[slot] == number ? feeds[slot] : -1;
    }

    /** The pipeline found a signal. */
    void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        fired.add(signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION).number());
    }

    /** Rules are asked before other listeners are: what fired did so at this. */
    private void firedAt(final InstrumentBook book) {
        for (final long number : fired) {
            final int slot = (int) number & REMEMBERED - 1;
            numbers[slot] = number;
            feeds[slot] = book.feed();
        }
        fired.clear();
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
