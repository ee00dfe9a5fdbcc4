package io.tickbridge.gateway.runtime;

import java.util.function.LongSupplier;

/**
 * How far the journal thread is behind the receive thread, in bytes and in time. Time is told by marks: where the receive
 * thread was at a look, and when the journal thread had come past it; so a lag shorter than the time between two looks is not
 * seen. Status thread.
 */
final class JournalLag {
    private final LongSupplier position;
    private final LongSupplier written;
    private long mark;
    private long markTime;
    private long waiting;
    private long lag;

    /**
     * No lag yet.
     *
     * @param position how far was recorded, bytes
     * @param written  how far the journal thread has come, bytes
     */
    JournalLag(final LongSupplier position, final LongSupplier written) {
        this.position = position;
        this.written = written;
    }

    /**
     * Looks once more.
     *
     * @param now ns on a clock that does not step
     */
    void look(final long now) {
        // In this order: what is recorded meanwhile then counts as waiting, and never as less than nothing.
        final long done = written.getAsLong();
        final long recorded = position.getAsLong();
        waiting = recorded - done;
        if (done >= mark) {
            lag = 0;
            mark = recorded;
            markTime = now;
        } else {
            lag = now - markTime;
        }
    }

    /** Bytes in the ring. */
    long waiting() {
        return waiting;
    }

    /** For how long, at least, the oldest of them has waited, ns; 0 when everything seen at the last look is written. */
    long lag() {
        return lag;
    }
}
