package io.tickbridge.gateway.recovery;

/** What the recovery of a feed counts. */
public enum RecoveryCounter {
    /** Holes that a line showed. */
    HOLES("holes"),
    /** Holes that were filled before anybody was asked, or given up. */
    MENDED("mended meanwhile"),
    /** Requests sent. */
    REQUESTS("requests"),
    /** Requests that had to wait, so that a server is not asked too often. */
    THROTTLED("throttled"),
    /** Packets that were part of an answer. */
    ANSWERS("answers"),
    /** Packets that were no answer to what was asked. */
    WRONG_ANSWERS("wrong answers"),
    /** Servers that could not be reached, closed early, or were silent too long. */
    SERVER_FAILURES("server failures"),
    /** Servers that would not let us in, or ended the session before everything was there. */
    REFUSALS("refusals"),
    /** Holes for which every unit was delivered to the receive thread. */
    RECOVERED("recovered"),
    /** Holes for which no server had everything in time. */
    NOT_RECOVERED("not recovered"),
    /** Holes that were larger than may be asked for. */
    TOO_LARGE("too large"),
    /** Holes that were not asked for, and answers cut off, because a buffer was full. */
    OVERFLOWS("overflows");

    private final String label;

    RecoveryCounter(final String label) {
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
}
