package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A seeded flow of orders into one instrument's true book: limit orders near the touch, cancellations, changes, and market
 * orders, some of which sweep several levels. Before the opening, orders may cross; the opening auction then fills them at
 * one price. The same seed gives the same flow.
 */
final class OrderFlow {
    private static final int OPENING_LEVELS = 14; // deeper than is reported, so that deletes bring levels into view
    private static final int MAX_DISTANCE = 12; // ticks from the touch
    private static final double LIMIT_SHARE = 0.46;
    private static final double CANCEL_SHARE = 0.38;
    private static final double RAISE_SHARE = 0.04; // the remaining 0.12 are market orders
    private static final int IMPLIED_LEVELS = 4; // more than are reported

    private final Instrument instrument;
    private final RandomGenerator random;
    private final LongSupplier orderIds;
    private final TrueBook book;
    private final TrueBook impliedBook;
    private final List<Fill> fills = new ArrayList<>();
    private boolean lastBuyer;
    private boolean halted;
    private boolean auction;

    /** One price at which a trade took place: the number of orders in it, and what each of those that rested got. */
    record Fill(long price, int quantity, int orders, long aggressor, List<TrueBook.OrderFill> resting) {
        /** Stands for no aggressor: an auction. */
        static final long NO_AGGRESSOR = 0;
    }

    OrderFlow(final Instrument instrument, final RandomGenerator random, final LongSupplier orderIds) {
        this.instrument = instrument;
        this.random = random;
        this.orderIds = orderIds;
        this.book = new TrueBook(instrument.depth());
        this.impliedBook = new TrueBook(instrument.impliedDepth());
    }

    Instrument instrument() {
        return instrument;
    }

    TrueBook book() {
        return book;
    }

    TrueBook impliedBook() {
        return impliedBook;
    }

    /** Fills both sides from nothing, as orders entered before the open. */
    void open(final TrueBook.Instructions out) {
        for (int i = 1; i <= OPENING_LEVELS; i++) {
            for (int order = random.nextInt(1, 4); order > 0; order--) {
                add(true, instrument.start() - i * instrument.tick(), out);
                add(false, instrument.start() + i * instrument.tick(), out);
            }
        }
    }

    /** One event: changes the book and reports how. Trades, if any, are in {@link #fills} after it. */
    void next(final TrueBook.Instructions out) {
        fills.clear();
        final boolean bid = random.nextBoolean();
        final double kind = random.nextDouble();
        if (!book.hasBoth() || book.side(bid).size() < OPENING_LEVELS - 2 || kind < LIMIT_SHARE) {
            limit(bid, out);
        } else if (halted || auction || kind < LIMIT_SHARE + CANCEL_SHARE) {
            cancel(bid, out);
        } else if (kind < LIMIT_SHARE + CANCEL_SHARE + RAISE_SHARE) {
            book.raise(pick(bid), size(), out);
        } else {
            market(bid, out);
        }
    }

    /** One change of the implied book; not for an instrument without one. */
    void nextImplied(final TrueBook.Instructions out) {
        fills.clear();
        final boolean bid = random.nextBoolean();
        final var side = impliedBook.side(bid);
        if (side.size() < IMPLIED_LEVELS && random.nextInt(3) > 0) {
            final long price = instrument.start() + random.nextInt(-MAX_DISTANCE, MAX_DISTANCE) * instrument.tick();
            impliedBook.add(bid, price, size(), 0, out);
        } else if (!side.isEmpty()) {
            final TrueBook.Order order = side.firstEntry().getValue().queue().get(0);
            impliedBook.cancel(order, random.nextInt(1, order.quantity() + 1), out);
        }
    }

    /** While halted, no market order comes. */
    void halt(final boolean isHalted) {
        halted = isHalted;
    }

    /** Orders are collected from now on, and none is matched: they may cross. */
    void collect() {
        fills.clear();
        auction = true;
    }

    /** The opening auction: what crosses is filled at one price. Trades, if any, are in {@link #fills} after it. */
    void uncross(final TrueBook.Instructions out) {
        fills.clear();
        auction = false;
        final long price = book.hasBoth() ? book.side(false).firstKey() : 0;
        while (book.hasBoth() && book.side(true).firstKey() >= book.side(false).firstKey()) {
            final int quantity = Math.min(
                    book.side(true).firstEntry().getValue().quantity(),
                    book.side(false).firstEntry().getValue().quantity());
            final List<TrueBook.OrderFill> orders = new ArrayList<>(book.trade(true, quantity, out));
            orders.addAll(book.trade(false, quantity, out));
            fills.add(new Fill(price, quantity, orders.size(), Fill.NO_AGGRESSOR, orders));
        }
    }

    /** Orders that were good for the day go: one of three, by seed. */
    void expire(final TrueBook.Instructions out) {
        fills.clear();
        for (final boolean bid : new boolean[] {true, false}) {
            book.side(bid).values().stream().flatMap(level -> level.queue().stream())
                    .filter(order -> random.nextInt(3) == 0).toList()
                    .forEach(order -> book.cancel(order, order.quantity(), out));
        }
    }

    /** Everything is gone, as after a failure or at the end of a week. */
    void clear() {
        fills.clear();
        book.clear();
        impliedBook.clear();
        halted = false;
        auction = false;
    }

    List<Fill> fills() {
        return fills;
    }

    /** Whether the last market order bought. */
    boolean lastBuyer() {
        return lastBuyer;
    }

    private void limit(final boolean bid, final TrueBook.Instructions out) {
        final Map.Entry<Long, TrueBook.Level> opposite = book.side(!bid).firstEntry();
        final long reference = opposite == null ? instrument.start() : opposite.getKey();
        // Most orders join near the touch; a wide spread is closed from both sides.
        final int distance = 1 + Math.min(MAX_DISTANCE, (int) (-Math.log(1 - random.nextDouble()) * 3))
                - (auction ? random.nextInt(4) : 0);
        add(bid, reference + (bid ? -distance : distance) * instrument.tick(), out);
    }

    private void cancel(final boolean bid, final TrueBook.Instructions out) {
        final TrueBook.Order order = pick(bid);
        book.cancel(order, random.nextInt(3) > 0 ? order.quantity() : random.nextInt(1, order.quantity() + 1), out);
    }

    private void market(final boolean buyer, final TrueBook.Instructions out) {
        lastBuyer = buyer;
        final long id = orderIds.getAsLong();
        int left = size() * (random.nextInt(8) == 0 ? 12 : 1);
        while (left > 0 && book.side(!buyer).size() > 2) {
            final Map.Entry<Long, TrueBook.Level> best = book.side(!buyer).firstEntry();
            final int traded = Math.min(left, best.getValue().quantity());
            final List<TrueBook.OrderFill> resting = book.trade(!buyer, traded, out);
            fills.add(new Fill(best.getKey(), traded, 1 + resting.size(), id, resting));
            left -= traded;
        }
    }

    private void add(final boolean bid, final long price, final TrueBook.Instructions out) {
        book.add(bid, price, size(), orderIds.getAsLong(), out);
    }

    /** An order, most likely one near the touch. */
    private TrueBook.Order pick(final boolean bid) {
        final int at = Math.min(book.side(bid).size() - 1, (int) (-Math.log(1 - random.nextDouble()) * 3));
        final TrueBook.Level level = book.side(bid).values().stream().skip(at).findFirst().orElseThrow();
        return level.queue().get(random.nextInt(level.orders()));
    }

    private int size() {
        return 1 + (int) (-Math.log(1 - random.nextDouble()) * 6);
    }
}
