package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_NEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * An exchange whose order books are plain lists, sorted anew each time they are looked at; a feed that loses packets; and
 * snapshots in pieces that come late, twice, out of order, from two lines, or not at all.
 */
final class LossyOrders {
    private static final int INSTRUMENTS = 3;
    private static final int SIDES = 2;
    private static final int PIECE = 3;
    /** Of all seeds together: how often something known was compared, so that a test that compares nothing shows. */
    static long compared;

    private final Random random;
    private final MarketBooks books = new MarketBooks(
            Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(10), 4096, new NoBookListener());
    private final List<Truth> truths = new ArrayList<>();
    private final List<Piece> loop = new ArrayList<>();
    private final List<Update> packet = new ArrayList<>();
    private long sequence;
    private long numbers;
    private long priorities;

    LossyOrders(final long seed) {
        random = new Random(seed);
        for (int i = 0; i < INSTRUMENTS; i++) {
            truths.add(new Truth(i + 1));
        }
    }

    private record Order(long number, int side, long priority, long price, int quantity) {
    }

    private record Update(long instrument, int action, Order order) {
    }

    private record Piece(long instrument, long sequence, int chunk, int chunks, List<Order> orders) {
    }

    /** One instrument at the exchange. */
    private static final class Truth {
        final long instrument;
        final List<Order> orders = new ArrayList<>();

        Truth(final long instrument) {
            this.instrument = instrument;
        }

        List<Order> sorted(final int side) {
            final Comparator<Order> byPrice = Comparator.comparingLong(Order::price);
            return orders.stream().filter(order -> order.side == side)
                    .sorted((side == 0 ? byPrice.reversed() : byPrice).thenComparing(Order::priority, Long::compareUnsigned)).toList();
        }
    }

    void run() {
        for (int before = random.nextInt(30); before > 0; before--) {
            trade();
        }
        for (int i = 0; i < 250; i++) {
            trade();
            if (random.nextInt(25) == 0) {
                final long lost = sequence;
                for (int more = random.nextInt(5); more > 0; more--) {
                    trade();
                }
                books.onSequenceGap(lost, sequence);
            } else {
                deliver();
            }
            if (random.nextInt(90) == 0) {
                reset(truths.get(random.nextInt(INSTRUMENTS)));
            }
            if (random.nextInt(4) == 0) {
                loop.addAll(snapshot(truths.get(random.nextInt(INSTRUMENTS))));
            }
            for (int pieces = random.nextInt(4); pieces > 0 && !loop.isEmpty(); pieces--) {
                final Piece piece = loop.get(random.nextInt(Math.min(loop.size(), 6)));
                deliver(piece);
                // The other line brings it again, or does not.
                if (random.nextInt(3) > 0) {
                    loop.remove(piece);
                }
            }
            check();
        }
        trade();
        deliver();
        loop.clear();
        truths.forEach(truth -> snapshot(truth).forEach(this::deliver));
        check();
        for (final Truth truth : truths) {
            assertTrue(books.find(truth.instrument).knowsOrders(), "instrument " + truth.instrument + " is not whole");
            assertFalse(books.wantsOrderSnapshot(truth.instrument));
        }
    }

    private void trade() {
        sequence++;
        packet.clear();
        for (int updates = 1 + random.nextInt(4); updates > 0; updates--) {
            change(truths.get(random.nextInt(INSTRUMENTS)));
        }
    }

    private void change(final Truth truth) {
        final int what = truth.orders.isEmpty() ? ACTION_NEW : random.nextInt(ACTION_DELETE + 1);
        if (what == ACTION_NEW) {
            final int side = random.nextInt(SIDES);
            // The same numbers in every instrument: they are unique within one alone.
            final Order order = new Order(++numbers / INSTRUMENTS + 1_000_000L * side, side, priority(), price(side), quantity());
            if (truth.orders.stream().noneMatch(other -> other.number == order.number)) {
                truth.orders.add(order);
                packet.add(new Update(truth.instrument, what, order));
            }
            return;
        }
        final int place = random.nextInt(truth.orders.size());
        final Order order = truth.orders.get(place);
        if (what == ACTION_DELETE) {
            truth.orders.remove(place);
            packet.add(new Update(truth.instrument, what, order));
            return;
        }
        final Order changed = switch (random.nextInt(3)) {
            case 0 -> new Order(order.number, order.side, order.priority, order.price, quantity());
            case 1 -> new Order(order.number, order.side, priority(), order.price, quantity());
            default -> new Order(order.number, order.side, priority(), price(order.side), quantity());
        };
        truth.orders.set(place, changed);
        packet.add(new Update(truth.instrument, what, changed));
    }

    /** Mostly rising, as at the exchange, but not always, and with the highest bit set at times: it is unsigned. */
    private long priority() {
        final long rising = (sequence + random.nextInt(3)) << 20 | ++priorities;
        return random.nextInt(50) == 0 ? rising | Long.MIN_VALUE : rising;
    }

    private long price(final int side) {
        return random.nextInt(6) - 3 + side * 6;
    }

    private int quantity() {
        return 1 + random.nextInt(99);
    }

    private void deliver() {
        books.onPacketSequence(sequence);
        for (final Update update : packet) {
            final Order order = update.order;
            books.onOrder(update.instrument, order.number, order.side, update.action, order.priority, order.price,
                    order.quantity);
        }
        books.onEventEnd(sequence);
    }

    private void reset(final Truth truth) {
        sequence++;
        truth.orders.clear();
        books.onPacketSequence(sequence);
        books.onBookReset(truth.instrument);
        books.onEventEnd(sequence);
    }

    private List<Piece> snapshot(final Truth truth) {
        final int chunks = Math.max(1, (truth.orders.size() + PIECE - 1) / PIECE);
        final List<Piece> pieces = new ArrayList<>();
        for (int chunk = 0; chunk < chunks; chunk++) {
            pieces.add(new Piece(truth.instrument, sequence, chunk + 1, chunks, List.copyOf(truth.orders.subList(
                    chunk * PIECE, Math.min(truth.orders.size(), (chunk + 1) * PIECE)))));
        }
        return pieces;
    }

    private void deliver(final Piece piece) {
        if (!books.wantsOrderSnapshot(piece.instrument)) {
            return;
        }
        books.onOrderSnapshotStart(piece.instrument, piece.sequence, piece.chunk, piece.chunks);
        piece.orders.forEach(order ->
                books.onSnapshotOrder(order.number, order.side, order.priority, order.price, order.quantity));
        // At times a piece breaks off: its message made no sense.
        if (random.nextInt(20) > 0 || loop.isEmpty()) {
            books.onOrderSnapshotEnd();
        }
    }

    /** A book says that it is not known; or every order is there, at its price, in its place. */
    private void check() {
        for (final Truth truth : truths) {
            final InstrumentBook book = books.find(truth.instrument);
            if (book == null || !book.knowsOrders()) {
                assertTrue(book == null || book.orders(MarketDataListener.BID).depth() == 0);
                continue;
            }
            for (int side = 0; side < SIDES; side++) {
                assertEquals(truth.sorted(side).stream().map(order -> order.number + ":" + order.price + "x" + order.quantity).toList(),
                        orders(book.orders(side)), "instrument " + truth.instrument + " side " + side);
                compared++;
            }
            truth.orders.forEach(order -> checkPlace(truth, order));
        }
    }

    private void checkPlace(final Truth truth, final Order order) {
        final List<Order> ahead = truth.sorted(order.side).stream()
                .filter(other -> other.price == order.price && Long.compareUnsigned(other.priority, order.priority) < 0)
                .toList();
        assertEquals(ahead.size(), books.ordersAhead(truth.instrument, order.number));
        assertEquals(ahead.stream().mapToLong(Order::quantity).sum(), books.quantityAhead(truth.instrument, order.number));
    }

    private static List<String> orders(final OrderedSide side) {
        final List<String> result = new ArrayList<>();
        for (int position = 0; position < side.depth(); position++) {
            final long price = side.price(position);
            final int[] count = new int[1];
            final long[] sum = new long[1];
            side.forEachOrder(position, (order, quantity, ahead, attribution) -> {
                assertEquals(sum[0], ahead);
                assertEquals(0, attribution);
                result.add(order + ":" + price + "x" + quantity);
                sum[0] += quantity;
                count[0]++;
            });
            assertEquals(count[0], side.orders(position));
            assertEquals(sum[0], side.quantity(position));
        }
        return result;
    }
}
