package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.signal.SignalEmitter;
import io.tickbridge.gateway.signal.SignalRule;
import io.tickbridge.protocol.Side;

/** Follows the trades of one event, buyers' and sellers' apart, and judges them when the event ends. */
final class SweepRule implements SignalRule {
    private final long levels;
    private final long minQuantity;
    private final PriceRun bought = new PriceRun(1);
    private final PriceRun sold = new PriceRun(-1);
    private boolean unstated;

    SweepRule(final long levels, final long minQuantity) {
        this.levels = levels;
        this.minQuantity = minQuantity;
    }

    @Override
    public void onTrade(
            final InstrumentBook book,
            final long exchangeTime,
            final long price,
            final int quantity,
            final int aggressor) {
        if (price == MarketDataListener.NO_PRICE) {
            unstated = true;
        } else if (aggressor == MarketDataListener.BID) {
            bought.add(price, quantity);
        } else if (aggressor == MarketDataListener.ASK) {
            sold.add(price, quantity);
        } else {
            unstated = true;
        }
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime, final SignalEmitter out) {
        if (unstated) {
            out.notEvaluated();
        }
        judge(bought, Side.BUY, out);
        judge(sold, Side.SELL, out);
        reset();
    }

    @Override
    public void reset() {
        bought.clear();
        sold.clear();
        unstated = false;
    }

    private void judge(final PriceRun run, final Side side, final SignalEmitter out) {
        if (run.levels() >= levels && run.quantity() >= minQuantity) {
            out.emit(side, run.levels());
        }
    }
}
