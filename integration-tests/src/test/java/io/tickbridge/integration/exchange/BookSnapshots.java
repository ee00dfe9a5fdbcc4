package io.tickbridge.integration.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the true books showed after each event, by instrument and by the event's time, which no other event shares. */
final class BookSnapshots {
    private final Map<Long, Map<Integer, Snapshot>> byTime = new HashMap<>();

    /** One level: price in 1e-9 units. */
    record Level(long price, int quantity, int orders) {
    }

    /** The levels that the exchange reports, best first. */
    record Snapshot(List<Level> bids, List<Level> asks) {
        static Snapshot of(final TrueBook book) {
            return new Snapshot(levels(book, true), levels(book, false));
        }

        List<Level> side(final boolean bid) {
            return bid ? bids : asks;
        }

        private static List<Level> levels(final TrueBook book, final boolean bid) {
            return book.side(bid).entrySet().stream().limit(TrueBook.DEPTH)
                    .map(level -> new Level(level.getKey(), level.getValue().quantity(), level.getValue().orders()))
                    .toList();
        }
    }

    void take(final long time, final int securityId, final TrueBook book) {
        byTime.computeIfAbsent(time, t -> new HashMap<>()).put(securityId, Snapshot.of(book));
    }

    Snapshot at(final long time, final int securityId) {
        final Snapshot snapshot = byTime.getOrDefault(time, Map.of()).get(securityId);
        if (snapshot == null) {
            throw new AssertionError("no event of instrument " + securityId + " took place at " + time);
        }
        return snapshot;
    }
}
