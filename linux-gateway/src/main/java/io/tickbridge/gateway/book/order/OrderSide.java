package io.tickbridge.gateway.book.order;

import java.util.Arrays;

/**
 * One side of one book: its price levels, sorted. The best one lies last, so that what comes and goes near the best
 * price moves few others. Positions are counted from the best.
 *
 * <p>One thread. Allocates when it gets deeper than it ever was.
 */
public final class OrderSide {
    private static final int FIRST_CAPACITY = 4;
    /** Levels looked at one by one, from the best, before the search goes on by halves: most orders come near it. */
    private static final int NEAR = 6;

    private final OrderStore store;
    private final int number;
    private final boolean bids;
    /** Prices, negated for offers, so that on both sides they rise towards the best. */
    private long[] ranks = new long[FIRST_CAPACITY];
    private int[] levels = new int[FIRST_CAPACITY];
    private int depth;

    OrderSide(final OrderStore store, final int number, final boolean bids) {
        this.store = store;
        this.number = number;
        this.bids = bids;
    }

    /**
     * Which side it is.
     *
     * @return from 0, in the order in which the sides were made
     */
    public int number() {
        return number;
    }

    /**
     * Price levels.
     *
     * @return how many
     */
    public int depth() {
        return depth;
    }

    /**
     * Price of a level.
     *
     * @param position from 0, the best, to below {@link #depth}
     * @return 1e-9 units
     */
    public long price(final int position) {
        final long rank = ranks[depth - 1 - position];
        return bids ? rank : -rank;
    }

    /**
     * What rests at a level.
     *
     * @param position from 0, the best, to below {@link #depth}
     * @return contracts or shares
     */
    public long quantity(final int position) {
        return store.levelQuantity(levels[depth - 1 - position]);
    }

    /**
     * Number of orders at a level.
     *
     * @param position from 0, the best, to below {@link #depth}
     * @return at least 1
     */
    public int orders(final int position) {
        return store.levelOrders(levels[depth - 1 - position]);
    }

    /**
     * The order at a level that has waited longest.
     *
     * @param position from 0, the best, to below {@link #depth}
     * @return its record; {@link OrderStore#behind} leads on
     */
    public int first(final int position) {
        return store.levelFirst(levels[depth - 1 - position]);
    }

    /** The level at a price; a new one, without orders, where there was none. */
    int level(final long price) {
        final long rank = bids ? price : -price;
        final int index = search(rank);
        if (index < depth && ranks[index] == rank) {
            return levels[index];
        }
        if (depth == ranks.length) {
            ranks = Arrays.copyOf(ranks, depth * 2);
            levels = Arrays.copyOf(levels, depth * 2);
        }
        System.arraycopy(ranks, index, ranks, index + 1, depth - index);
        System.arraycopy(levels, index, levels, index + 1, depth - index);
        depth++;
        ranks[index] = rank;
        final int level = store.newLevel(number, price);
        levels[index] = level;
        return level;
    }

    /** The level has no orders any more. */
    void remove(final long price) {
        final int index = search(bids ? price : -price);
        depth--;
        System.arraycopy(ranks, index + 1, ranks, index, depth - index);
        System.arraycopy(levels, index + 1, levels, index, depth - index);
    }

    void clear() {
        depth = 0;
    }

    /** Where this rank is, or would be: the first index whose rank is not lower. */
    private int search(final long rank) {
        int index = depth;
        for (final int near = Math.max(0, depth - NEAR); index > near; index--) {
            if (ranks[index - 1] < rank) {
                return index;
            }
        }
        int low = 0;
        int high = index;
        while (low < high) {
            final int middle = low + high >>> 1;
            if (ranks[middle] < rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
