package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.signal.SignalEmitter;
import io.tickbridge.gateway.signal.SignalRule;
import io.tickbridge.protocol.Side;

/**
 * With bid price b, offer price a, spread s = a - b, quantities qb and qa, the microprice (b qa + a qb) / (qb + qa)
 * lies s (qb - qa) / (2 (qb + qa)) above the mid. All conditions are tested in that form, multiplied out.
 */
final class MicropriceCrossRule implements SignalRule {
    private static final long HALF = 500_000;

    private final long threshold;
    private final long distance;
    private boolean buyArmed;
    private boolean sellArmed;

    /**
     * How far beyond the mid counts as crossed.
     *
     * @param threshold fraction of the spread, 1e-6 units
     * @param distance  price, 1e-9 units
     */
    MicropriceCrossRule(final long threshold, final long distance) {
        this.threshold = threshold;
        this.distance = distance;
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime, final SignalEmitter out) {
        final BookSide bid = book.side(MarketDataListener.BID);
        final BookSide ask = book.side(MarketDataListener.ASK);
        final long spread = ask.price(0) - bid.price(0);
        final long bidQuantity = bid.quantity(0);
        final long askQuantity = ask.quantity(0);
        // A spread that wrapped around is negative too: more than a long can hold.
        if (bidQuantity <= 0 || askQuantity <= 0 || spread <= 0) {
            out.notEvaluated();
            return;
        }
        final long total = bidQuantity + askQuantity;
        final long excess = bidQuantity - askQuantity;
        // At the mid both are armed: it was reached from either side.
        buyArmed |= excess <= 0;
        sellArmed |= excess >= 0;
        if (excess > 0 && buyArmed && isFarEnough(excess, total, spread)) {
            buyArmed = false;
            out.emit(Side.BUY, microprice(bid.price(0), spread, bidQuantity, total));
        } else if (excess < 0 && sellArmed && isFarEnough(-excess, total, spread)) {
            sellArmed = false;
            out.emit(Side.SELL, microprice(bid.price(0), spread, bidQuantity, total));
        }
    }

    @Override
    public void reset() {
        buyArmed = false;
        sellArmed = false;
    }

    private boolean isFarEnough(final long excess, final long total, final long spread) {
        return excess * HALF >= threshold * total && ExactProduct.isAtLeast(spread, excess, distance, 2 * total);
    }

    /**
     * The microprice is b + s qb / (qb + qa), rounded down. Dividing before multiplying keeps both products below
     * 2^63 and loses nothing: the remainder is carried into the second.
     */
    private static long microprice(final long bid, final long spread, final long bidQuantity, final long total) {
        return bid + spread / total * bidQuantity + spread % total * bidQuantity / total;
    }
}
