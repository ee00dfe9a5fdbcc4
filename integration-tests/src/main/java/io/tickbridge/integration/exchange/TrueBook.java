package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One instrument's book as it really is: every order, in the order of its priority at its price, both sides, to any depth.
 * Every change is reported twice, as the exchanges do: as price-level instructions for a book of limited depth, and as
 * what happened to each order.
 */
final class TrueBook {
    /** Levels a side that CME reports of most futures. */
    static final int DEPTH = 10;
    /** Actions, by CME's numbers for both levels (tag 279) and orders (tag 37708). */
    static final int NEW = 0;
    static final int CHANGE = 1;
    static final int DELETE = 2;

    private final int depth;
    private final TreeMap<Long, Level> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Level> asks = new TreeMap<>();
    private long lastPriority;

    /** One order that rests. */
    static final class Order {
        private final long id;
        private final boolean bid;
        private final long price;
        private int quantity;
        private long priority;

        private Order(final long id, final boolean bid, final long price, final int quantity, final long priority) {
            this.id = id;
            this.bid = bid;
            this.price = price;
            this.quantity = quantity;
            this.priority = priority;
        }

        long id() {
            return id;
        }

        boolean bid() {
            return bid;
        }

        long price() {
            return price;
        }

        int quantity() {
            return quantity;
        }

        /** Of two orders at one price, that with the lower number is filled first. */
        long priority() {
            return priority;
        }
    }

    /** One price: what rests there. */
    static final class Level {
        private final List<Order> queue = new ArrayList<>();
        private int quantity;

        int quantity() {
            return quantity;
        }

        int orders() {
            return queue.size();
        }

        /** By priority. */
        List<Order> queue() {
            return queue;
        }
    }

    /** A resting order that was traded against. */
    record OrderFill(long id, int quantity) {
    }

    /** Takes the instructions that a change causes. */
    interface Instructions {
        /**
         * One level's.
         *
         * @param action   {@link #NEW}, {@link #CHANGE} or {@link #DELETE}
         * @param side     true for bids
         * @param position from 0
         * @param price    1e-9 units
         * @param quantity left at the price
         * @param orders   left at the price
         */
        void level(int action, boolean side, int position, long price, int quantity, int orders);

        /**
         * What happened to an order.
         *
         * @param action   {@link #NEW}, {@link #CHANGE} or {@link #DELETE}
         * @param order    as it is now
         * @param reported whether the last level told of is its price's; else that lies below what is reported
         */
        void order(int action, Order order, boolean reported);
    }

    /** An empty book of which so many levels are reported. */
    TrueBook(final int depth) {
        this.depth = depth;
    }

    TreeMap<Long, Level> side(final boolean bid) {
        return bid ? bids : asks;
    }

    int depth() {
        return depth;
    }

    boolean hasBoth() {
        return !bids.isEmpty() && !asks.isEmpty();
    }

    /** Everything is gone, without a word. */
    void clear() {
        bids.clear();
        asks.clear();
    }

    /** An order joins a price, behind those that rest there. */
    void add(final boolean bid, final long price, final int quantity, final long id, final Instructions out) {
        final TreeMap<Long, Level> side = side(bid);
        final boolean isNew = !side.containsKey(price);
        final Level level = side.computeIfAbsent(price, p -> new Level());
        final Order order = new Order(id, bid, price, quantity, ++lastPriority);
        level.queue.add(order);
        level.quantity += quantity;
        out.order(NEW, order, report(isNew ? NEW : CHANGE, bid, price, level, out));
    }

    /** An order gets more quantity, and loses its place. */
    void raise(final Order order, final int more, final Instructions out) {
        final Level level = side(order.bid).get(order.price);
        level.queue.remove(order);
        level.queue.add(order);
        order.quantity += more;
        order.priority = ++lastPriority;
        level.quantity += more;
        out.order(CHANGE, order, report(CHANGE, order.bid, order.price, level, out));
    }

    /** Quantity of an order is cancelled; with none left the order goes, and with the last order its level. */
    void cancel(final Order order, final int quantity, final Instructions out) {
        final Level level = side(order.bid).get(order.price);
        level.quantity -= quantity;
        order.quantity -= quantity;
        if (order.quantity == 0) {
            level.queue.remove(order);
        }
        shrunk(order.bid, order.price, level, List.of(order), out);
    }

    /** Orders at the best price of a side are filled, first come first served. At most what rests there. */
    List<OrderFill> trade(final boolean bid, final int quantity, final Instructions out) {
        final Map.Entry<Long, Level> best = side(bid).firstEntry();
        final Level level = best.getValue();
        final List<OrderFill> fills = new ArrayList<>();
        final List<Order> changed = new ArrayList<>();
        int left = quantity;
        while (left > 0) {
            final Order first = level.queue.get(0);
            final int filled = Math.min(left, first.quantity);
            first.quantity -= filled;
            left -= filled;
            if (first.quantity == 0) {
                level.queue.remove(0);
            }
            fills.add(new OrderFill(first.id, filled));
            changed.add(first);
        }
        level.quantity -= quantity;
        shrunk(bid, best.getKey(), level, changed, out);
        return fills;
    }

    private void shrunk(
            final boolean bid, final long price, final Level level, final List<Order> changed, final Instructions out) {
        final boolean isEmpty = level.queue.isEmpty();
        final boolean reported = report(isEmpty ? DELETE : CHANGE, bid, price, level, out);
        changed.forEach(order -> out.order(order.quantity == 0 ? DELETE : CHANGE, order, reported));
        if (!isEmpty) {
            return;
        }
        final TreeMap<Long, Level> side = side(bid);
        side.remove(price);
        if (reported && side.size() >= depth) {
            // A delete within the reported depth brings the next level into view; CME then sends it as new.
            final Iterator<Map.Entry<Long, Level>> levels = side.entrySet().iterator();
            for (int i = 0; i < depth - 1; i++) {
                levels.next();
            }
            final Map.Entry<Long, Level> last = levels.next();
            out.level(NEW, bid, depth - 1, last.getKey(), last.getValue().quantity, last.getValue().orders());
        }
    }

    private boolean report(
            final int action, final boolean bid, final long price, final Level level, final Instructions out) {
        final int position = side(bid).headMap(price).size();
        if (position < depth) {
            out.level(action, bid, position, price, level.quantity, level.orders());
        }
        return position < depth;
    }
}
