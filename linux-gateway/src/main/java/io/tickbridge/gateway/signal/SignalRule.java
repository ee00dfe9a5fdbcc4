package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.InstrumentBook;

/**
 * One configured rule at work on one instrument. All calls come on the receive thread, in the exchange's order.
 *
 * <p>What it emits must follow from these calls and its parameters alone: no clock, no randomness, no floating
 * point, nothing shared with another rule; else a replay differs from what was sent. It must not allocate, block or
 * log. A rule that throws is switched off for that instrument, which is logged once and counted.
 */
public interface SignalRule {

    /**
     * A trade, before the {@link #onBookEvent} of the same event. Comes only while the book was fit for signals when
     * the last event ended.
     *
     * @param book         of the instrument traded, perhaps half-way through the event: do not read its levels yet
     * @param exchangeTime ns since the Unix epoch
     * @param price        1e-9 units
     * @param quantity     contracts or shares
     * @param aggressor    {@code MarketDataListener.BID} when a buyer took, {@code ASK} when a seller took, -1 when
     *                     not stated
     */
    default void onTrade(
            final InstrumentBook book,
            final long exchangeTime,
            final long price,
            final int quantity,
            final int aggressor) {
        // Most rules look at the book alone.
    }

    /**
     * An event is complete that touched the book or traded the instrument, and the book is fit for signals: it is
     * {@code TRUSTED} and both best levels are known.
     *
     * @param book         as it stands after the event; do not keep it
     * @param exchangeTime ns since the Unix epoch
     * @param out          where signals go, during this call only
     */
    void onBookEvent(InstrumentBook book, long exchangeTime, SignalEmitter out);

    /**
     * The book is or was in doubt: forget everything seen so far, as if newly created. Comes whenever the book's
     * state changes or a best level goes missing, and may come several times in a row.
     */
    void reset();
}
