package io.tickbridge.gateway.signal.rule;

import io.tickbridge.protocol.Side;

/**
 * Fires once when a signed measure reaches a threshold, and again only after it fell below a lower one: a measure that
 * trembles around the threshold fires once. Positive is BUY, negative SELL; going straight from one threshold to the
 * opposite one fires.
 */
final class Hysteresis {
    private final long threshold;
    private final long rearm;
    private Side fired = Side.NONE;

    /**
     * Two levels in the unit of the measure.
     *
     * @param threshold fires at this absolute value or above; at least 1
     * @param rearm     is armed again below this; at most the threshold
     */
    Hysteresis(final long threshold, final long rearm) {
        this.threshold = threshold;
        this.rearm = rearm;
    }

    /** The measure as it is now. Answers BUY or SELL when that fires, else NONE. */
    Side update(final long measure) {
        if (fired == Side.BUY && measure < rearm || fired == Side.SELL && -measure < rearm) {
            fired = Side.NONE;
        }
        if (fired == Side.NONE && measure >= threshold) {
            fired = Side.BUY;
            return Side.BUY;
        }
        if (fired == Side.NONE && -measure >= threshold) {
            fired = Side.SELL;
            return Side.SELL;
        }
        return Side.NONE;
    }

    /** Armed again. */
    void reset() {
        fired = Side.NONE;
    }
}
