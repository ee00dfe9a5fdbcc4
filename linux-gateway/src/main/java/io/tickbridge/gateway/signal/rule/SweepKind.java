package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.signal.SignalKind;
import io.tickbridge.gateway.signal.SignalParameters;
import io.tickbridge.gateway.signal.SignalRule;

/** {@code sweep}: one event traded through several price levels. */
public final class SweepKind implements SignalKind {
    private static final int MOST_LEVELS = 1_000;

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public SignalRule create(final SignalParameters parameters, final int ruleNumber) {
        final long levels = parameters.integer("levels", 2, MOST_LEVELS, 2);
        final long quantity = parameters.integer("min-quantity", 1, Long.MAX_VALUE, 1);
        return new SweepRule(levels, quantity);
    }
}
