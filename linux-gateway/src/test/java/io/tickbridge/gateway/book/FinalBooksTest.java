package io.tickbridge.gateway.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.Venue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * All books at the end of a captured CME session, base and implied, against the C yardstick {@code mdp3_walk}.
 *
 * <p>{@link ColdStartBooks} does in Java what the yardstick does, and must give the digest that it prints: so the
 * updates are the same. Ours differ from it in two ways, both on purpose. The yardstick gives implied sides ten
 * positions, CME sends two: what it keeps further down has left the market. And it ignores a level more than one past
 * the end of what it has, while the known-level rule keeps it at its position. So ours are compared with cold-start
 * books of two implied positions, and must hold each of their levels at the same position; what ours hold beyond
 * that is counted, and begins each time below one that is not known.
 */
class FinalBooksTest {
    private static final long YARDSTICK_DIGEST = 0x2298_d38d_2285_ddb7L;

    @Test
    void holdEveryLevelThatAColdStartHolds() {
        final CmeCaptureWalk capture = new CmeCaptureWalk();
        final ColdStartBooks yardstick = new ColdStartBooks(10, 10);
        final ColdStartBooks coldStart = new ColdStartBooks(10, 2);
        final MarketBooks books = new MarketBooks(Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(10), new NoBookListener());
        while (capture.hasNext()) {
            capture.next(yardstick);
        }
        capture.rewind();
        while (capture.hasNext()) {
            capture.next(coldStart);
        }
        capture.rewind();
        while (capture.hasNext()) {
            capture.next(books);
        }
        assertEquals(YARDSTICK_DIGEST, yardstick.digest());

        int sides = 0;
        int equal = 0;
        for (final Map.Entry<Long, List<List<Level>>> book : coldStart.books().entrySet()) {
            for (int side = 0; side < MarketDataListener.SIDES; side++) {
                final List<Level> theirs = book.getValue().get(side);
                final List<Level> ours = Level.all(books.find(book.getKey()).side(side));
                assertEquals(theirs, ours.subList(0, Math.min(theirs.size(), ours.size())), () -> "instrument " + book.getKey());
                if (ours.size() > theirs.size()) {
                    assertEquals(null, ours.get(theirs.size()), "what goes further lies below an unknown level");
                } else {
                    equal++;
                }
                sides++;
            }
        }
        System.out.printf("final books: %d sides, %d equal to a cold start's, %d know more%n",
                sides, equal, sides - equal);
        assertEquals(127 * MarketDataListener.SIDES, sides);
        assertEquals(14_574, books.counts().get(BookCounter.LEVEL_UPDATES));
        assertEquals(0, books.counts().get(BookCounter.REPORT_SEQUENCE_GAPS));
        assertEquals(0, books.counts().get(BookCounter.INVALID_UPDATES));
    }
}
