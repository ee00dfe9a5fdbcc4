package io.tickbridge.gateway.recovery;

/** What asking for snapshots counts. */
public enum SnapshotCounter {
    /** Times that the feed wanted one. */
    WANTED("wanted"),
    /** Servers that were asked, one after the other. */
    ATTEMPTS("attempts"),
    /** Snapshots that were handed over whole; whether they were of use, the feed counts. */
    DELIVERED("delivered"),
    /** Servers that could not be reached, refused, closed early, contradicted themselves or were silent too long. */
    SERVER_FAILURES("server failures"),
    /** Snapshots that were broken off because they were no longer wanted. */
    BROKEN_OFF("broken off"),
    /** Times that nobody was asked any more after too many attempts. */
    GIVEN_UP("given up"),
    /** Times that the receive thread took nothing for as long as a server may be silent, or said more than was listened to. */
    OVERFLOWS("overflows");

    private final String label;

    SnapshotCounter(final String label) {
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
