package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.signal.SignalKind;
import io.tickbridge.gateway.signal.SignalParameters;
import io.tickbridge.gateway.signal.SignalRule;

/** {@code spread-widening}: bid and offer drew apart. */
public final class SpreadWideningKind implements SignalKind {
    private static final long MOST_TICKS = 1_000_000_000;

    @Override
    public String name() {
        return "spread-widening";
    }

    @Override
    public SignalRule create(final SignalParameters parameters, final int ruleNumber) {
        final long ticks = parameters.integer("ticks", 2, MOST_TICKS, 3);
        final long rearm = parameters.integer("rearm-ticks", 1, ticks, ticks);
        final long tick = parameters.price("tick", 0, Long.MAX_VALUE, 0);
        return new SpreadWideningRule(tick, new Hysteresis(ticks, rearm));
    }
}
