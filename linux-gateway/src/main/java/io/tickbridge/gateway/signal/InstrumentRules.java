package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.InstrumentBook;
import java.util.List;

/** The rules of one instrument, in configuration order, and whether its book was fit for signals when last seen. */
final class InstrumentRules {
    private final ActiveRule[] rules;
    private boolean fit;

    InstrumentRules(final List<ActiveRule> rules) {
        this.rules = rules.toArray(ActiveRule[]::new);
    }

    void onTrade(
            final InstrumentBook book,
            final long exchangeTime,
            final long price,
            final int quantity,
            final int aggressor) {
        for (final ActiveRule rule : rules) {
            if (fit) {
                rule.onTrade(book, exchangeTime, price, quantity, aggressor);
            } else {
                rule.counts().increment(SignalCounter.TRADES_WITHHELD);
            }
        }
    }

    /** Every change of state casts doubt on what rules remember, whichever way it goes. */
    void onStateChange(final InstrumentBook book) {
        fit = false;
        reset(book);
    }

    void onBookEvent(final InstrumentBook book, final long exchangeTime, final GatedEmitter emitter) {
        if (rules.length == 0) {
            return; // Nothing to ask and nothing to count: what no rule selects costs nothing more.
        }
        if (emitter.open(book, exchangeTime)) {
            fit = true;
            evaluate(book, exchangeTime, emitter);
        } else {
            suppress(book, emitter.reason());
        }
        emitter.close();
    }

    private void evaluate(final InstrumentBook book, final long exchangeTime, final GatedEmitter emitter) {
        for (final ActiveRule rule : rules) {
            emitter.turnTo(rule);
            rule.counts().increment(SignalCounter.EVALUATIONS);
            rule.onBookEvent(book, exchangeTime, emitter);
        }
    }

    private void suppress(final InstrumentBook book, final SignalCounter reason) {
        for (final ActiveRule rule : rules) {
            rule.counts().increment(reason);
        }
        if (fit) {
            fit = false;
            reset(book);
        }
    }

    private void reset(final InstrumentBook book) {
        for (final ActiveRule rule : rules) {
            rule.reset(book);
        }
    }
}
