package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_NEW;
import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.protocol.Venue;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.Test;

/**
 * Books of single orders under losses, healed by snapshots in pieces: whatever is lost and whenever pieces come, a book that
 * says it is known has every order in its place, and every book is known in the end.
 */
class OrderRecoveryTest {
    private final BookCounts counts = new BookCounts();
    private final OrderBooks small = new OrderBooks(counts, 4096, 8);

    @Property(tries = 400)
    void noKnownBookIsWrongAndEveryBookIsKnownInTheEnd(@ForAll final long seed) {
        new LossyOrders(seed).run();
    }

    @AfterContainer
    static void somethingWasCompared() {
        assertTrue(LossyOrders.compared == 0 || LossyOrders.compared > 1000, "compared " + LossyOrders.compared);
    }

    /** Twelve updates into room for eight: only a snapshot that contains the four that left is taken. */
    @Test
    void anOverflowMakesOlderSnapshotsUseless() {
        final OrderBook book = small.open(7, false);
        for (int packet = 10; packet < 22; packet++) {
            small.update(book, packet, packet, BID, ACTION_NEW, packet, 5, 1);
        }
        assertEquals(4, counts.get(BookCounter.RECOVERY_OVERFLOWS));
        assertFalse(snapshot(book, 12));
        assertEquals(1, counts.get(BookCounter.OLD_SNAPSHOTS));
        assertTrue(snapshot(book, 13, 10, 11, 12, 13));
        assertEquals(12, book.sides[BID].orders(0));
        assertEquals(11, small.quantityAhead(book, 21));
    }

    @Test
    void whatASnapshotContainsIsNotAppliedAgain() {
        final OrderBook book = small.open(7, false);
        assertTrue(snapshot(book, 30, 1, 2, 3));
        small.update(book, 29, 1, BID, ACTION_DELETE, 0, 5, 0);
        assertEquals(3, book.sides[BID].orders(0));
        small.onGap(book, 30);
        assertTrue(book.whole, "what was lost is in the snapshot");
        small.update(book, 31, 1, BID, ACTION_DELETE, 0, 5, 0);
        assertEquals(2, book.sides[BID].orders(0));
        small.onGap(book, 32);
        assertFalse(book.whole);
        assertEquals(0, book.sides[BID].depth());
    }

    @Test
    void aResetThatASnapshotContainsIsNotAppliedAgain() {
        final OrderBook book = small.open(7, false);
        assertTrue(snapshot(book, 30, 1, 2));
        small.reset(book, 29);
        assertEquals(2, book.sides[BID].orders(0));
        small.reset(book, 31);
        assertEquals(0, book.sides[BID].depth());
        assertTrue(book.whole);
        small.onRestart(book);
        assertFalse(book.whole);
        small.reset(book, -1);
        assertTrue(book.whole, "a reset before any packet has a number");
    }

    /** Each contradiction makes the book unknown until a snapshot that contains the packet that brought it. */
    @Test
    void contradictionsMakeABookUnknown() {
        final long[][] contradictions = {
            {1, BID, ACTION_NEW, 5, 9}, {99, BID, ACTION_DELETE, 5, 9}, {99, BID, ACTION_CHANGE, 5, 9},
            {1, ASK, ACTION_DELETE, 5, 9}, {98, BID, ACTION_NEW, 5, 0}, {1, BID, ACTION_CHANGE, 5, -1},
            {98, BID, ACTION_NEW, Long.MIN_VALUE, 9}};
        int packet = 10;
        for (final long[] one : contradictions) {
            final OrderBook book = small.open(packet, true);
            small.update(book, packet, 1, BID, ACTION_NEW, 1, 5, 3);
            small.update(book, packet + 1, one[0], (int) one[1], (int) one[2], 2, one[3], (int) one[4]);
            assertFalse(book.whole, "contradiction " + one[0]);
            assertEquals(0, book.sides[BID].depth());
            assertFalse(snapshot(book, packet, 1), "the snapshot is of before");
            assertTrue(snapshot(book, packet + 1, 1));
            packet += 10;
        }
        assertEquals(contradictions.length, counts.get(BookCounter.INVALID_ORDERS));
    }

    @Test
    void snapshotsThatMakeNoSenseAreRefused() {
        final OrderBook book = small.open(7, false);
        small.beginSnapshot(book, 7, 10, 9, 20, 3, 2);
        assertFalse(small.endSnapshot());
        small.beginSnapshot(book, 7, 10, 9, 20, 0, 2);
        assertFalse(small.endSnapshot());
        small.beginSnapshot(book, 7, 10, 9, 20, 1, SnapshotOrders.MOST_CHUNKS + 1);
        assertFalse(small.endSnapshot());
        small.beginSnapshot(book, 7, 10, 9, 10_000_000, 1, 1);
        assertFalse(small.endSnapshot());
        assertEquals(4, counts.get(BookCounter.BROKEN_SNAPSHOTS));
        assertFalse(snapshot(book, 20, 5, 6, 5), "an order twice");
        assertEquals(0, book.sides[BID].depth());
        assertEquals(5, counts.get(BookCounter.BROKEN_SNAPSHOTS));
        assertTrue(snapshot(book, 21), "no orders at all");
    }

    @Test
    void withoutOrdersNothingIsKeptAndNothingAskedFor() {
        final MarketBooks books = new MarketBooks(Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(10), new NoBookListener());
        books.onPacketSequence(1);
        books.onLevel(7, 1, BID, ACTION_NEW, 0, 5, 1, 1);
        assertFalse(books.wantsOrders());
        assertFalse(books.wantsOrderSnapshot(7));
        assertNull(books.find(7).orders(BID));
        assertFalse(books.find(7).knowsOrders());
        assertEquals(-1, books.quantityAhead(7, 1));
    }

    private boolean snapshot(final OrderBook book, final long sequence, final long... orders) {
        small.beginSnapshot(book, 7, sequence, 0, sequence, 1, 1);
        for (final long order : orders) {
            small.snapshotOrder(order, BID, order, 5, 1);
        }
        return small.endSnapshot();
    }
}
