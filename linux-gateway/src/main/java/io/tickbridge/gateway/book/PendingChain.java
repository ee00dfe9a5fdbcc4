package io.tickbridge.gateway.book;

/** The updates of one book in a {@link PendingRing}, in their order, and from which number on all of them are there. */
final class PendingChain {
    /** First slot; {@link PendingRing#NONE} without any. */
    int head = PendingRing.NONE;
    /** Last slot; {@link PendingRing#NONE} without any. */
    int tail = PendingRing.NONE;
    /** From this number on, every update was kept. A snapshot must reach up to the one before it. */
    long from;

    PendingChain(final long from) {
        this.from = from;
    }
}
