package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A seeded flow of orders into one instrument's true book: limit orders near the touch, cancellations, and market
 * orders, some of which sweep several levels. The same seed gives the same flow.
 */
final class OrderFlow {
    private static final int OPENING_LEVELS = 14; // deeper than is reported, so that deletes bring levels into view
    private static final int MAX_DISTANCE = 12; // ticks from the touch
    private static final double LIMIT_SHARE = 0.46;
    private static final double CANCEL_SHARE = 0.42; // the remaining 0.12 are market orders

    private final Instrument instrument;
    private final RandomGenerator random;
    private final TrueBook book = new TrueBook();
    private final List<Fill> fills = new ArrayList<>();
    private boolean lastBuyer;
    private boolean halted;

    /** One price at which a market order traded. */
    record Fill(long price, int quantity, int orders) {
    }

    OrderFlow(final Instrument instrument, final RandomGenerator random) {
        this.instrument = instrument;
        this.random = random;
    }

    Instrument instrument() {
        return instrument;
    }

    TrueBook book() {
        return book;
    }

    /** Fills both sides from nothing, as orders entered before the open. */
    void open(final TrueBook.Instructions out) {
        for (int i = 1; i <= OPENING_LEVELS; i++) {
            for (int order = random.nextInt(1, 4); order > 0; order--) {
                book.add(true, instrument.start() - i * instrument.tick(), size(), out);
                book.add(false, instrument.start() + i * instrument.tick(), size(), out);
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
        } else if (halted || kind < LIMIT_SHARE + CANCEL_SHARE) {
            cancel(bid, out);
        } else {
            market(bid, out);
        }
    }

    /** While halted, no market order comes. */
    void halt(final boolean isHalted) {
        halted = isHalted;
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
        final int distance = 1 + Math.min(MAX_DISTANCE, (int) (-Math.log(1 - random.nextDouble()) * 3));
        book.add(bid, reference + (bid ? -distance : distance) * instrument.tick(), size(), out);
    }

    private void cancel(final boolean bid, final TrueBook.Instructions out) {
        final int pick = Math.min(book.side(bid).size() - 1, (int) (-Math.log(1 - random.nextDouble()) * 3));
        final Map.Entry<Long, TrueBook.Level> level =
                book.side(bid).entrySet().stream().skip(pick).findFirst().orElseThrow();
        final int most = level.getValue().quantity();
        book.remove(bid, level.getKey(), random.nextInt(3) == 0 ? most : random.nextInt(1, most + 1), out);
    }

    private void market(final boolean buyer, final TrueBook.Instructions out) {
        lastBuyer = buyer;
        int left = size() * (random.nextInt(8) == 0 ? 12 : 1);
        while (left > 0 && book.side(!buyer).size() > 2) {
            final Map.Entry<Long, TrueBook.Level> best = book.side(!buyer).firstEntry();
            final int traded = Math.min(left, best.getValue().quantity());
            fills.add(new Fill(best.getKey(), traded, 1 + Math.min(traded, best.getValue().orders())));
            book.remove(!buyer, best.getKey(), traded, out);
            left -= traded;
        }
    }

    private int size() {
        return 1 + (int) (-Math.log(1 - random.nextDouble()) * 6);
    }
}
