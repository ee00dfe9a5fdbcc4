package io.tickbridge.gateway.book.order;

import org.agrona.UnsafeApi;

/**
 * The price levels that orders make: what rests at each in all, and the queue of its orders. A level comes with its first
 * order and goes with its last.
 *
 * <p>One thread.
 */
final class PriceLevels {
    // A level: 32 bytes, native byte order.
    private static final int PRICE = 0; // 8 bytes
    private static final int TOTAL = 8; // 8 bytes
    private static final int ORDERS = 16; // 4 bytes
    private static final int FIRST = 20; // 4 bytes
    private static final int LAST = 24; // 4 bytes
    private static final int SIDE = 28; // 4 bytes

    /** Stands for no side. */
    static final int NO_SIDE = -1;

    private final RecordPool orders;
    private final RecordPool levels;
    private final SideLadders ladders;
    /** The side on which a level has come or gone, or {@link #NO_SIDE}. */
    private int changed = NO_SIDE;

    PriceLevels(final RecordPool orders, final SideLadders ladders, final int limit) {
        this.orders = orders;
        this.ladders = ladders;
        levels = new RecordPool(limit);
    }

    /** The level at a price of a side; a new one, without orders, where there was none. */
    int at(final int side, final long price) {
        final long ladder = ladders.address(side);
        final long rank = ladders.rank(ladder, price);
        final int offset = ladders.search(ladder, rank);
        final int there = ladders.levelAt(ladder, offset, rank);
        if (there != RecordPool.NONE) {
            return there;
        }
        changed = side;
        final int level = levels.take();
        final long at = levels.address(level);
        UnsafeApi.putLong(at + PRICE, price);
        UnsafeApi.putLong(at + TOTAL, 0);
        UnsafeApi.putInt(at + ORDERS, 0);
        UnsafeApi.putInt(at + FIRST, RecordPool.NONE);
        UnsafeApi.putInt(at + LAST, RecordPool.NONE);
        UnsafeApi.putInt(at + SIDE, side);
        ladders.insert(ladder, offset, rank, level);
        return level;
    }

    long price(final int level) {
        return UnsafeApi.getLong(levels.address(level) + PRICE);
    }

    long total(final int level) {
        return UnsafeApi.getLong(levels.address(level) + TOTAL);
    }

    int orders(final int level) {
        return UnsafeApi.getInt(levels.address(level) + ORDERS);
    }

    int first(final int level) {
        return UnsafeApi.getInt(levels.address(level) + FIRST);
    }

    int last(final int level) {
        return UnsafeApi.getInt(levels.address(level) + LAST);
    }

    int side(final int level) {
        return UnsafeApi.getInt(levels.address(level) + SIDE);
    }

    /** An order of the level has got so much more, or less. */
    void resize(final int level, final int difference) {
        final long at = levels.address(level) + TOTAL;
        UnsafeApi.putLong(at, UnsafeApi.getLong(at) + difference);
    }

    /**
     * Puts an order at the end of the queue of a level. Writes to the order before it without reading there: that lies
     * anywhere in memory, and what is written need not be waited for.
     */
    void append(final int order, final long at, final int level, final int quantity) {
        final long levelAt = levels.address(level);
        final int before = UnsafeApi.getInt(levelAt + LAST);
        OrderRecord.place(at, level, quantity, before, RecordPool.NONE);
        UnsafeApi.putInt(before == RecordPool.NONE ? levelAt + FIRST : orders.address(before) + OrderRecord.BEHIND, order);
        UnsafeApi.putInt(levelAt + LAST, order);
        count(levelAt, quantity);
    }

    /** Puts an order into the queue of a level, right behind another one, or first of all behind {@link RecordPool#NONE}. */
    void link(final int order, final long at, final int level, final int quantity, final int before) {
        final long levelAt = levels.address(level);
        final int after = UnsafeApi.getInt(
                before == RecordPool.NONE ? levelAt + FIRST : orders.address(before) + OrderRecord.BEHIND);
        OrderRecord.place(at, level, quantity, before, after);
        UnsafeApi.putInt(before == RecordPool.NONE ? levelAt + FIRST : orders.address(before) + OrderRecord.BEHIND, order);
        UnsafeApi.putInt(after == RecordPool.NONE ? levelAt + LAST : orders.address(after) + OrderRecord.AHEAD, order);
        count(levelAt, quantity);
    }

    /** Takes an order out of its queue; the level goes with its last one. */
    void unlink(final long order) {
        final int level = OrderRecord.level(order);
        final long at = levels.address(level);
        final int count = UnsafeApi.getInt(at + ORDERS) - 1;
        if (count == 0) {
            remove(level, at);
            return;
        }
        final int ahead = OrderRecord.ahead(order);
        final int behind = OrderRecord.behind(order);
        UnsafeApi.putInt(ahead == RecordPool.NONE ? at + FIRST : orders.address(ahead) + OrderRecord.BEHIND, behind);
        UnsafeApi.putInt(behind == RecordPool.NONE ? at + LAST : orders.address(behind) + OrderRecord.AHEAD, ahead);
        UnsafeApi.putInt(at + ORDERS, count);
        UnsafeApi.putLong(at + TOTAL, UnsafeApi.getLong(at + TOTAL) - OrderRecord.quantity(order));
    }

    /** The side on which a level has come or gone since this was last asked, or {@link #NO_SIDE}; the last one of several. */
    int takeChange() {
        final int was = changed;
        changed = NO_SIDE;
        return was;
    }

    void clear() {
        levels.clear();
        ladders.clear();
    }

    /** How often memory was not there in time. */
    long late() {
        return levels.late() + ladders.late();
    }

    /** Reads what a change of an order reads first; what it returns has no meaning but that it was read. */
    long touch(final int level) {
        return UnsafeApi.getLong(levels.address(level) + TOTAL);
    }

    private static void count(final long levelAt, final int quantity) {
        UnsafeApi.putLong(levelAt + TOTAL, UnsafeApi.getLong(levelAt + TOTAL) + quantity);
        UnsafeApi.putInt(levelAt + ORDERS, UnsafeApi.getInt(levelAt + ORDERS) + 1);
    }

    private void remove(final int level, final long at) {
        final int side = UnsafeApi.getInt(at + SIDE);
        final long ladder = ladders.address(side);
        ladders.remove(ladder, ladders.search(ladder, ladders.rank(ladder, UnsafeApi.getLong(at + PRICE))));
        levels.free(level);
        changed = side;
    }
}
