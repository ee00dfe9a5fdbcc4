package io.tickbridge.gateway.recovery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Keeps requests apart, so that a line that loses much does not flood a server. The asking thread's. */
final class RequestPace {
    private final long interval;
    private final RecoveryCounts counts;
    private final BooleanSupplier closed;
    private final LongSupplier clock;
    private final LongConsumer pause;
    private long notBefore;

    RequestPace(final int requestsPerSecond, final RecoveryCounts counts, final BooleanSupplier closed) {
        this(requestsPerSecond, counts, closed, System::nanoTime, LockSupport::parkNanos);
    }

    /**
     * A pace by another clock.
     *
     * @param clock ns since some moment
     * @param pause lets about so many ns pass, or fewer
     */
    RequestPace(
            final int requestsPerSecond, final RecoveryCounts counts, final BooleanSupplier closed,
            final LongSupplier clock, final LongConsumer pause) {
        this.interval = requestsPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
        this.counts = counts;
        this.closed = closed;
        this.clock = clock;
        this.pause = pause;
        this.notBefore = clock.getAsLong();
    }

    /** Waits until the next request may be sent. */
    void await() {
        long rest = notBefore - clock.getAsLong();
        if (rest > 0) {
            counts.increment(RecoveryCounter.THROTTLED);
        }
        while (rest > 0 && !closed.getAsBoolean()) {
            pause.accept(rest);
            rest = notBefore - clock.getAsLong();
        }
        notBefore = clock.getAsLong() + interval;
    }
}
