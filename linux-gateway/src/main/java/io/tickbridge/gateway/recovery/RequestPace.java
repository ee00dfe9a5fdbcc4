package io.tickbridge.gateway.recovery;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Keeps requests apart, so that a line that loses much does not flood a server. The asking thread's. */
final class RequestPace {
    private final long interval;
    private final RecoveryCounts counts;
    private final BooleanSupplier closed;
    private long notBefore = System.nanoTime();

    RequestPace(final int requestsPerSecond, final RecoveryCounts counts, final BooleanSupplier closed) {
        this.interval = requestsPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / requestsPerSecond;
        this.counts = counts;
        this.closed = closed;
    }

    /** Waits until the next request may be sent. */
    void await() {
        long rest = notBefore - System.nanoTime();
        if (rest > 0) {
            counts.increment(RecoveryCounter.THROTTLED);
        }
        while (rest > 0 && !closed.getAsBoolean()) {
            LockSupport.parkNanos(rest);
            rest = notBefore - System.nanoTime();
        }
        notBefore = System.nanoTime() + interval;
    }
}
