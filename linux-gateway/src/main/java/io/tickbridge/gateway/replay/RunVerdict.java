package io.tickbridge.gateway.replay;

/** What came of verifying one run. */
public sealed interface RunVerdict {

    /**
     * Signals that replay gave, byte for byte and in order.
     *
     * @return how many were equal before anything else was found
     */
    long equal();

    /**
     * Every journalled signal was found again.
     *
     * @param equal    signals
     * @param cut      whether the run has no orderly end: its gateway was killed, or is still running
     * @param cutAtEnd signals that replay gave beyond the last one of a cut run: they were on their way into the
     *                 journal when the gateway died
     */
    record Equal(long equal, boolean cut, long cutAtEnd) implements RunVerdict {
    }

    /**
     * Replay gave something else.
     *
     * @param equal     signals before the difference; the difference is at signal {@code equal + 1}
     * @param index     where in the journal: of the journalled signal, or of the frame that gave the replayed one
     * @param journal   what was journalled; null when the journal has no such signal
     * @param replayed  what replay gave; null when it gave none
     */
    record Different(long equal, long index, SignalText journal, SignalText replayed) implements RunVerdict {
    }

    /**
     * The run cannot be verified to its end, because the journal does not hold all of it, or it cannot be run.
     *
     * @param equal  signals before that place
     * @param index  where in the journal
     * @param reason why
     */
    record NotVerifiable(long equal, long index, String reason) implements RunVerdict {
    }
}
