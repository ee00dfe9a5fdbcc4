package io.tickbridge.gateway.book.order;

import org.agrona.UnsafeApi;

/**
 * Records of 32 bytes that are numbered from 1 and never move. There is memory for 4,096 at first, and for twice as many whenever
 * these are used up.
 *
 * <p>Numbers are the caller's to get right: an address is computed from any. One thread.
 */
final class RecordPool {
    /** Bytes of a record; two fill a cache line. */
    static final int BYTES = 32;
    private static final int RECORD_SHIFT = 5;
    /** Stands for no record. */
    static final int NONE = 0;

    private static final int FIRST_CAPACITY = 1 << 12;

    /** Kept so that it stays. */
    private final GrowingMemory memory;
    /** Where record 0 lies, which nobody has. */
    private final long origin;
    private final int limit;
    /** Records there is memory for, record 0 included. */
    private int capacity = FIRST_CAPACITY;
    /** From here on no record was ever used since the last clear. */
    private int unused = 1;
    private int firstFree = NONE;

    /**
     * A pool with its first records.
     *
     * @param limit records at most: one more may find no room
     */
    RecordPool(final int limit) {
        this.limit = limit;
        memory = new GrowingMemory(
                bytes(FIRST_CAPACITY), bytes(Math.max(FIRST_CAPACITY, Integer.highestOneBit(limit + 1) * 2)));
        origin = memory.address();
    }

    /** A record that nobody has; its content is whatever it was. */
    int take() {
        final int freed = firstFree;
        if (freed != NONE) {
            firstFree = UnsafeApi.getInt(address(freed));
            return freed;
        }
        if (unused == capacity) {
            memory.require(bytes(capacity * 2));
            capacity *= 2;
        } else if (unused == capacity - (capacity >>> 2) && capacity <= limit) {
            memory.prepare(bytes(capacity * 2));
        }
        return unused++;
    }

    /** Gives a record back; it will be the next to be taken. */
    void free(final int record) {
        UnsafeApi.putInt(address(record), firstFree);
        firstFree = record;
    }

    /** All records are given back. */
    void clear() {
        unused = 1;
        firstFree = NONE;
    }

    /** Where a record lies. */
    long address(final int record) {
        return origin + ((long) record << RECORD_SHIFT);
    }

    /** How often memory was not there in time. */
    long late() {
        return memory.late();
    }

    private static long bytes(final int records) {
        return (long) records * BYTES;
    }
}
