package io.tickbridge.gateway.book.order;

import org.agrona.UnsafeApi;

/**
 * Which record an order has: open addressing by the order's reference, linear probing, at most 5/8 full. A slot has the
 * upper half of the reference's hash and the record's number; a slot's home is made of the hash's topmost bits, so
 * what lies in the table can be moved within it, or to a larger one, without looking at any record.
 *
 * <p>While it grows there are two tables. Slots go over in their order, a whole run at a time, and since a run never
 * reaches past an empty slot, the home of a reference says in which table it is. For this a run must not go on from the
 * last slot to the first, so there are some slots more behind the last home. Random hashes would not fill them once in
 * the life of the universe; when they are full all the same, the table is doubled at once, as often as needed.
 *
 * <p>One thread.
 */
final class OrderTable {
    /** 2^64 divided by the golden ratio: references that follow each other come to lie far apart, and evenly. */
    private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;
    private static final int FIRST_BITS = 13;
    /** Homes at most; with a slot's eight bytes, a gibibyte. */
    private static final int MOST_BITS = 27;
    /** Slots behind the last home. The longest run of a table as full as this one is about 200. */
    private static final int BEHIND = 1024;
    private static final int SLOT_SHIFT = 3;
    /** Slots that go over to the larger table with each addition. */
    private static final int STEP = 8;
    private static final long HASH = 0xffff_ffff_0000_0000L;

    /** What became of an order that was to be placed. */
    private static final int PLACED = 0;
    private static final int PRESENT = 1;
    private static final int FULL = 2;

    private final RecordPool records;
    private final SpareMemory spare;
    private final int limit;

    private MemoryBlock block;
    private long slots;
    /** The very last slot, which stays empty. */
    private long last;
    private int bits = FIRST_BITS;
    /** Bits of a hash that do not count in its home. */
    private int shift = Long.SIZE - FIRST_BITS;
    private int size;
    private int growAt;
    /** Below this size nothing has to be done for the table to grow. */
    private int calmBelow;
    private long forced;

    /** Slot of the order that was found last, or any other: what is found is often removed next. */
    private long found;

    /** The table that is left; null when there is none. */
    private MemoryBlock oldBlock;
    private long oldSlots;
    private int oldBits;
    /** Homes of the old table whose orders are in the new one: all below this. */
    private int moved;

    /**
     * An empty table.
     *
     * @param records whose first eight bytes are the order's reference
     * @param limit   orders at most
     */
    OrderTable(final RecordPool records, final int limit) {
        this(records, limit, new SpareMemory());
    }

    /** The same with any source of memory. */
    OrderTable(final RecordPool records, final int limit, final SpareMemory spare) {
        this.records = records;
        this.limit = limit;
        this.spare = spare;
        use(new MemoryBlock(bytes(bits)));
    }

    /** The order's record, or {@link RecordPool#NONE}. */
    int find(final long reference) {
        final long hash = reference * SPREAD;
        long at = homeOf(hash);
        while (true) {
            final long content = UnsafeApi.getLong(at);
            if (content == 0) {
                return RecordPool.NONE;
            }
            if (((content ^ hash) & HASH) == 0) {
                final int record = (int) content;
                if (UnsafeApi.getLong(records.address(record)) == reference) {
                    found = at;
                    return record;
                }
            }
            at += Long.BYTES;
        }
    }

    /** Adds an order; false when its reference is there already, or there is no place for it. */
    boolean add(final long reference, final int record) {
        if (size < calmBelow) {
            final long hash = reference * SPREAD;
            long at = slots + (hash >>> shift << SLOT_SHIFT);
            long content = UnsafeApi.getLong(at);
            while (content != 0 && ((content ^ hash) & HASH) != 0) {
                at += Long.BYTES;
                content = UnsafeApi.getLong(at);
            }
            if (content == 0 && at < last) {
                UnsafeApi.putLong(at, hash & HASH | record);
                size++;
                return true;
            }
        }
        return addWithCare(reference, record);
    }

    /** The same while the table grows, and when there seems to be such an order. */
    private boolean addWithCare(final long reference, final int record) {
        if (oldBlock != null) {
            move(STEP);
        } else if (size >= growAt) {
            beginMove();
        } else if (size >= calmBelow) {
            if (growAt < limit) {
                spare.prepare(bytes(bits + 1));
            }
            // Asks again until it is full: there may have been no memory.
            calmBelow = Math.min(growAt, size + (growAt >>> 5));
        }
        final long hash = reference * SPREAD;
        for (int outcome = place(reference, hash, record); outcome != PLACED; outcome = place(reference, hash, record)) {
            if (outcome == PRESENT || oldBlock == null && bits == MOST_BITS) {
                return false;
            }
            forced++;
            if (oldBlock == null) {
                beginMove();
            }
            while (oldBlock != null) {
                move(1 << oldBits);
            }
        }
        size++;
        return true;
    }

    /** Removes an order that is there. */
    void remove(final long reference, final int record) {
        size--;
        final long hash = reference * SPREAD;
        final long content = hash & HASH | record;
        final boolean old = isInOld(hash);
        final long table = old ? oldSlots : slots;
        final int bitsBehind = old ? Long.SIZE - oldBits : shift;
        long hole = found;
        if (UnsafeApi.getLong(hole) != content) {
            hole = homeOf(hash);
            while (UnsafeApi.getLong(hole) != content) {
                hole += Long.BYTES;
            }
        }
        for (long at = hole + Long.BYTES;; at += Long.BYTES) {
            final long next = UnsafeApi.getLong(at);
            if (next == 0) {
                UnsafeApi.putLong(hole, 0);
                return;
            }
            // It may move up to the hole unless its home lies behind the hole.
            if (table + (next >>> bitsBehind << SLOT_SHIFT) <= hole) {
                UnsafeApi.putLong(hole, next);
                hole = at;
            }
        }
    }

    /**
     * The record that the slot names with which a search begins, nearly always the order's own; {@link RecordPool#NONE} when that
     * slot belongs to another or to none. Decides without a branch, which nobody could foresee.
     */
    int guess(final long reference) {
        final long hash = reference * SPREAD;
        final long content = UnsafeApi.getLong(homeOf(hash));
        final long difference = (content ^ hash) >>> Integer.SIZE;
        return (int) (content & difference - 1 >> Long.SIZE - 1);
    }

    /** No orders. Writes to the whole table. */
    void clear() {
        leaveOld();
        UnsafeApi.setMemory(slots, bytes(bits), (byte) 0);
        size = 0;
    }

    /** Orders in the table. */
    int size() {
        return size;
    }

    /** How often memory was not there in time, or the table had to be doubled at once. */
    long late() {
        return spare.late() + forced;
    }

    private static long bytes(final int tableBits) {
        return (1L << tableBits) + BEHIND + 1 << SLOT_SHIFT; // the very last one stays empty
    }

    private boolean isInOld(final long hash) {
        return oldBlock != null && (int) (hash >>> Long.SIZE - oldBits) >= moved;
    }

    private long homeOf(final long hash) {
        return isInOld(hash)
                ? oldSlots + (hash >>> Long.SIZE - oldBits << SLOT_SHIFT)
                : slots + (hash >>> shift << SLOT_SHIFT);
    }

    private int place(final long reference, final long hash, final int record) {
        long at = homeOf(hash);
        for (long content = UnsafeApi.getLong(at); content != 0; content = UnsafeApi.getLong(at)) {
            if (((content ^ hash) & HASH) == 0 && UnsafeApi.getLong(records.address((int) content)) == reference) {
                return PRESENT;
            }
            at += Long.BYTES;
        }
        if (at >= (isInOld(hash) ? oldSlots + bytes(oldBits) - Long.BYTES : last)) {
            return FULL;
        }
        UnsafeApi.putLong(at, hash & HASH | record);
        return PLACED;
    }

    /** All orders are in the new table. */
    private void leaveOld() {
        oldBlock = null;
        found = slots;
        calmBelow = growAt - (growAt >>> 2);
    }

    private void use(final MemoryBlock next) {
        block = next;
        slots = block.address();
        last = slots + bytes(bits) - Long.BYTES;
        shift = Long.SIZE - bits;
        found = slots;
        growAt = (1 << bits) / 8 * 5;
        calmBelow = growAt - (growAt >>> 2);
    }

    private void beginMove() {
        if (bits == MOST_BITS) {
            return; // as full as it gets: the limit on orders comes first
        }
        oldBlock = block;
        oldSlots = slots;
        oldBits = bits;
        moved = 0;
        bits++;
        use(spare.take(bytes(bits)));
        calmBelow = 0;
    }

    /**
     * Moves some slots, and the rest of the run in which they end. There is always a place: what lies behind the last home
     * becomes no more when there are twice as many homes.
     */
    private void move(final int count) {
        final int target = moved + count;
        final int homes = 1 << oldBits;
        // What moves leaves its copy behind: the order that was found last may not be there any more.
        found = slots;
        while (true) {
            final long at = oldSlots + ((long) moved << SLOT_SHIFT);
            final long content = UnsafeApi.getLong(at);
            if (content == 0) {
                if (moved >= homes) {
                    leaveOld();
                    return;
                }
                if (moved >= target) {
                    return;
                }
            } else {
                long place = slots + (content >>> shift << SLOT_SHIFT);
                while (UnsafeApi.getLong(place) != 0) {
                    place += Long.BYTES;
                }
                UnsafeApi.putLong(place, content);
            }
            moved++;
        }
    }
}
