package io.tickbridge.gateway.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The journal's counts of this run. Each is written by one thread, with opaque stores; any thread reads them. */
public final class JournalCounts {
    private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(long[].class);
    /** Counters lie a cache line apart: receive thread and journal thread write side by side. */
    private static final int STRIDE = 8;

    private final long[] values = new long[(JournalCounter.values().length + 1) * STRIDE];

    /**
     * Reads one count.
     *
     * @param counter which
     * @return running total, or for {@link JournalCounter#RING_HIGH_WATER} the maximum
     */
    public long get(final JournalCounter counter) {
        return (long) VALUES.getOpaque(values, slot(counter));
    }

    /**
     * Frames of this run that are not in the journal.
     *
     * @return running total, for whatever reason they were lost
     */
    public long lostFrames() {
        return get(JournalCounter.REFUSED_FRAMES) + get(JournalCounter.UNWRITTEN_FRAMES);
    }

    /**
     * Signals of this run that are not in the journal.
     *
     * @return running total, for whatever reason they were lost
     */
    public long lostSignals() {
        return get(JournalCounter.REFUSED_SIGNALS) + get(JournalCounter.UNWRITTEN_SIGNALS);
    }

    void add(final JournalCounter counter, final long amount) {
        final int slot = slot(counter);
        VALUES.setOpaque(values, slot, values[slot] + amount);
    }

    void raise(final JournalCounter counter, final long value) {
        final int slot = slot(counter);
        if (value > values[slot]) {
            VALUES.setOpaque(values, slot, value);
        }
    }

    private static int slot(final JournalCounter counter) {
        return (counter.ordinal() + 1) * STRIDE;
    }
}
