package io.tickbridge.gateway.signal;

import io.tickbridge.protocol.BookState;

/** What is counted for each configured rule, over all its instruments, in the order in which it is shown. */
public enum SignalCounter {
    /** Signals emitted. */
    SIGNALS("signals"),
    /** Events on which a rule was asked, a book fit for signals being given. */
    EVALUATIONS("evaluations"),
    /** Evaluations that ended without a result because something the rule needs is not known. */
    NOT_EVALUATED("not evaluated"),
    /** Evaluations whose signal was held back because an earlier one was too recent. */
    CONFLATED("conflated"),
    /** Events passed over: best bid or offer not stated since start or reset. */
    SUPPRESSED_NOT_YET_KNOWN("suppressed, not yet known"),
    /** Events passed over: packets were lost. */
    SUPPRESSED_SEQUENCE_GAP("suppressed, sequence gap"),
    /** Events passed over: bid at or above offer. */
    SUPPRESSED_CROSSED("suppressed, crossed"),
    /** Events passed over: halted, paused, closed or not yet open. */
    SUPPRESSED_NOT_TRADING("suppressed, not trading"),
    /** Events passed over: the feed was silent for too long. */
    SUPPRESSED_STALE("suppressed, stale"),
    /** Events passed over: an update could not be applied. */
    SUPPRESSED_INVALID_UPDATE("suppressed, invalid update"),
    /** Events passed over: the book is trusted, but one side is empty. */
    SUPPRESSED_ONE_SIDED("suppressed, one-sided"),
    /** Events passed over: the packet that completed them had been held back too long for a missing one. */
    SUPPRESSED_LATE("suppressed, held too long"),
    /** Trades not shown to the rule because the book was not fit for signals. */
    TRADES_WITHHELD("trades withheld"),
    /** Rules switched off for one instrument because they threw. */
    SWITCHED_OFF("switched off");

    private final String label;

    SignalCounter(final String label) {
        this.label = label;
    }

    /**
     * Name for people.
     *
     * @return lower case words
     */
    public String label() {
        return label;
    }

    /** What an event is counted as when its book, in the given state, is not fit for signals. */
    static SignalCounter suppressedBy(final BookState state) {
        return switch (state) {
            case TRUSTED -> SUPPRESSED_ONE_SIDED;
            case NOT_YET_KNOWN -> SUPPRESSED_NOT_YET_KNOWN;
            case SEQUENCE_GAP -> SUPPRESSED_SEQUENCE_GAP;
            case CROSSED -> SUPPRESSED_CROSSED;
            case NOT_TRADING -> SUPPRESSED_NOT_TRADING;
            case STALE -> SUPPRESSED_STALE;
            // No book has either of itself: a link is told of the journal's end by whoever guards it.
            case INVALID_UPDATE, NOT_JOURNALLED, NULL_VAL -> SUPPRESSED_INVALID_UPDATE;
        };
    }
}
