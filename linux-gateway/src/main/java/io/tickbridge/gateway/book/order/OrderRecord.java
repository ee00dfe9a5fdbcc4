package io.tickbridge.gateway.book.order;

import org.agrona.UnsafeApi;

/** Where the fields of an order's record lie: 32 bytes, native byte order. Read and written by its address. */
final class OrderRecord {
    private static final int REFERENCE = 0; // 8 bytes
    private static final int LEVEL = 8; // 4 bytes
    private static final int QUANTITY = 12; // 4 bytes
    /** 4 bytes: the order that is filled before this one at its price. */
    static final int AHEAD = 16;
    /** 4 bytes: the order that is filled after this one at its price. */
    static final int BEHIND = 20;
    private static final int ATTRIBUTION = 24; // 4 bytes, of orders that queue as they came
    private static final int PRIORITY = 24; // 8 bytes, of orders that queue by a number of the venue's

    private static final long LOWER = 0xffff_ffffL;

    private OrderRecord() {
    }

    static long reference(final long at) {
        return UnsafeApi.getLong(at + REFERENCE);
    }

    static int level(final long at) {
        return UnsafeApi.getInt(at + LEVEL);
    }

    static int quantity(final long at) {
        return UnsafeApi.getInt(at + QUANTITY);
    }

    static int ahead(final long at) {
        return UnsafeApi.getInt(at + AHEAD);
    }

    static int behind(final long at) {
        return UnsafeApi.getInt(at + BEHIND);
    }

    static int attribution(final long at) {
        return UnsafeApi.getInt(at + ATTRIBUTION);
    }

    static long priority(final long at) {
        return UnsafeApi.getLong(at + PRIORITY);
    }

    static void reference(final long at, final long reference) {
        UnsafeApi.putLong(at + REFERENCE, reference);
    }

    static void quantity(final long at, final int quantity) {
        UnsafeApi.putInt(at + QUANTITY, quantity);
    }

    static void attribution(final long at, final int attribution) {
        UnsafeApi.putInt(at + ATTRIBUTION, attribution);
    }

    static void priority(final long at, final long priority) {
        UnsafeApi.putLong(at + PRIORITY, priority);
    }

    static void place(final long at, final int level, final int quantity, final int ahead, final int behind) {
        // Two fields at once: the first one is the lower half on processors that are little-endian, as all that we run on are.
        UnsafeApi.putLong(at + LEVEL, (long) quantity << Integer.SIZE | level & LOWER);
        UnsafeApi.putLong(at + AHEAD, (long) behind << Integer.SIZE | ahead & LOWER);
    }
}
