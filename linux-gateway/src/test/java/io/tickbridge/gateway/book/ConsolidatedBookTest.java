package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE;
import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static io.tickbridge.gateway.feed.MarketDataListener.IMPLIED_ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.IMPLIED_BID;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Base and implied levels as one. */
class ConsolidatedBookTest {
    private MarketBooks books = books();
    private final ConsolidatedBook view = new ConsolidatedBook();
    private long report;

    private static MarketBooks books() {
        return new MarketBooks(Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(10), new NoBookListener());
    }

    private void level(final int side, final int position, final long price, final int quantity) {
        books.onLevel(1, ++report, side, ACTION_CHANGE, position, price, quantity, 2);
    }

    private List<String> side(final int side) {
        view.read(books.find(1));
        final List<String> levels = new ArrayList<>();
        for (int i = 0; i < view.side(side).depth(); i++) {
            levels.add(view.side(side).price(i) + " x " + view.side(side).quantity(i) + " of " + view.side(side).orders(i));
        }
        return levels;
    }

    @Test
    void levelsOfOnePriceAreOne() {
        level(BID, 0, 100, 5);
        level(BID, 1, 98, 6);
        level(IMPLIED_BID, 0, 101, 1);
        level(IMPLIED_BID, 1, 98, 2);
        level(ASK, 0, 103, 7);
        level(IMPLIED_ASK, 0, 103, Integer.MAX_VALUE);
        assertEquals(List.of("101 x 1 of 0", "100 x 5 of 2", "98 x 8 of 2"), side(BID));
        assertEquals(List.of("103 x " + Integer.MAX_VALUE + " of 2"), side(ASK));
        assertEquals(2, books.find(1).side(BID).depth(), "the base book stays as it is");
        assertEquals(100, books.find(1).side(BID).price(0));
    }

    @Test
    void nothingIsMergedPastWhatIsNotKnown() {
        level(BID, 0, 100, 5);
        level(BID, 1, 99, 5);
        level(IMPLIED_BID, 1, 98, 2);
        assertEquals(List.of(), side(BID), "the best implied bid is not known");
        level(IMPLIED_BID, 0, 99, 2);
        assertEquals(List.of("100 x 5 of 2", "99 x 7 of 2", "98 x 2 of 0"), side(BID));
        level(BID, 3, 96, 1);
        assertEquals(List.of("100 x 5 of 2", "99 x 7 of 2"), side(BID), "the third bid is not known, and may be better");
        books.onLevel(1, ++report, IMPLIED_BID, ACTION_DELETE, 0, 0, 0, 0);
        books.onLevel(1, ++report, IMPLIED_BID, ACTION_DELETE, 0, 0, 0, 0);
        assertEquals(List.of("100 x 5 of 2", "99 x 5 of 2"), side(BID));
    }

    /** Against a sorted map that simply adds everything up. */
    @Property(tries = 500)
    void isTheSumOfBoth(@ForAll final long seed) {
        books = books();
        report = 0;
        final Random random = new Random(seed);
        final int side = random.nextInt(2);
        final TreeMap<Long, Integer> sums = new TreeMap<>();
        for (final int part : new int[] {side, side + IMPLIED_BID}) {
            long price = random.nextInt(4);
            final int count = random.nextInt(part == side ? 6 : 3);
            for (int position = 0; position < count; position++) {
                price += 1 + random.nextInt(3);
                final int quantity = 1 + random.nextInt(9);
                level(part, position, side == BID ? -price : price, quantity);
                sums.merge(price, quantity, Integer::sum);
            }
        }
        if (sums.isEmpty()) {
            return;
        }
        final List<String> expected = new ArrayList<>();
        sums.forEach((price, quantity) -> expected.add((side == BID ? -price : price) + " x " + quantity));
        assertEquals(expected, side(side).stream().map(level -> level.substring(0, level.indexOf(" of"))).toList());
    }
}
