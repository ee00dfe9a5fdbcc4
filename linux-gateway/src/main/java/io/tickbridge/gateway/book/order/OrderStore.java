package io.tickbridge.gateway.book.order;

/**
 * All live orders of a feed and the price levels that they make. An order is found once by its reference and then
 * handled by the number of its record, which is valid until the order is gone.
 *
 * <p>Orders queue in the order in which they came ("price-time priority"): a reduced order keeps its place, a replaced
 * one goes to the end. Where the venue says what comes before what, they queue by its numbers ({@link #insert}).
 *
 * <p>One thread. Allocates only when there are more orders, levels or sides than ever before; see the package.
 */
public final class OrderStore {
    /** Stands for no order. */
    public static final int NONE = RecordPool.NONE;
    /** Stands for no side. */
    public static final int NO_SIDE = PriceLevels.NO_SIDE;
    /** Most orders that a store can be made for: the memory of half of them must fit a single piece. */
    public static final int MOST_ORDERS = 1 << 25;

    /** Up to so many orders, all that belongs to them lies in the processor's caches. */
    private static final int CACHED = 1 << 14;

    private final RecordPool orders;
    private final SideLadders ladders = new SideLadders();
    private final PriceLevels levels;
    private final OrderTable table;
    private final int limit;

    /**
     * A store without orders.
     *
     * @param limit most orders at once, 1 to {@link #MOST_ORDERS}
     */
    public OrderStore(final int limit) {
        this.limit = limit;
        orders = new RecordPool(limit);
        levels = new PriceLevels(orders, ladders, limit);
        table = new OrderTable(orders, limit);
    }

    /**
     * Memory that a store may take in the end: records in powers of two, and the table while it moves into one twice its
     * size. Levels are counted as a quarter of the orders; in markets there are fewer. A level's place in its ladder is counted
     * fourfold: a ladder has room for twice as many, and so has the memory that it was taken from.
     *
     * @param limit most orders at once
     * @return bytes
     */
    public static long memory(final int limit) {
        final long records = Long.highestOneBit(limit) == limit ? limit : Long.highestOneBit(limit) * 2;
        final long homes = Long.highestOneBit(limit / 5L * 8) * 2;
        return records * RecordPool.BYTES * 5 / 4 + records * SideLadders.CELL + homes * Long.BYTES * 3 / 2;
    }

    /**
     * Makes a further side.
     *
     * @param bids whether the best price is the highest
     * @return the side, for the life of the store
     */
    public OrderSide newSide(final boolean bids) {
        return new OrderSide(levels, ladders, ladders.add(bids));
    }

    /**
     * Finds an order.
     *
     * @param reference the venue's own number, not 0
     * @return its record, or {@link #NONE}
     */
    public int find(final long reference) {
        return table.find(reference);
    }

    /**
     * Adds an order at the end of the queue at its price.
     *
     * @param side        number of the side it rests on
     * @param reference   the venue's own number, not 0
     * @param price       1e-9 units
     * @param quantity    contracts or shares, more than 0
     * @param attribution what the venue says of its owner, any value
     * @return false when there is an order of this number, or as many as there may be, or no place for this one; nothing was
     *         changed then
     */
    public boolean add(
            final int side, final long reference, final long price, final int quantity, final int attribution) {
        if (isFull()) {
            return false;
        }
        final int order = orders.take();
        final long at = orders.address(order);
        OrderRecord.reference(at, reference);
        OrderRecord.attribution(at, attribution);
        if (!table.add(reference, order)) {
            orders.free(order);
            return false;
        }
        levels.append(order, at, levels.at(side, price), quantity);
        return true;
    }

    /**
     * Adds an order in its place in the queue at its price. All orders of a level are added in this way, or none.
     *
     * @param side      number of the side it rests on
     * @param reference a number of its own, not 0
     * @param price     1e-9 units
     * @param quantity  contracts or shares, more than 0
     * @param priority  unsigned: it is filled after those with a lower one, and after those with the same that are there
     * @return false when there is an order of this number, or as many as there may be, or no place for this one; nothing was
     *         changed then
     */
    public boolean insert(
            final int side, final long reference, final long price, final int quantity, final long priority) {
        if (isFull()) {
            return false;
        }
        final int order = orders.take();
        final long at = orders.address(order);
        OrderRecord.reference(at, reference);
        OrderRecord.priority(at, priority);
        if (!table.add(reference, order)) {
            orders.free(order);
            return false;
        }
        final int level = levels.at(side, price);
        int before = levels.last(level);
        while (before != NONE && Long.compareUnsigned(priority(before), priority) > 0) {
            before = ahead(before);
        }
        levels.link(order, at, level, quantity, before);
        return true;
    }

    /**
     * Gives an order another quantity; it keeps its place.
     *
     * @param order    its record
     * @param quantity more than 0
     */
    public void resize(final int order, final int quantity) {
        final long at = orders.address(order);
        levels.resize(OrderRecord.level(at), quantity - OrderRecord.quantity(at));
        OrderRecord.quantity(at, quantity);
    }

    /**
     * Takes some of an order away; all of it, and the order is gone.
     *
     * @param order    its record
     * @param quantity more than 0
     * @return false when the order has not that much; nothing was changed then
     */
    public boolean reduce(final int order, final int quantity) {
        final long at = orders.address(order);
        final int rest = OrderRecord.quantity(at) - quantity;
        if (rest <= 0) {
            if (rest < 0) {
                return false;
            }
            remove(order);
            return true;
        }
        OrderRecord.quantity(at, rest);
        levels.resize(OrderRecord.level(at), -quantity);
        return true;
    }

    /**
     * Removes an order.
     *
     * @param order its record
     */
    public void remove(final int order) {
        final long at = orders.address(order);
        table.remove(OrderRecord.reference(at), order);
        levels.unlink(at);
        orders.free(order);
    }

    /**
     * Puts another order in the place of one, on the same side, at the end of the queue at its price.
     *
     * @param order     record of the order that goes; that of the new one afterwards
     * @param reference of the new one, not 0, of no order that is there
     * @param price     1e-9 units
     * @param quantity  contracts or shares, more than 0
     * @return false when there is no place for the new one; the old one is gone then too
     */
    public boolean replace(final int order, final long reference, final long price, final int quantity) {
        final long at = orders.address(order);
        final int side = side(order);
        table.remove(OrderRecord.reference(at), order);
        levels.unlink(at);
        OrderRecord.reference(at, reference);
        if (!table.add(reference, order)) {
            orders.free(order);
            return false;
        }
        levels.append(order, at, levels.at(side, price), quantity);
        return true;
    }

    /** Removes all orders; the sides stay. Takes as long as writing the whole table: 10 ms for 10 million orders. */
    public void clear() {
        table.clear();
        orders.clear();
        levels.clear();
    }

    /**
     * Whether one more order would be refused.
     *
     * @return true at the limit
     */
    public boolean isFull() {
        return table.size() >= limit;
    }

    /**
     * Live orders.
     *
     * @return how many
     */
    public int size() {
        return table.size();
    }

    /**
     * How often memory had to be taken from the system by the caller's own thread, since no other had done it in time.
     *
     * @return running total
     */
    public long lateMemory() {
        return table.late() + orders.late() + levels.late();
    }

    /**
     * An order's number.
     *
     * @param order its record
     * @return the venue's own number
     */
    public long reference(final int order) {
        return OrderRecord.reference(orders.address(order));
    }

    /**
     * What is left of an order.
     *
     * @param order its record
     * @return contracts or shares
     */
    public int quantity(final int order) {
        return OrderRecord.quantity(orders.address(order));
    }

    /**
     * What was said of its owner.
     *
     * @param order its record
     * @return as it was added
     */
    public int attribution(final int order) {
        return OrderRecord.attribution(orders.address(order));
    }

    /**
     * The place that the venue gives an order among those at its price.
     *
     * @param order its record
     * @return as it was inserted
     */
    public long priority(final int order) {
        return OrderRecord.priority(orders.address(order));
    }

    /**
     * Price of an order.
     *
     * @param order its record
     * @return 1e-9 units
     */
    public long price(final int order) {
        return levels.price(OrderRecord.level(orders.address(order)));
    }

    /**
     * Number of the side that an order rests on.
     *
     * @param order its record
     * @return as {@link OrderSide#number}
     */
    public int side(final int order) {
        return levels.side(OrderRecord.level(orders.address(order)));
    }

    /**
     * The next order in the queue at the same price.
     *
     * @param order its record
     * @return {@link #NONE} after the last
     */
    public int behind(final int order) {
        return OrderRecord.behind(orders.address(order));
    }

    /**
     * Orders that are filled before this one at its price. Goes through all of them.
     *
     * @param order its record
     * @return how many
     */
    public int ordersAhead(final int order) {
        int count = 0;
        for (int i = ahead(order); i != NONE; i = ahead(i)) {
            count++;
        }
        return count;
    }

    /**
     * Quantity that is filled before this order at its price. Goes through all orders that it belongs to.
     *
     * @param order its record
     * @return contracts or shares
     */
    public long quantityAhead(final int order) {
        long sum = 0;
        for (int i = ahead(order); i != NONE; i = ahead(i)) {
            sum += quantity(i);
        }
        return sum;
    }

    /**
     * Whether it is worth while to bring near what will be needed soon.
     *
     * @return false while all of it lies in the processor's caches anyhow
     */
    public boolean isLarge() {
        return table.size() > CACHED;
    }

    /**
     * An order's record, most likely, without a look at it: to bring near what several orders will need that are to be found or
     * added, so that the processor waits for all of them at once.
     *
     * @param reference of an order, or any other
     * @return a record, to be touched and nothing else; {@link #NONE} when there seems to be none
     */
    public int guess(final long reference) {
        return table.guess(reference);
    }

    /**
     * Reads an order's record.
     *
     * @param order a guess
     * @return no meaning; to be used somehow, so that it is really read
     */
    public long touchRecord(final int order) {
        return OrderRecord.level(orders.address(order));
    }

    /**
     * Reads an order's record and the level at which it rests.
     *
     * @param order a guess
     * @return no meaning; to be used somehow, so that it is really read
     */
    public long touchLevel(final int order) {
        return levels.touch(OrderRecord.level(orders.address(order)));
    }

    /**
     * Reads a side and the best of its levels.
     *
     * @param side its number
     * @return no meaning; to be used somehow, so that it is really read
     */
    public long touchLadder(final int side) {
        return ladders.touch(side);
    }

    /**
     * Where a level has come or gone since this was last asked. Most changes of orders leave all levels where they are. A single
     * change of an order is of one side.
     *
     * @return number of the side whose levels' positions or prices are others now, the last one when there are several;
     *         {@link #NO_SIDE} when all is as it was
     */
    public int takeLevelChange() {
        return levels.takeChange();
    }

    private int ahead(final int order) {
        return OrderRecord.ahead(orders.address(order));
    }
}
