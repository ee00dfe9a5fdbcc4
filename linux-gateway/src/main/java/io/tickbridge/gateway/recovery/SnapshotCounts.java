package io.tickbridge.gateway.recovery;

import java.util.concurrent.atomic.AtomicLongArray;

/** What asking for one feed's snapshots counted. Rarely written, by two threads; read by any. */
public final class SnapshotCounts {
    private final AtomicLongArray values = new AtomicLongArray(SnapshotCounter.values().length);

    SnapshotCounts() {
    }

    void increment(final SnapshotCounter counter) {
        values.incrementAndGet(counter.ordinal());
    }

    /**
     * Reads one count.
     *
     * @param counter which
     * @return running total
     */
    public long get(final SnapshotCounter counter) {
        return values.get(counter.ordinal());
    }
}
