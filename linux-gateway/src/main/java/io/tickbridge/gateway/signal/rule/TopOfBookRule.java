package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.signal.SignalEmitter;
import io.tickbridge.gateway.signal.SignalRule;
import io.tickbridge.protocol.Side;

/** Compares the top with the one last emitted, so that what was held back is emitted later only if it still differs. */
final class TopOfBookRule implements SignalRule {
    private final long interval;
    private final int watched;
    private final Top emitted = new Top();
    private long emittedAt;
    private boolean any;

    TopOfBookRule(final long interval, final int watched) {
        this.interval = interval;
        this.watched = watched;
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime, final SignalEmitter out) {
        final int changed = watched & (any ? emitted.differences(book) : Top.EVERYTHING);
        if (changed == 0) {
            return;
        }
        if (any && isWithinInterval(exchangeTime)) {
            out.conflated();
            return;
        }
        any = true;
        emitted.set(book);
        emittedAt = exchangeTime;
        out.emit(Side.NONE, changed);
    }

    @Override
    public void reset() {
        any = false;
    }

    /** A time before the last emission's ends the interval too: else a clock set back would silence the rule. */
    private boolean isWithinInterval(final long exchangeTime) {
        final long elapsed = exchangeTime - emittedAt;
        return elapsed >= 0 && elapsed < interval;
    }
}
