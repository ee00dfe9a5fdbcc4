package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.signal.SignalEmitter;
import io.tickbridge.gateway.signal.SignalRule;
import io.tickbridge.protocol.Side;

/** Sums are below 2^38 (100 levels of less than 2^31 each), so that a million of them fits a long. */
final class BookImbalanceRule implements SignalRule {
    private static final long MILLION = 1_000_000;

    private final int levels;
    private final int fewest;
    private final Hysteresis hysteresis;

    BookImbalanceRule(final int levels, final int fewest, final Hysteresis hysteresis) {
        this.levels = levels;
        this.fewest = fewest;
        this.hysteresis = hysteresis;
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime, final SignalEmitter out) {
        final BookSide bid = book.side(MarketDataListener.BID);
        final BookSide ask = book.side(MarketDataListener.ASK);
        long bidSum = 0;
        long askSum = 0;
        int used = 0;
        // Ends at the first level that either side lacks: as many levels are weighed on one side as on the other.
        while (used < levels && isUsable(bid, used) && isUsable(ask, used)) {
            bidSum += bid.quantity(used);
            askSum += ask.quantity(used);
            used++;
        }
        if (used < fewest || bidSum + askSum == 0) {
            out.notEvaluated();
            return;
        }
        // Rounded towards zero, and still compared exactly: both levels of the hysteresis are whole and above zero.
        final long imbalance = (bidSum - askSum) * MILLION / (bidSum + askSum);
        final Side side = hysteresis.update(imbalance);
        if (side != Side.NONE) {
            out.emit(side, imbalance);
        }
    }

    @Override
    public void reset() {
        hysteresis.reset();
    }

    private static boolean isUsable(final BookSide side, final int position) {
        return side.isKnown(position) && side.quantity(position) >= 0;
    }
}
