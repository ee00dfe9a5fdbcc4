package io.tickbridge.gateway.book.order;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Orders kept in the plainest way there is, from the standard library's maps: what the store is compared with. Shares no
 * code with it.
 */
public final class PlainOrders {
    private final Map<Long, Order> orders = new HashMap<>();
    private final Map<Integer, TreeMap<Long, LinkedHashMap<Long, Order>>> sides = new HashMap<>();

    /** One order; what is left of it changes. */
    public static final class Order {
        private final int side;
        private final long price;
        private final int attribution;
        private int quantity;

        private Order(final int side, final long price, final int quantity, final int attribution) {
            this.side = side;
            this.price = price;
            this.quantity = quantity;
            this.attribution = attribution;
        }

        /** Number of its side; even ones are bids. */
        public int side() {
            return side;
        }

        /** What is left. */
        public int quantity() {
            return quantity;
        }

        /** 1e-9 units. */
        public long price() {
            return price;
        }
    }

    /** All that is known of a live order, or null. */
    public Order get(final long reference) {
        return orders.get(reference);
    }

    /** Live orders. */
    public int size() {
        return orders.size();
    }

    /** An order behind all others at its price. */
    public void add(final int side, final long reference, final long price, final int quantity, final int attribution) {
        final Order order = new Order(side, price, quantity, attribution);
        orders.put(reference, order);
        sides.computeIfAbsent(side, s -> new TreeMap<>(order(s)))
                .computeIfAbsent(price, p -> new LinkedHashMap<>()).put(reference, order);
    }

    private static Comparator<Long> order(final int side) {
        return side % 2 == 0 ? Comparator.reverseOrder() : Comparator.naturalOrder();
    }

    /** Less of an order, or none. */
    public void reduce(final long reference, final int quantity) {
        final Order order = orders.get(reference);
        order.quantity -= quantity;
        if (order.quantity == 0) {
            remove(reference);
        }
    }

    /** No such order any more. */
    public void remove(final long reference) {
        final Order order = orders.remove(reference);
        final TreeMap<Long, LinkedHashMap<Long, Order>> levels = sides.get(order.side);
        levels.get(order.price).remove(reference);
        if (levels.get(order.price).isEmpty()) {
            levels.remove(order.price);
        }
    }

    /** Another order in the place of one. */
    public void replace(final long reference, final long newReference, final long price, final int quantity) {
        final Order order = orders.get(reference);
        remove(reference);
        add(order.side, newReference, price, quantity, order.attribution);
    }

    /** No orders. */
    public void clear() {
        orders.clear();
        sides.clear();
    }

    /** A side as text: a line a level, best first, with every order in its place and what is ahead of it. */
    public List<String> describe(final int side) {
        final List<String> lines = new ArrayList<>();
        sides.getOrDefault(side, new TreeMap<>()).forEach((price, queue) -> {
            long ahead = 0;
            final StringBuilder line = new StringBuilder(price + ":");
            for (final Map.Entry<Long, Order> entry : queue.entrySet()) {
                line.append(describe(entry.getKey(), entry.getValue().quantity, ahead, entry.getValue().attribution));
                ahead += entry.getValue().quantity;
            }
            lines.add(line.append(" = ").append(ahead).append(" of ").append(queue.size()).toString());
        });
        return lines;
    }

    /** One order as text. */
    public static String describe(final long reference, final int quantity, final long ahead, final int attribution) {
        return " " + reference + "*" + quantity + ">" + ahead + "/" + attribution;
    }
}
