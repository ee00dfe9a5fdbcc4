package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.signal.SignalKind;
import io.tickbridge.gateway.signal.SignalParameters;
import io.tickbridge.gateway.signal.SignalRule;

/** {@code book-imbalance}: one side of the book outweighs the other. */
public final class BookImbalanceKind implements SignalKind {
    private static final int MOST_LEVELS = 100;
    private static final long ONE = 1_000_000;

    @Override
    public String name() {
        return "book-imbalance";
    }

    @Override
    public SignalRule create(final SignalParameters parameters, final int ruleNumber) {
        final int levels = (int) parameters.integer("levels", 1, MOST_LEVELS, 5);
        final int fewest = (int) parameters.integer("min-levels", 1, levels, levels);
        final long threshold = parameters.ratio("threshold", 2, ONE, 600_000);
        final long rearm = parameters.ratio("rearm", 1, threshold - 1, threshold / 2);
        return new BookImbalanceRule(levels, fewest, new Hysteresis(threshold, rearm));
    }
}
