package io.tickbridge.gateway.replay;

/** What other settings change of one rule's signals. */
public final class WhatIfSum {
    long same;
    long changed;
    long missing;
    long added;
    private final int rule;

    WhatIfSum(final int rule) {
        this.rule = rule;
    }

    /**
     * Which rule.
     *
     * @return its number, from 1
     */
    public int rule() {
        return rule;
    }

    /**
     * Signals that are on record and come again as they are.
     *
     * @return how many
     */
    public long same() {
        return same;
    }

    /**
     * Signals that come again and say something else.
     *
     * @return how many
     */
    public long changed() {
        return changed;
    }

    /**
     * Signals on record that do not come.
     *
     * @return how many
     */
    public long missing() {
        return missing;
    }

    /**
     * Signals that are not on record.
     *
     * @return how many
     */
    public long added() {
        return added;
    }
}
