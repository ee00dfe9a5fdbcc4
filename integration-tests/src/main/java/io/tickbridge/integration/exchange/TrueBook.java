package io.tickbridge.integration.exchange;

import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * One instrument's book as it really is: the orders of each price, both sides, to any depth. Every change is reported
 * as the price-level instructions that CME would send for a book of {@link #DEPTH} levels.
 */
final class TrueBook {
    /** Levels a side that the exchange reports. */
    static final int DEPTH = 10;

    private final TreeMap<Long, Level> bids = new TreeMap<>(Comparator.reverseOrder());
    private final TreeMap<Long, Level> asks = new TreeMap<>();

    /** One price: what rests there. */
    static final class Level {
        private int quantity;
        private int orders;

        int quantity() {
            return quantity;
        }

        int orders() {
            return orders;
        }
    }

    /** Takes the instructions that a change causes. */
    @FunctionalInterface
    interface Instructions {
        /**
         * One instruction.
         *
         * @param action   CME's MDUpdateAction (tag 279): 0 new, 1 change, 2 delete
         * @param side     true for bids
         * @param position from 0
         * @param price    1e-9 units
         * @param quantity left at the price
         * @param orders   left at the price
         */
        void add(int action, boolean side, int position, long price, int quantity, int orders);
    }

    TreeMap<Long, Level> side(final boolean bid) {
        return bid ? bids : asks;
    }

    boolean hasBoth() {
        return !bids.isEmpty() && !asks.isEmpty();
    }

    /** An order joins a price. It must not cross: match first. */
    void add(final boolean bid, final long price, final int quantity, final Instructions out) {
        final TreeMap<Long, Level> side = side(bid);
        final boolean isNew = !side.containsKey(price);
        final Level level = side.computeIfAbsent(price, p -> new Level());
        level.quantity += quantity;
        level.orders++;
        report(isNew ? 0 : 1, bid, price, level, out);
    }

    /** Quantity leaves a price, cancelled or traded; with none left the level goes. */
    void remove(final boolean bid, final long price, final int quantity, final Instructions out) {
        final TreeMap<Long, Level> side = side(bid);
        final Level level = side.get(price);
        level.quantity -= quantity;
        if (level.quantity > 0) {
            level.orders = Math.max(1, level.orders - 1);
            report(1, bid, price, level, out);
            return;
        }
        level.quantity = 0;
        level.orders = 0;
        report(2, bid, price, level, out);
        final int position = position(side, price);
        side.remove(price);
        if (position < DEPTH && side.size() >= DEPTH) {
            // A delete within the reported depth brings the next level into view; CME then sends it as new.
            final Iterator<Map.Entry<Long, Level>> levels = side.entrySet().iterator();
            for (int i = 0; i < DEPTH - 1; i++) {
                levels.next();
            }
            final Map.Entry<Long, Level> last = levels.next();
            out.add(0, bid, DEPTH - 1, last.getKey(), last.getValue().quantity, last.getValue().orders);
        }
    }

    private void report(
            final int action, final boolean bid, final long price, final Level level, final Instructions out) {
        final int position = position(side(bid), price);
        if (position < DEPTH) {
            out.add(action, bid, position, price, level.quantity, level.orders);
        }
    }

    private static int position(final TreeMap<Long, Level> side, final long price) {
        return side.headMap(price).size();
    }
}
