package io.tickbridge.gateway.feed;

/** Why a snapshot from a server was of no use to its feed. */
public enum SnapshotFault {
    /** Another one began before its end. */
    BROKEN_OFF("broke off, and another one began"),
    /** Datagrams of it did not reach the receive thread. */
    INCOMPLETE("lacks datagrams"),
    /** It holds a message that no snapshot has, or that makes no sense. */
    SENSELESS("holds a message that no snapshot has, or that makes no sense"),
    /** It ends with a message number that does not fit those of the lines. */
    OTHER_NUMBER("goes on with a message number that the lines have left behind, or will not come to: it is of another session"),
    /** It states times to which the lines have not come. */
    OTHER_TIME("states times to which the lines have not come: it is of another session"),
    /** The lines change orders that it does not have, or name stocks otherwise. */
    OTHER_ORDERS("contradicts the lines about orders or locate codes: it is of another session"),
    /** More came on the lines meanwhile than can be kept. */
    OVERFLOW("took so long that more came on the lines meanwhile than snapshots.buffer holds");

    private final String text;

    SnapshotFault(final String text) {
        this.text = text;
    }

    /**
     * What is wrong, for people.
     *
     * @return to be put behind the word it
     */
    public String text() {
        return text;
    }
}
