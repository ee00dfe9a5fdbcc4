package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.book.InstrumentBook;

/**
 * One rule on one instrument. A rule may be a user's code: when it throws, an exception or an error, it alone stops, on
 * this instrument alone, because the state it left behind cannot be relied on.
 */
final class ActiveRule {
    /** Stands in for a rule that failed. */
    static final SignalRule SWITCHED_OFF = new SignalRule() {
        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime, final SignalEmitter out) {
            out.notEvaluated();
        }

        @Override
        public void reset() {
            // Stays off for the rest of the run: a rule that failed once cannot be known to work again.
        }
    };

    private final ConfiguredRule configured;
    private final int number;
    private final SignalCounts counts;
    private SignalRule rule;

    ActiveRule(final ConfiguredRule configured, final SignalRule rule) {
        this.configured = configured;
        this.number = configured.description().number();
        this.counts = configured.counts();
        this.rule = rule;
    }

    /** Place in the configuration, from 1. */
    int number() {
        return number;
    }

    SignalCounts counts() {
        return counts;
    }

    void onTrade(
            final InstrumentBook book,
            final long exchangeTime,
            final long price,
            final int quantity,
            final int aggressor) {
        try {
            rule.onTrade(book, exchangeTime, price, quantity, aggressor);
        } catch (final Throwable e) {
            switchOff(book, e);
        }
    }

    void onBookEvent(final InstrumentBook book, final long exchangeTime, final SignalEmitter out) {
        try {
            rule.onBookEvent(book, exchangeTime, out);
        } catch (final Throwable e) {
            switchOff(book, e);
        }
    }

    void reset(final InstrumentBook book) {
        try {
            rule.reset();
        } catch (final Throwable e) {
            switchOff(book, e);
        }
    }

    private void switchOff(final InstrumentBook book, final Throwable failure) {
        MachineFailure.rethrow(failure);
        rule = SWITCHED_OFF;
        configured.onFailure(book, failure);
    }
}
