package io.tickbridge.gateway.feed;

/**
 * Told on the receive thread what no line has delivered yet, so that somebody else can ask the exchange for it. Must
 * not block. What comes of it comes back as datagrams of the feed's recovery line.
 */
public interface GapWatch {
    /** Does nothing. */
    GapWatch NOBODY = new GapWatch() { };

    /**
     * A later packet came first. Told once for each hole, as soon as it shows; the other line may still fill it.
     *
     * @param stream  the venue's name of the stream, as its {@link GapFill} takes it
     * @param session the venue's name of the session, as its {@link GapFill} takes it
     * @param from    first missing number
     * @param to      last missing number
     */
    default void onMissing(final long stream, final long session, final long from, final long to) {
        // Nobody is asked.
    }

    /**
     * Everything before this number is there, or was given up.
     *
     * @param next the number that comes next
     */
    default void onNext(final long next) {
        // Nobody waits.
    }

    /**
     * What the books hold cannot be known from the lines any more, or yet: a snapshot has to tell. Told again when one that
     * came was of no use.
     *
     * @param stream  as {@link #onMissing} tells
     * @param session as {@link #onMissing} tells
     */
    default void onSnapshotWanted(final long stream, final long session) {
        // Nobody is asked.
    }

    /**
     * A snapshot that came was of no use; {@link #onSnapshotWanted} follows.
     *
     * @param fault why
     */
    default void onSnapshotUnusable(final SnapshotFault fault) {
        // Nobody was asked.
    }

    /**
     * A snapshot is still wanted, and nothing, or nothing more, has come of it for a while. Whoever believes to have handed
     * over all of one has to ask again; one that is on its way need not be broken off.
     */
    default void onSnapshotOverdue() {
        // Nobody was asked.
    }

    /** Everything is known: no snapshot is of use, not even one that is on its way. */
    default void onSnapshotSettled() {
        // Nobody was asked.
    }
}
