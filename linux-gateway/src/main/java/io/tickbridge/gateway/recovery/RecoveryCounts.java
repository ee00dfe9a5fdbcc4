package io.tickbridge.gateway.recovery;

import java.util.concurrent.atomic.AtomicLongArray;

/** What the recovery of one feed counted. Rarely written, by two threads; read by any. */
public final class RecoveryCounts {
    private final AtomicLongArray values = new AtomicLongArray(RecoveryCounter.values().length);

    RecoveryCounts() {
    }

    void increment(final RecoveryCounter counter) {
        values.incrementAndGet(counter.ordinal());
    }

    /**
     * Reads one count.
     *
     * @param counter which
     * @return running total
     */
    public long get(final RecoveryCounter counter) {
        return values.get(counter.ordinal());
    }
}
