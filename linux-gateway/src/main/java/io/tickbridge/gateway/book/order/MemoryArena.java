package io.tickbridge.gateway.book.order;

import org.agrona.UnsafeApi;

/**
 * Blocks of memory in powers of two bytes. A block that is given back is the next of its size to be taken. Memory is had in
 * pieces, each as large as all before it, the next one long before it is needed.
 *
 * <p>Addresses are the caller's to get right. One thread.
 */
final class MemoryArena {
    private static final long FIRST_PIECE = 1 << 17;
    /** Of the largest piece: a buffer's length is an int. */
    private static final long LARGEST_PIECE = 1 << 30;

    private final SpareMemory spare = new SpareMemory();
    /** Given back, by the logarithm of the size: each begins with the next one's address. */
    private final long[] free = new long[Long.SIZE];
    /** Kept so that their memory stays. */
    private final MemoryBlock[] pieces = new MemoryBlock[Integer.SIZE];
    private int pieceCount;
    private long next;
    private long end;
    private long bytes;

    MemoryArena() {
        use(new MemoryBlock(FIRST_PIECE));
    }

    /** A block of a power of two bytes, at least 8; its content is whatever it was. */
    long take(final int size) {
        final int log = Integer.numberOfTrailingZeros(size);
        final long freed = free[log];
        if (freed != 0) {
            free[log] = UnsafeApi.getLong(freed);
            return freed;
        }
        if (end - next < size) {
            // What is left of the old piece is not used: less than this block, of a piece that held all before it.
            use(spare.take(Math.max(nextPiece(), size)));
        }
        final long block = next;
        next += size;
        if (end - next < bytes >>> 3) {
            spare.prepare(nextPiece());
        }
        return block;
    }

    /** Gives a block back. */
    void free(final long block, final int size) {
        final int log = Integer.numberOfTrailingZeros(size);
        UnsafeApi.putLong(block, free[log]);
        free[log] = block;
    }

    /** How often memory was not there in time. */
    long late() {
        return spare.late();
    }

    private long nextPiece() {
        return Math.min(bytes, LARGEST_PIECE);
    }

    private void use(final MemoryBlock piece) {
        pieces[pieceCount++] = piece;
        next = piece.address();
        end = next + piece.bytes();
        bytes += piece.bytes();
    }
}
