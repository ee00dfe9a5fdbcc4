package io.tickbridge.gateway.filter;

import java.util.Arrays;

/**
 * Finds the place of a key in a list fixed at construction: open addressing with linear probing, at most half
 * full, so that a miss ends soon. Keys are not negative.
 */
final class KeyTable {
    static final int MISSING = -1;

    private static final long EMPTY = -1;
    // 2^64 over the golden ratio: neighbouring addresses, as exchanges assign them, spread over the table.
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final long[] keys;
    private final int[] places;
    private final int mask;
    private final int shift;

    KeyTable(final long[] list) {
        final int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, list.length)) + 1;
        keys = new long[1 << bits];
        places = new int[keys.length];
        mask = keys.length - 1;
        shift = Long.SIZE - bits;
        Arrays.fill(keys, EMPTY);
        for (int place = 0; place < list.length; place++) {
            final int slot = slotOf(list[place]);
            if (keys[slot] != EMPTY) {
                throw new IllegalArgumentException("the same entry stands at places " + places[slot] + " and " + place);
            }
            keys[slot] = list[place];
            places[slot] = place;
        }
    }

    /** Place of the key in the list, or {@link #MISSING}. */
    int find(final long key) {
        final int slot = slotOf(key);
        return keys[slot] == key ? places[slot] : MISSING;
    }

    private int slotOf(final long key) {
        int slot = (int) (key * MULTIPLIER >>> shift);
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
