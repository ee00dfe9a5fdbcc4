package io.tickbridge.gateway.book.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The store against plain maps, after every single change. */
class OrderStoreProperties {
    private static final long TICK = 10_000_000;
    /** Of what the table multiplies references by, modulo 2^64. */
    private static final long INVERSE = 0xf1de_83e1_9937_733dL;

    /** How an exchange may number its orders. */
    private enum Numbering {
        RISING, STRIDED, RANDOM, SPREAD_ALIKE
    }

    private final List<OrderSide> sides = new ArrayList<>();
    private final List<Long> live = new ArrayList<>();
    private final PlainOrders plain = new PlainOrders();
    private long next = 1;

    @Property(tries = 30, seed = "20230822")
    void everyChangeLeavesWhatPlainMapsHave(
            @ForAll final long seed, @ForAll @IntRange(min = 1, max = 6) final int books,
            @ForAll @IntRange(min = 1, max = 60) final int prices,
            @ForAll @IntRange(min = 0, max = 3) final int numbering) {
        final Random random = new Random(seed);
        final OrderStore store = begin(books);
        for (int i = 0; i < 1500; i++) {
            final int side = change(store, random, prices, Numbering.values()[numbering], 55);
            compare(store, side);
        }
        for (int side = 0; side < sides.size(); side++) {
            compare(store, side);
        }
        store.clear();
        plain.clear();
        live.clear();
        for (int i = 0; i < 100; i++) {
            compare(store, change(store, random, prices, Numbering.values()[numbering], 70));
        }
    }

    /** Through several doublings of everything, with changes while the table moves. */
    @Property(tries = 4, seed = "20230822")
    void growsWithoutLosingAnOrder(@ForAll final long seed, @ForAll @IntRange(min = 0, max = 3) final int numbering) {
        final Random random = new Random(seed);
        final OrderStore store = begin(40);
        while (plain.size() < 25_000) {
            change(store, random, 3000, Numbering.values()[numbering], 75);
            if (random.nextInt(8000) == 0) {
                compareAll(store);
            }
        }
        compareAll(store);
        while (!live.isEmpty()) {
            change(store, random, 3000, Numbering.values()[numbering], 5);
        }
        assertEquals(0, store.size());
        compareAll(store);
    }

    @Example
    void refusesMoreThanItWasMadeForAndStaysWhole() {
        final OrderStore store = new OrderStore(5000);
        final OrderSide bids = store.newSide(true);
        for (int i = 1; i <= 5000; i++) {
            assertTrue(store.add(bids.number(), i, i % 7 + 1, 1, 0));
        }
        assertFalse(store.add(bids.number(), 5001, 1, 1, 0));
        assertEquals(OrderStore.NONE, store.find(5001));
        store.remove(store.find(17));
        assertTrue(store.add(bids.number(), 5001, 1, 1, 0));
        assertFalse(store.reduce(store.find(5001), 2));
        assertEquals(1, store.quantity(store.find(5001)));
        assertEquals(5000, store.size());
    }

    /** References whose hashes all lie at the very end of the table, so that a run leaves it. */
    @Example
    void aRunThatLeavesTheTableMakesItGrowAtOnce() {
        final OrderStore store = begin(1);
        for (long i = 1; i <= 5000; i++) {
            final long reference = (1L << 19) - i << 45;
            assertTrue(store.add(0, reference * INVERSE, i % 9 + 1, 1, 0));
            plain.add(0, reference * INVERSE, i % 9 + 1, 1, 0);
        }
        assertTrue(store.lateMemory() > 0, "not the case that this is about");
        for (long i = 5000; i >= 1; i--) {
            final long reference = ((1L << 19) - i << 45) * INVERSE;
            store.remove(store.find(reference));
            plain.remove(reference);
        }
        compareAll(store);
    }

    private OrderStore begin(final int books) {
        sides.clear();
        live.clear();
        plain.clear();
        next = 1;
        final OrderStore store = new OrderStore(OrderStore.MOST_ORDERS);
        for (int side = 0; side < books * 2; side++) {
            sides.add(store.newSide(side % 2 == 0));
        }
        return store;
    }

    /** One random change on both; returns the side it was made on. */
    private int change(
            final OrderStore store, final Random random, final int prices, final Numbering numbering, final int adds) {
        if (live.isEmpty() || random.nextInt(100) < adds) {
            final long reference = number(random, numbering);
            final int side = random.nextInt(sides.size());
            final long price = (1 + random.nextInt(prices)) * TICK;
            final int quantity = 1 + random.nextInt(500);
            final int attribution = random.nextInt(3);
            assertTrue(store.add(side, reference, price, quantity, attribution));
            plain.add(side, reference, price, quantity, attribution);
            live.add(reference);
            return side;
        }
        final int index = random.nextInt(live.size());
        final long reference = live.get(index);
        final PlainOrders.Order order = plain.get(reference);
        final int record = store.find(reference);
        assertEquals(order.side(), store.side(record));
        assertEquals(order.price(), store.price(record));
        switch (random.nextInt(4)) {
            case 0 -> {
                final int less = 1 + random.nextInt(order.quantity());
                assertTrue(store.reduce(record, less));
                plain.reduce(reference, less);
            }
            case 1 -> {
                final long newReference = number(random, numbering);
                final long price = (1 + random.nextInt(prices)) * TICK;
                store.replace(record, newReference, price, 7);
                plain.replace(reference, newReference, price, 7);
                live.add(newReference);
            }
            default -> {
                store.remove(record);
                plain.remove(reference);
            }
        }
        if (plain.get(reference) == null) {
            live.set(index, live.get(live.size() - 1));
            live.remove(live.size() - 1);
            assertEquals(OrderStore.NONE, store.find(reference));
        }
        return order.side();
    }

    private long number(final Random random, final Numbering numbering) {
        return switch (numbering) {
            case RISING -> next++;
            case STRIDED -> next += 1L << 20;
            case RANDOM -> {
                long number = random.nextLong();
                while (number == 0 || plain.get(number) != null) {
                    number = random.nextLong();
                }
                yield number;
            }
            // The inverse of what the table multiplies by: hashes that follow each other closely, and so long runs.
            case SPREAD_ALIKE -> (next++ << 45) * INVERSE;
        };
    }

    private void compareAll(final OrderStore store) {
        for (int side = 0; side < sides.size(); side++) {
            compare(store, side);
        }
    }

    private void compare(final OrderStore store, final int number) {
        final OrderSide side = sides.get(number);
        final List<String> lines = new ArrayList<>();
        for (int position = 0; position < side.depth(); position++) {
            final StringBuilder line = new StringBuilder(side.price(position) + ":");
            int ahead = 0;
            for (int order = side.first(position); order != OrderStore.NONE; order = store.behind(order)) {
                line.append(PlainOrders.describe(store.reference(order), store.quantity(order), store.quantityAhead(order),
                        store.attribution(order)));
                assertEquals(ahead++, store.ordersAhead(order));
                assertEquals(order, store.find(store.reference(order)));
                if (ahead > 40) {
                    break; // each one's place is counted anew
                }
            }
            if (ahead > 40) {
                lines.add(plain.describe(number).get(position));
            } else {
                lines.add(line.append(" = ").append(side.quantity(position)).append(" of ").append(side.orders(position))
                        .toString());
            }
        }
        assertEquals(plain.describe(number), lines);
        assertEquals(plain.size(), store.size());
    }
}
