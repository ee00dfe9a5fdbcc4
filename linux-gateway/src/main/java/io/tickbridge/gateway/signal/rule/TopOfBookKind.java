package io.tickbridge.gateway.signal.rule;

import io.tickbridge.gateway.signal.SignalKind;
import io.tickbridge.gateway.signal.SignalParameters;
import io.tickbridge.gateway.signal.SignalRule;
import java.util.concurrent.TimeUnit;

/** {@code top-of-book}: the best bid or offer changed. */
public final class TopOfBookKind implements SignalKind {
    private static final long LONGEST = TimeUnit.DAYS.toNanos(1);

    @Override
    public String name() {
        return "top-of-book";
    }

    @Override
    public SignalRule create(final SignalParameters parameters, final int ruleNumber) {
        final long interval = parameters.duration("interval", 0, LONGEST, 0);
        final boolean pricesOnly = parameters.flag("prices-only", false);
        return new TopOfBookRule(interval, pricesOnly ? Top.PRICES : Top.EVERYTHING);
    }
}
