package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.signal.SignalEmitter;
import io.tickbridge.gateway.signal.SignalRule;
import io.tickbridge.protocol.Side;

/**
 * Order flow imbalance after R. Cont, A. Kukanov, S. Stoikov, "The Price Impact of Order Book Events", Journal of
 * Financial Econometrics 12(1), 2014, section 2: what each change of the best quotes adds to demand, less what it adds
 * to supply.
 */
final class OrderFlowImbalanceRule implements SignalRule {
    private final long[] window;
    private final Hysteresis hysteresis;
    private final Top last = new Top();
    private boolean anyLast;
    private int filled;
    private int next;
    private long sum;

    OrderFlowImbalanceRule(final int events, final Hysteresis hysteresis) {
        this.window = new long[events];
        this.hysteresis = hysteresis;
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime, final SignalEmitter out) {
        if (anyLast && last.differences(book) == 0) {
            return;
        }
        if (anyLast) {
            push(flow(book));
        }
        last.set(book);
        anyLast = true;
        if (filled < window.length) {
            out.notEvaluated();
            return;
        }
        final Side side = hysteresis.update(sum);
        if (side != Side.NONE) {
            out.emit(side, sum);
        }
    }

    @Override
    public void reset() {
        anyLast = false;
        filled = 0;
        next = 0;
        sum = 0;
        hysteresis.reset();
    }

    private void push(final long flow) {
        // Until the window is full the slot holds nothing, whatever an earlier filling left in it.
        sum += flow - (filled == window.length ? window[next] : 0);
        window[next] = flow;
        next = next + 1 == window.length ? 0 : next + 1;
        filled = Math.min(filled + 1, window.length);
    }

    private long flow(final InstrumentBook book) {
        final BookSide bid = book.side(MarketDataListener.BID);
        final BookSide ask = book.side(MarketDataListener.ASK);
        final long demand = (bid.price(0) >= last.bidPrice ? (long) bid.quantity(0) : 0)
                - (bid.price(0) <= last.bidPrice ? (long) last.bidQuantity : 0);
        final long supply = (ask.price(0) <= last.askPrice ? (long) ask.quantity(0) : 0)
                - (ask.price(0) >= last.askPrice ? (long) last.askQuantity : 0);
        return demand - supply;
    }
}
