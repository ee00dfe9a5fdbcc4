package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.signal.SignalKind;
import io.tickbridge.gateway.signal.SignalParameters;
import io.tickbridge.gateway.signal.SignalRule;

/** {@code order-flow-imbalance}: more was added to one side of the best quotes, or taken from the other. */
public final class OrderFlowImbalanceKind implements SignalKind {
    /** On the 8,000 and more instruments of a whole exchange this is 64 MB, a quarter of the heap that a gateway gets. */
    private static final int MOST_EVENTS = 1_000;
    /** Far above what the window can sum up to, far below where a sum of longs would wrap around. */
    private static final long LARGEST_THRESHOLD = 1L << 60;

    @Override
    public String name() {
        return "order-flow-imbalance";
    }

    @Override
    public SignalRule create(final SignalParameters parameters, final int ruleNumber) {
        final int events = (int) parameters.integer("events", 1, MOST_EVENTS, 20);
        final long threshold = parameters.integer("threshold", 1, LARGEST_THRESHOLD);
        final long rearm = parameters.integer("rearm", 0, threshold - 1, threshold / 2);
        return new OrderFlowImbalanceRule(events, new Hysteresis(threshold, rearm));
    }
}
