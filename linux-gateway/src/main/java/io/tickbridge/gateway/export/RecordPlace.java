package io.tickbridge.gateway.export;

/** The record at hand: rows that it leads to carry its index. */
final class RecordPlace {
    private long index;
    private long time;

    void at(final long newIndex, final long newTime) {
        index = newIndex;
        time = newTime;
    }

    long index() {
        return index;
    }

    /** Receive time, ns since the Unix epoch. */
    long time() {
        return time;
    }
}
