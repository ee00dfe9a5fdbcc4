package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.signal.SignalKind;
import io.tickbridge.gateway.signal.SignalParameters;
import io.tickbridge.gateway.signal.SignalRule;

/** {@code microprice-cross}: the quantity-weighted price crossed the middle of bid and offer. */
public final class MicropriceCrossKind implements SignalKind {
    /** The microprice never is half a spread away from the mid while both quantities are positive. */
    private static final long LARGEST_THRESHOLD = 499_999;

    @Override
    public String name() {
        return "microprice-cross";
    }

    @Override
    public SignalRule create(final SignalParameters parameters, final int ruleNumber) {
        final long threshold = parameters.ratio("threshold", 0, LARGEST_THRESHOLD, 250_000);
        final long distance = parameters.price("distance", 0, Long.MAX_VALUE, 0);
        return new MicropriceCrossRule(threshold, distance);
    }
}
