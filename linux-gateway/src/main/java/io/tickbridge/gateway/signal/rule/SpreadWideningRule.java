package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.signal.SignalEmitter;
import io.tickbridge.gateway.signal.SignalRule;
import io.tickbridge.protocol.Side;

/** Measures the spread in whole ticks; being positive, it only ever reaches the upper threshold. */
final class SpreadWideningRule implements SignalRule {
    private final long configuredTick;
    private final Hysteresis hysteresis;

    /**
     * A rule with a tick size to fall back to.
     *
     * @param configuredTick 1e-9 units, used while the book does not know its own; 0 when there is none
     * @param hysteresis     in ticks
     */
    SpreadWideningRule(final long configuredTick, final Hysteresis hysteresis) {
        this.configuredTick = configuredTick;
        this.hysteresis = hysteresis;
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime, final SignalEmitter out) {
        final long tick = book.tickSize() > 0 ? book.tickSize() : configuredTick;
        final long spread =
                book.side(MarketDataListener.ASK).price(0) - book.side(MarketDataListener.BID).price(0);
        // A spread that wrapped around is negative: more than a long can hold.
        if (tick == 0 || spread <= 0) {
            out.notEvaluated();
            return;
        }
        final long ticks = spread / tick;
        if (hysteresis.update(ticks) != Side.NONE) {
            out.emit(Side.NONE, ticks);
        }
    }

    @Override
    public void reset() {
        hysteresis.reset();
    }
}
