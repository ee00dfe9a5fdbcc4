package io.tickbridge.gateway.book.order;

import org.agrona.UnsafeApi;

/**
 * The sides of all books, and each one's price levels, sorted. The best one lies last, so that what comes and goes near the
 * best price moves few others.
 *
 * <p>A side is a record of half a cache line; the two sides of a book, made one after the other, share one. Its levels lie in
 * a block elsewhere that is replaced by one of twice the size when it is full.
 *
 * <p>One thread.
 */
final class SideLadders {
    /** Bytes of a level's place in its ladder. */
    static final int CELL = 16;

    // A side: 32 bytes, native byte order.
    private static final int CELLS = 0; // 8 bytes: address of the ladder
    private static final int DEPTH = 8; // 4 bytes
    private static final int CAPACITY = 12; // 4 bytes, in levels: a power of two, or 0 before the first
    private static final int SIGN = 16; // 4 bytes: 0 for bids, -1 for offers

    // A level's place: 16 bytes, native byte order.
    private static final int RANK = 0; // 8 bytes: the price, negated for offers, so that on both sides they rise to the best
    private static final int LEVEL = 8; // 4 bytes: its record

    /** Sides at most: of two million instruments, more than any exchange has. */
    private static final int MOST = (1 << 22) - 1;
    private static final int FIRST_CAPACITY = 4;
    /** Levels looked at one by one, from the best, before the search goes on by halves: most orders come near it. */
    private static final int NEAR = 32 * CELL;
    /** Bytes from which on a call moves memory faster than a loop. */
    private static final int LONG_MOVE = 512;

    private final RecordPool sides;
    private final MemoryArena memory = new MemoryArena();
    private int count;

    SideLadders() {
        sides = new RecordPool(MOST);
        sides.take(); // so that the first side of a book lies at the beginning of a cache line
    }

    /** Makes a side; they are numbered from 0. */
    int add(final boolean bids) {
        final long at = sides.address(sides.take());
        UnsafeApi.putLong(at + CELLS, 0);
        UnsafeApi.putInt(at + DEPTH, 0);
        UnsafeApi.putInt(at + CAPACITY, 0);
        UnsafeApi.putInt(at + SIGN, bids ? 0 : -1);
        return count++;
    }

    /** Where a side's record lies, for good. */
    long address(final int side) {
        return sides.address(side + 2);
    }

    int depth(final long side) {
        return UnsafeApi.getInt(side + DEPTH);
    }

    /** Reads where a search begins; what it returns has no meaning but that it was read. */
    long touch(final int side) {
        final long at = address(side);
        final int depth = UnsafeApi.getInt(at + DEPTH);
        return depth == 0 ? 0 : UnsafeApi.getLong(cell(at, 0) + RANK);
    }

    /** Price of a level, counted from the best. */
    long price(final long side, final int position) {
        final long sign = UnsafeApi.getInt(side + SIGN);
        return (UnsafeApi.getLong(cell(side, position) + RANK) ^ sign) - sign;
    }

    /** Record of a level, counted from the best. */
    int level(final long side, final int position) {
        return UnsafeApi.getInt(cell(side, position) + LEVEL);
    }

    /** What a price is sorted by. */
    long rank(final long side, final long price) {
        final long sign = UnsafeApi.getInt(side + SIGN);
        return (price ^ sign) - sign;
    }

    /** Offset of the first level in a side's ladder whose rank is not lower than this: where it is, or would be. */
    int search(final long side, final long rank) {
        final long cells = UnsafeApi.getLong(side + CELLS);
        int at = UnsafeApi.getInt(side + DEPTH) * CELL;
        for (final int near = Math.max(0, at - NEAR); at > near; at -= CELL) {
            if (UnsafeApi.getLong(cells + at - CELL + RANK) < rank) {
                return at;
            }
        }
        int low = 0;
        int high = at / CELL;
        while (low < high) {
            final int middle = low + high >>> 1;
            if (UnsafeApi.getLong(cells + (long) middle * CELL + RANK) < rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low * CELL;
    }

    /** The level of this rank, which a search found to belong here; {@link RecordPool#NONE} when there is none. */
    int levelAt(final long side, final int offset, final long rank) {
        if (offset == UnsafeApi.getInt(side + DEPTH) * CELL) {
            return RecordPool.NONE;
        }
        final long cell = UnsafeApi.getLong(side + CELLS) + offset;
        return UnsafeApi.getLong(cell + RANK) == rank ? UnsafeApi.getInt(cell + LEVEL) : RecordPool.NONE;
    }

    /** Puts a level where a search found that it belongs. */
    void insert(final long side, final int offset, final long rank, final int level) {
        final int depth = UnsafeApi.getInt(side + DEPTH);
        if (depth == UnsafeApi.getInt(side + CAPACITY)) {
            grow(side, depth);
        }
        final long cell = UnsafeApi.getLong(side + CELLS) + offset;
        final int rest = depth * CELL - offset;
        if (rest < LONG_MOVE) {
            for (long from = cell + rest - Long.BYTES; from >= cell; from -= Long.BYTES) {
                UnsafeApi.putLong(from + CELL, UnsafeApi.getLong(from));
            }
        } else {
            UnsafeApi.copyMemory(cell, cell + CELL, rest);
        }
        UnsafeApi.putLong(cell + RANK, rank);
        UnsafeApi.putInt(cell + LEVEL, level);
        UnsafeApi.putInt(side + DEPTH, depth + 1);
    }

    /** Takes out the level that a search found here. */
    void remove(final long side, final int offset) {
        final int depth = UnsafeApi.getInt(side + DEPTH) - 1;
        final long cell = UnsafeApi.getLong(side + CELLS) + offset;
        final int rest = depth * CELL - offset;
        if (rest < LONG_MOVE) {
            for (long to = cell; to < cell + rest; to += Long.BYTES) {
                UnsafeApi.putLong(to, UnsafeApi.getLong(to + CELL));
            }
        } else {
            UnsafeApi.copyMemory(cell + CELL, cell, rest);
        }
        UnsafeApi.putInt(side + DEPTH, depth);
    }

    /** No side has a level; each keeps its memory. */
    void clear() {
        for (int side = 0; side < count; side++) {
            UnsafeApi.putInt(address(side) + DEPTH, 0);
        }
    }

    /** How often memory was not there in time. */
    long late() {
        return memory.late() + sides.late();
    }

    private static long cell(final long side, final int position) {
        return UnsafeApi.getLong(side + CELLS) + (long) (UnsafeApi.getInt(side + DEPTH) - 1 - position) * CELL;
    }

    private void grow(final long side, final int depth) {
        if (depth == 0) {
            UnsafeApi.putLong(side + CELLS, memory.take(FIRST_CAPACITY * CELL));
            UnsafeApi.putInt(side + CAPACITY, FIRST_CAPACITY);
            return;
        }
        final long old = UnsafeApi.getLong(side + CELLS);
        final long larger = memory.take(depth * 2 * CELL);
        UnsafeApi.copyMemory(old, larger, (long) depth * CELL);
        memory.free(old, depth * CELL);
        UnsafeApi.putLong(side + CELLS, larger);
        UnsafeApi.putInt(side + CAPACITY, depth * 2);
    }
}
