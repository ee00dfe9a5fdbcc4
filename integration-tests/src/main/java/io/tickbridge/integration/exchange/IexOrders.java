package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one event did to single orders, and how DEEP+ tells it: fills by what was executed, all else by what was changed. */
final class IexOrders implements TrueBook.Instructions {
    private final List<Change> changes = new ArrayList<>();
    /** What is left of each order that rests. */
    private final Map<Long, Integer> left = new HashMap<>();

    private record Change(int action, boolean bid, long id, long price, int quantity) {
    }

    void begin() {
        changes.clear();
    }

    void clear() {
        left.clear();
    }

    void forget(final long id) {
        left.remove(id);
    }

    @Override
    public void level(
            final int action, final boolean side, final int position, final long price, final int quantity,
            final int orders) {
        // Whoever listens adds them up.
    }

    @Override
    public void order(final int action, final TrueBook.Order order, final boolean reported) {
        changes.add(new Change(action, order.bid(), order.id(), order.price(), order.quantity()));
    }

    /** Adds the event's messages to a session; the number of its last trade. */
    long write(
            final IexSession session, final long time, final String symbol, final List<OrderFlow.Fill> fills,
            final long lastTrade) {
        long trade = lastTrade;
        for (final OrderFlow.Fill fill : fills) {
            for (final TrueBook.OrderFill order : fill.resting()) {
                session.add(IexMessage.executed(time, symbol, order.id(), order.quantity(), fill.price(), ++trade));
                if (left.merge(order.id(), -order.quantity(), Integer::sum) == 0) {
                    left.remove(order.id());
                }
            }
        }
        if (fills.isEmpty()) {
            changes.forEach(change -> write(session, time, symbol, change));
        }
        return trade;
    }

    private void write(final IexSession session, final long time, final String symbol, final Change change) {
        switch (change.action) {
            case TrueBook.NEW -> session.add(
                    IexMessage.add(time, symbol, change.bid, change.id, change.quantity, change.price));
            case TrueBook.DELETE -> session.add(IexMessage.delete(time, symbol, change.id));
            default -> session.add(IexMessage.modify(
                    time, symbol, change.quantity < left.get(change.id), change.id, change.quantity, change.price));
        }
        if (change.action == TrueBook.DELETE) {
            left.remove(change.id);
        } else {
            left.put(change.id, change.quantity);
        }
    }
}
