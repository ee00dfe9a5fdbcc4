package io.tickbridge.gateway.book;

/** How far a feed has come, and whether all of it was seen. Written by those who are told of packets and losses. */
final class FeedPosition {
    /** No packet was named yet, or the count of packets has ended. */
    static final long NO_SEQUENCE = -1;

    /** Number of the packet that is being processed. */
    long sequence = NO_SEQUENCE;
    /** The last packet that was lost, or the one before the first that was seen. */
    long lostUpTo;
    /** Whether every packet since a reset of the feed was seen. */
    boolean anchored;
    /** Whether packets were lost since the start or the last reset of the feed. */
    boolean gapped;
    /** Whether books are being made that must not be relied upon yet. */
    boolean rebuilding;

    /** A packet comes next. */
    void packet(final long packetSequence) {
        if (sequence == NO_SEQUENCE) {
            lostUpTo = packetSequence - 1;
        }
        sequence = packetSequence;
    }
}
