package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.SignalEncoder;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.LangUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The one gate between rules and the outside: a signal passes only while an event of a book fit for signals is being
 * looked at. Writes the signal body and hands it to the listeners.
 */
final class GatedEmitter implements SignalEmitter {
    private static final int CACHE_LINE = 64;

    private final UnsafeBuffer body =
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(SignalListener.BODY_LENGTH, CACHE_LINE));
    private final SignalEncoder encoder = new SignalEncoder().wrap(body, 0);
    private final SignalListener[] listeners;

    private InstrumentBook book;
    private long exchangeTime;
    private long receiveTime;
    private boolean late;
    private ActiveRule rule;
    private boolean open;
    private long number;
    private Throwable undelivered;

    GatedEmitter(final List<SignalListener> listeners) {
        this.listeners = listeners.toArray(SignalListener[]::new);
    }

    /** Which packet the events that follow come from: when it arrived, and whether it was held back too long. */
    void packet(final long arrival, final boolean isLate) {
        receiveTime = arrival;
        late = isLate;
    }

    /** Opens the gate for an event, if its book is fit for signals and its packet is news. Says whether so. */
    boolean open(final InstrumentBook ofBook, final long atExchangeTime) {
        book = ofBook;
        exchangeTime = atExchangeTime;
        open = ofBook.state() == BookState.TRUSTED && ofBook.hasTop() && !late;
        return open;
    }

    /** Why the gate stayed shut when the event was looked at last. */
    SignalCounter reason() {
        return book.state() == BookState.TRUSTED && book.hasTop()
                ? SignalCounter.SUPPRESSED_LATE
                : SignalCounter.suppressedBy(book.state());
    }

    /** Whose signals and counts those that follow are. */
    void turnTo(final ActiveRule next) {
        rule = next;
    }

    /**
     * Ends the event.
     *
     * <p>Throws what a listener threw, whatever it was: that is no fault of the rule that was emitting.
     */
    void close() {
        open = false;
        if (undelivered != null) {
            final Throwable failure = undelivered;
            undelivered = null;
            LangUtil.rethrowUnchecked(failure);
        }
    }

    @Override
    public void emit(final Side side, final long value) {
        refuseUnlessOpen();
        if (side == null || side == Side.NULL_VAL) {
            throw new IllegalArgumentException("a signal's side is NONE, BUY or SELL, not " + side);
        }
        if (undelivered != null) {
            return; // A listener is failing; close() says so, and no later signal may overtake the lost one.
        }
        final BookSide bid = book.side(MarketDataListener.BID);
        final BookSide ask = book.side(MarketDataListener.ASK);
        // In the order in which the fields lie, so that the stores run forward over one cache line.
        encoder.number(++number)
                .exchangeTime(exchangeTime)
                .instrument(book.instrument())
                .rule(rule.number())
                .venue(book.venue())
                .side(side)
                .bidPrice(bid.price(0))
                .askPrice(ask.price(0))
                .bidQuantity(bid.quantity(0))
                .askQuantity(ask.quantity(0))
                .value(value);
        rule.counts().increment(SignalCounter.SIGNALS);
        deliver();
    }

    @Override
    public void notEvaluated() {
        refuseUnlessOpen();
        rule.counts().increment(SignalCounter.NOT_EVALUATED);
    }

    @Override
    public void conflated() {
        refuseUnlessOpen();
        rule.counts().increment(SignalCounter.CONFLATED);
    }

    private void refuseUnlessOpen() {
        if (!open) {
            throw new IllegalStateException("a SignalEmitter may be used only within onBookEvent");
        }
    }

    private void deliver() {
        try {
            for (final SignalListener listener : listeners) {
                listener.onSignal(body, 0, receiveTime);
            }
        } catch (final Throwable e) {
            undelivered = e;
        }
    }
}
