package io.tickbridge.gateway.book.order;

import org.agrona.UnsafeApi;

/**
 * Records of 32 bytes that are numbered from 1 and never move. The first piece of memory holds 4,096; each further one
 * as many as all before it.
 *
 * <p>Numbers are the caller's to get right: an address is computed from any. One thread.
 */
final class RecordPool {
    /** Bytes of a record; two fill a cache line. */
    static final int BYTES = 32;
    private static final int RECORD_SHIFT = 5;
    /** Stands for no record. */
    static final int NONE = 0;

    private static final int FIRST_BITS = 12;
    private static final int MOST_PIECES = Integer.SIZE - 1 - FIRST_BITS;

    private final SpareMemory spare = new SpareMemory();
    private final MemoryBlock[] pieces = new MemoryBlock[MOST_PIECES + 1];
    /** For each piece the address at which record 0 would lie. */
    private final long[] origins = new long[MOST_PIECES + 1];
    private final int limit;
    private int pieceCount;
    /** Records there is memory for, record 0 included. */
    private int capacity;
    /** From here on no record was ever used since the last clear. */
    private int unused = 1;
    private int firstFree = NONE;
    private int size;

    /**
     * A pool with its first piece.
     *
     * @param limit records at most, as far as is known: for more nothing is prepared
     */
    RecordPool(final int limit) {
        this.limit = limit;
        grow();
    }

    /** A record that nobody has; its content is whatever it was. */
    int take() {
        size++;
        final int freed = firstFree;
        if (freed != NONE) {
            firstFree = UnsafeApi.getInt(address(freed));
            return freed;
        }
        if (unused == capacity) {
            grow();
        } else if (unused == capacity - (capacity >>> 2) && capacity <= limit) {
            spare.prepare(bytesOfPiece(pieceCount));
        }
        return unused++;
    }

    /** Gives a record back; it will be the next to be taken. */
    void free(final int record) {
        UnsafeApi.putInt(address(record), firstFree);
        firstFree = record;
        size--;
    }

    /** All records are given back. */
    void clear() {
        unused = 1;
        firstFree = NONE;
        size = 0;
    }

    /** Where a record lies. */
    long address(final int record) {
        return origins[Integer.SIZE - Integer.numberOfLeadingZeros(record >>> FIRST_BITS)]
                + ((long) record << RECORD_SHIFT);
    }

    /** Records in use. */
    int size() {
        return size;
    }

    /** How often memory was not there in time. */
    long late() {
        return spare.late();
    }

    private void grow() {
        final long bytes = bytesOfPiece(pieceCount);
        final MemoryBlock piece = pieceCount == 0 ? new MemoryBlock(bytes) : spare.take(bytes);
        pieces[pieceCount] = piece;
        origins[pieceCount] = piece.address() - ((long) capacity << RECORD_SHIFT);
        pieceCount++;
        capacity = 1 << FIRST_BITS + pieceCount - 1;
    }

    private static long bytesOfPiece(final int piece) {
        return (long) BYTES << FIRST_BITS + Math.max(piece - 1, 0);
    }
}
