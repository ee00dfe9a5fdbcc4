package io.tickbridge.gateway.signal;

import io.tickbridge.protocol.Side;

/** Takes what a rule found in the event it looks at. Valid only within {@link SignalRule#onBookEvent}. */
public interface SignalEmitter {

    /**
     * Emits one signal. Number, time, instrument, rule and the best bid and offer are filled in.
     *
     * @param side  direction it points to; {@code NONE} when it has none
     * @param value the measured quantity, in the unit of the kind
     * @throws IllegalStateException when called outside {@link SignalRule#onBookEvent}: there a book is not known to
     *                               be fit for signals
     */
    void emit(Side side, long value);

    /**
     * Counts that the rule could not be evaluated on this event: a level it needs is not known, a window is not yet
     * full, a tick size is missing.
     */
    void notEvaluated();

    /** Counts that the rule held back a signal because an earlier one was too recent. */
    void conflated();
}
