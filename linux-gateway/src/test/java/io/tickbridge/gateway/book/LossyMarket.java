package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_NEW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** An exchange whose books are plain lists, a feed that loses packets, and snapshots that come late. */
final class LossyMarket {
    private static final int INSTRUMENTS = 4;
    private static final int DEPTH = 5;
    private static final int SIDES = 2;

    private final Random random;
    private final MarketBooks books = new MarketBooks(
            Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(DEPTH), new NoBookListener() { });
    private final List<Truth> truths = new ArrayList<>();
    private final List<Snapshot> loop = new ArrayList<>();
    private final List<Update> packet = new ArrayList<>();
    private long sequence;

    LossyMarket(final long seed) {
        random = new Random(seed);
        for (int i = 0; i < INSTRUMENTS; i++) {
            truths.add(new Truth(i + 1));
        }
    }

    private record Level(long price, int quantity) {
    }

    private record Update(long instrument, long report, int side, int action, int position, Level level) {
    }

    private record Snapshot(long instrument, long sequence, long report, List<List<Level>> sides) {
    }

    /** One instrument at the exchange. */
    private static final class Truth {
        final long instrument;
        final List<List<Level>> sides = List.of(new ArrayList<>(), new ArrayList<>());
        long report;

        Truth(final long instrument) {
            this.instrument = instrument;
        }
    }

    void run() {
        final int before = random.nextInt(30);
        for (int i = 0; i < before; i++) {
            trade();
        }
        for (int i = 0; i < 300; i++) {
            trade();
            if (random.nextInt(20) == 0) {
                final long lost = sequence;
                for (int more = random.nextInt(6); more > 0; more--) {
                    trade();
                }
                books.onSequenceGap(lost, sequence);
            } else {
                deliver();
            }
            if (random.nextInt(4) == 0) {
                loop.add(snapshot(truths.get(random.nextInt(INSTRUMENTS))));
            }
            if (!loop.isEmpty() && random.nextInt(4) == 0) {
                deliver(loop.remove(random.nextInt(Math.min(loop.size(), 3))));
            }
            check();
        }
        // The loop goes on while the market rests.
        trade();
        deliver();
        truths.forEach(truth -> deliver(snapshot(truth)));
        check();
        for (final Truth truth : truths) {
            assertFalse(books.wantsSnapshot(truth.instrument), "instrument " + truth.instrument + " is not whole");
            for (int side = 0; side < SIDES; side++) {
                assertEquals(truth.sides.get(side).size(), books.find(truth.instrument).side(side).depth());
            }
        }
    }

    /** A packet of up to three updates, not sent yet. */
    private void trade() {
        sequence++;
        packet.clear();
        for (int updates = 1 + random.nextInt(3); updates > 0; updates--) {
            packet.add(change(truths.get(random.nextInt(INSTRUMENTS))));
        }
    }

    private Update change(final Truth truth) {
        final int side = random.nextInt(SIDES);
        final List<Level> levels = truth.sides.get(side);
        // Bids below offers: a crossed book would hide that it is in doubt.
        final Level level = new Level(random.nextInt(1_000_000) + side * 1_000_000L, 1 + random.nextInt(99));
        final int what = levels.isEmpty() ? ACTION_NEW : random.nextInt(ACTION_DELETE + 1);
        final int position = random.nextInt(what == ACTION_NEW ? Math.min(levels.size() + 1, DEPTH) : levels.size());
        switch (what) {
            case ACTION_NEW -> {
                levels.add(position, level);
                if (levels.size() > DEPTH) {
                    levels.remove(DEPTH);
                }
            }
            case ACTION_CHANGE -> levels.set(position, level);
            default -> levels.remove(position);
        }
        return new Update(truth.instrument, ++truth.report, side, what, position, level);
    }

    private void deliver() {
        books.onPacketSequence(sequence);
        for (final Update update : packet) {
            books.onLevel(update.instrument, update.report, update.side, update.action, update.position,
                    update.level.price, update.level.quantity, 1);
        }
        books.onEventEnd(sequence);
    }

    private Snapshot snapshot(final Truth truth) {
        return new Snapshot(truth.instrument, sequence, truth.report, truth.sides.stream().map(List::copyOf).toList());
    }

    private void deliver(final Snapshot snapshot) {
        if (!books.wantsSnapshot(snapshot.instrument)) {
            return;
        }
        books.onSnapshotStart(snapshot.instrument, snapshot.sequence, snapshot.report);
        for (int side = 0; side < SIDES; side++) {
            for (int position = 0; position < snapshot.sides.get(side).size(); position++) {
                final Level level = snapshot.sides.get(side).get(position);
                books.onSnapshotLevel(side, position, level.price, level.quantity, 1);
            }
        }
        books.onSnapshotEnd(MarketDataListener.STATUS_TRADING, sequence);
    }

    /** A book in doubt says so; of any other, what is known is true. */
    private void check() {
        for (final Truth truth : truths) {
            final InstrumentBook book = books.find(truth.instrument);
            if (book == null || book.state() == BookState.SEQUENCE_GAP) {
                continue;
            }
            for (int side = 0; side < SIDES; side++) {
                final List<Level> levels = truth.sides.get(side);
                for (int position = 0; position < book.side(side).depth(); position++) {
                    if (book.side(side).isKnown(position)) {
                        assertTrue(position < levels.size(), () -> "more levels than there are");
                        assertEquals(levels.get(position).price, book.side(side).price(position));
                        assertEquals(levels.get(position).quantity, book.side(side).quantity(position));
                    }
                }
            }
        }
    }
}
