package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.List;

/** What one event does to the books of one instrument, in order: levels with their orders, and orders below them. */
final class Entries implements TrueBook.Instructions {
    private final List<Entry> entries = new ArrayList<>();
    private final List<OrderEntry> deepOrders = new ArrayList<>();
    private boolean implied;

    /** One level's instruction, with what happened to its orders. */
    record Entry(
            int action, char type, int position, long price, int quantity, int orders, List<OrderEntry> orderEntries) {
    }

    /** What happened to one order. */
    record OrderEntry(int action, boolean bid, long id, long priority, long price, int quantity) {
    }

    @Override
    public void level(
            final int action, final boolean bid, final int position, final long price, final int quantity,
            final int orders) {
        entries.add(new Entry(action, type(bid, implied), position, price, quantity, orders, new ArrayList<>()));
    }

    @Override
    public void order(final int action, final TrueBook.Order order, final boolean reported) {
        if (implied) {
            return; // nobody's order
        }
        final OrderEntry entry = new OrderEntry(
                action, order.bid(), order.id(), order.priority(), order.price(), order.quantity());
        (reported ? entries.get(entries.size() - 1).orderEntries : deepOrders).add(entry);
    }

    /** CME's MDEntryType (tag 269) of a level. */
    static char type(final boolean bid, final boolean implied) {
        if (implied) {
            return bid ? 'E' : 'F';
        }
        return bid ? '0' : '1';
    }

    /** Whether what follows happens to the implied book. */
    void implied(final boolean isImplied) {
        implied = isImplied;
    }

    void clear() {
        entries.clear();
        deepOrders.clear();
        implied = false;
    }

    List<Entry> levels() {
        return entries;
    }

    /** Orders at prices that no level is reported of. */
    List<OrderEntry> deepOrders() {
        return deepOrders;
    }
}
