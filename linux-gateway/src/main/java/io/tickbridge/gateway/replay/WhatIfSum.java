package io.tickbridge.gateway.replay;

import java.util.Comparator;

/** What other settings change of one rule's signals. */
public final class WhatIfSum {
    long same;
    long changed;
    long missing;
    long added;
    /** By the number on record; those that are new come last. */
    static final Comparator<WhatIfSum> ORDER = Comparator.comparing((WhatIfSum sum) -> sum.rule == RuleMatch.NONE)
            .thenComparingInt(sum -> sum.rule).thenComparingInt(sum -> sum.whatIfRule).thenComparing(sum -> sum.kind);

    private final int rule;
    private final int whatIfRule;
    private final String kind;

    WhatIfSum(final int rule, final int whatIfRule, final String kind) {
        this.rule = rule;
        this.whatIfRule = whatIfRule;
        this.kind = kind;
    }

    /**
     * Which rule on record.
     *
     * @return its number, from 1; 0 when the other settings alone have it
     */
    public int rule() {
        return rule;
    }

    /**
     * Which rule of the other settings.
     *
     * @return its number, from 1; 0 when they do not have it
     */
    public int whatIfRule() {
        return whatIfRule;
    }

    /**
     * What it looks for.
     *
     * @return for example "sweep"; empty when it is not known
     */
    public String kind() {
        return kind;
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
