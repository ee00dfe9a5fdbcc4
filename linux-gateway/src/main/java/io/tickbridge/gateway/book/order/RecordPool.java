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
    /** When so many were used, twice as many are asked for. */
    private int askAt = threeQuarters(FIRST_CAPACITY);

    /**
     * A pool with its first records.
     *
     * @param limit records at most: one more may find no room
     */
    RecordPool(final int limit) {
        this(limit, new GrowingMemory(first(), most(limit)));
    }

    /** The same in any memory of as many bytes as {@link #first} and {@link #most} say. */
    RecordPool(final int limit, final GrowingMemory memory) {
        this.limit = limit;
        this.memory = memory;
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
            askAt = threeQuarters(capacity);
        } else if (unused == askAt && capacity <= limit) {
            memory.prepare(bytes(capacity * 2));
            // Asks again until they are used up: there may have been no memory.
            askAt += capacity >>> 5;
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
        askAt = threeQuarters(capacity);
    }

    /** Where a record lies. */
    long address(final int record) {
        return origin + ((long) record << RECORD_SHIFT);
    }

    /** How often memory was not there in time. */
    long late() {
        return memory.late();
    }

    /** Bytes that can be used from the beginning. */
    static long first() {
        return bytes(FIRST_CAPACITY);
    }

    /** Bytes of as many records as there may be, rounded up as they are taken. */
    static long most(final int limit) {
        return bytes(Math.max(FIRST_CAPACITY, Integer.highestOneBit(limit + 1) * 2));
    }

    private static int threeQuarters(final int records) {
        return records - (records >>> 2);
    }

    private static long bytes(final int records) {
        return (long) records * BYTES;
    }
}
