package io.tickbridge.gateway.book.order;

/**
 * One side of one book: its price levels, sorted. Positions are counted from the best.
 *
 * <p>One thread. A view that allocates nothing; what it shows lies in the store.
 */
public final class OrderSide {
    private final PriceLevels levels;
    private final SideLadders ladders;
    private final int number;
    private final long at;

    OrderSide(final PriceLevels levels, final SideLadders ladders, final int number) {
        this.levels = levels;
        this.ladders = ladders;
        this.number = number;
        at = ladders.address(number);
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
        return ladders.depth(at);
    }

    /**
     * Price of a level.
     *
     * @param position from 0, the best, to below {@link #depth}
     * @return 1e-9 units
     */
    public long price(final int position) {
        return ladders.price(at, position);
    }

    /**
     * What rests at a level.
     *
     * @param position from 0, the best, to below {@link #depth}
     * @return contracts or shares
     */
    public long quantity(final int position) {
        return levels.total(ladders.level(at, position));
    }

    /**
     * Number of orders at a level.
     *
     * @param position from 0, the best, to below {@link #depth}
     * @return at least 1
     */
    public int orders(final int position) {
        return levels.orders(ladders.level(at, position));
    }

    /**
     * The order at a level that has waited longest.
     *
     * @param position from 0, the best, to below {@link #depth}
     * @return its record; {@link OrderStore#behind} leads on
     */
    public int first(final int position) {
        return levels.first(ladders.level(at, position));
    }
}
