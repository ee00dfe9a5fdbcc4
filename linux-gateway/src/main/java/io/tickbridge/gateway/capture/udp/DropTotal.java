package io.tickbridge.gateway.capture.udp;

/**
 * One socket's drops, which the kernel counts in 32 bits and which are learnt on two ways: asked for at any time by one
 * thread, and told with datagrams on the receive thread.
 */
final class DropTotal {
    private static final long UNSIGNED = 0xffff_ffffL;

    private long total; // of the thread that asks
    private volatile int told;

    /** The kernel was asked; by the thread that reads. */
    long asked(final int counter) {
        // Its counter wraps round; the difference does not, as long as it is asked before 2^32 more were dropped.
        total += (counter - (int) total) & UNSIGNED;
        return total;
    }

    /** What datagrams told last; for the thread that reads. */
    long told() {
        return asked(told);
    }

    /** On the receive thread. Rare, so that a volatile store costs nothing. */
    void tell(final int counter) {
        told = counter;
    }
}
