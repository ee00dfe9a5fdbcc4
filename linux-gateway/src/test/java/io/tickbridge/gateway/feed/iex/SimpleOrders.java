package io.tickbridge.gateway.feed.iex;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** One instrument's orders in a plain list, in order of priority at equal prices: the truth that books are compared with. */
final class SimpleOrders {
    private final List<Order> orders = new ArrayList<>();

    record Order(long id, boolean buy, long price, int size) {
    }

    List<Order> all() {
        return orders;
    }

    void add(final Order order) {
        orders.add(order);
    }

    void remove(final Order order) {
        orders.remove(order);
    }

    void clear() {
        orders.clear();
    }

    void execute(final Order order, final int size) {
        if (size == order.size) {
            orders.remove(order);
        } else {
            orders.set(orders.indexOf(order), new Order(order.id, order.buy, order.price, order.size - size));
        }
    }

    void modify(final Order order, final long price, final int size, final boolean keeps) {
        final Order changed = new Order(order.id, order.buy, price, size);
        if (keeps && price == order.price) {
            orders.set(orders.indexOf(order), changed);
        } else {
            orders.remove(order);
            orders.add(changed);
        }
    }

    /** A line for each price, best first: price, then each order in its turn. */
    List<String> side(final boolean buy) {
        return orders.stream().filter(order -> order.buy == buy).map(Order::price).distinct()
                .sorted(buy ? Comparator.reverseOrder() : Comparator.naturalOrder())
                .map(price -> price + ":" + orders.stream().filter(order -> order.buy == buy && order.price == price)
                        .map(order -> " " + order.id + "x" + order.size).collect(Collectors.joining()))
                .toList();
    }
}
