package io.tickbridge.gateway.runtime;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** For how long the receive thread has not polled, which it does all the time. Status thread. */
final class ReceiveProgress {
    private final BooleanSupplier receiving;
    private final LongSupplier polls;
    private long lastPolls = -1;
    private long lastTime;
    private long stalled;

    /**
     * A look at a thread that has yet to poll.
     *
     * @param receiving whether the source is open and polled
     * @param polls     of the source, ever rising
     */
    ReceiveProgress(final BooleanSupplier receiving, final LongSupplier polls) {
        this.receiving = receiving;
        this.polls = polls;
    }

    /**
     * Looks once more.
     *
     * @param now ns on a clock that does not step
     */
    void look(final long now) {
        final long current = receiving.getAsBoolean() ? polls.getAsLong() : -1;
        if (current != lastPolls || current < 0) {
            lastPolls = current;
            lastTime = now;
        }
        stalled = now - lastTime;
    }

    /** ns since it was seen to poll; 0 before it begins. */
    long stalled() {
        return stalled;
    }
}
