package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.SnapshotFault;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Another day's snapshot ends with a number that fits, and is refused; nothing is believed before the lines confirm it. */
class SnapshotEvidenceTest {
    private static final String SESSION = "000010059B";
    private static final String OTHER_STOCK = "AAAA";
    private static final int LOCATE = 7;
    private static final long SECOND = 1_000_000_000L;
    private static final long OPEN = 34_200 * SECOND;
    private static final long NOW = ZonedDateTime.of(2023, 8, 22, 4, 0, 0, 0, ZoneOffset.UTC).toEpochSecond() * SECOND + OPEN;

    private final List<SnapshotFault> faults = new ArrayList<>();
    private int wanted;
    private int overdue;
    private final MarketBooks books = new MarketBooks(
            Venue.NASDAQ, 0, Map.of(), InstrumentFacts.ofDepth(10), 1 << 10, new Deaf());
    private final NasdaqFeedHandler feed = new NasdaqFeedHandler(1, 0, SECOND, SECOND, 1 << 14, new GapWatch() {
        @Override
        public void onSnapshotWanted(final long stream, final long session) {
            wanted++;
        }

        @Override
        public void onSnapshotUnusable(final SnapshotFault fault) {
            faults.add(fault);
        }

        @Override
        public void onSnapshotOverdue() {
            overdue++;
        }
    }, books);

    private static final class Deaf implements BookListener {
        @Override
        public void onInstrument(final InstrumentBook book) {
            // Looked up.
        }

        @Override
        public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
            // Looked up.
        }

        @Override
        public void onTrade(
                final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
            // Looked up.
        }

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
            // Looked up.
        }
    }

    private static ItchPacket packet(final long sequence) {
        return new ItchPacket(SESSION, sequence, LOCATE, "ZTEST");
    }

    private void line(final ItchPacket packet) {
        line(packet, NOW);
    }

    private void line(final ItchPacket packet, final long time) {
        final UnsafeBuffer bytes = packet.packet();
        feed.onDatagram(bytes, 0, bytes.capacity(), time, 0);
    }

    private void snapshot(final ItchPacket packet) {
        snapshot(packet, NOW);
    }

    private void snapshot(final ItchPacket packet, final long time) {
        final UnsafeBuffer bytes = packet.packet();
        feed.onDatagram(bytes, 0, bytes.capacity(), time, 2);
    }

    /** Four orders, numbered from the first one on. */
    private static ItchPacket four(final ItchPacket packet, final long first) {
        return packet.system('Q').directory().trading('T').add(first, 'B', 5, 10_000).add(first + 1, 'B', 5, 9_900)
                .add(first + 2, 'S', 5, 10_100).add(first + 3, 'S', 5, 10_200);
    }

    private BookState state() {
        final InstrumentBook book = books.find(InstrumentKey.of(Venue.NASDAQ, "ZTEST"));
        return book == null ? BookState.NOT_YET_KNOWN : book.state();
    }

    private void assertRefused(final SnapshotFault fault) {
        assertEquals(List.of(fault), faults);
        assertEquals(2, wanted);
        assertEquals(1, feed.counts().get(FeedCounter.UNUSABLE_SNAPSHOTS));
        assertEquals(0, feed.counts().get(FeedCounter.REBUILDS));
        assertEquals(BookState.SEQUENCE_GAP, state());
        // The next one is the session's, and is believed as soon as the lines have named half of its orders.
        line(packet(600).cancel(40, 1));
        snapshot(four(packet(1), 40).endOfSnapshot("600"));
        line(packet(601).cancel(41, 1).delete(43));
        assertEquals(BookState.TRUSTED, state());
        assertEquals(1, feed.counts().get(FeedCounter.REBUILDS));
    }

    @Test
    void nothingIsBelievedBeforeTheLinesHaveNamedSoManyOrdersOfIt() {
        line(packet(500).trade(1, 10_000));
        snapshot(four(packet(1), 10).endOfSnapshot("501"));
        assertEquals(0, feed.counts().get(FeedCounter.REBUILDS));
        // Of orders that were added since, the lines know whatever the snapshot is of.
        line(packet(501).cancel(10, 1).add(90, 'B', 1, 9_000).execute(90, 1).add(91, 'B', 1, 9_000).delete(91));
        // The same order again proves no more.
        line(packet(506).execute(10, 1));
        assertEquals(BookState.SEQUENCE_GAP, state());
        line(packet(507).execute(12, 1));
        assertEquals(BookState.TRUSTED, state());
        assertEquals(List.of(), faults);
        assertEquals(1, wanted);
    }

    @Test
    void ordersThatTheLinesAddedBeforeItsEndProveItAtOnce() {
        line(packet(500).add(10, 'B', 5, 10_000).add(11, 'B', 5, 9_900).replace(9, 12, 5, 10_100).delete(8));
        snapshot(four(packet(1), 10).endOfSnapshot("504"));
        assertEquals(BookState.TRUSTED, state());
    }

    @Test
    void oneWithoutOrdersIsBelievedWhenWhatFollowsMakesSenseOnTopOfIt() {
        line(packet(500).trade(1, 10_000));
        snapshot(packet(1).system('S').directory().trading('T').endOfSnapshot("501"));
        final ItchPacket adds = packet(501);
        for (int order = 1; order <= SnapshotEvidence.PROOFS; order++) {
            adds.add(order, 'B', 5, 10_000 + order);
        }
        line(adds.add(99, 'S', 5, 11_000));
        assertEquals(0, feed.counts().get(FeedCounter.REBUILDS));
        final ItchPacket changes = packet(502 + SnapshotEvidence.PROOFS);
        for (int order = 1; order <= SnapshotEvidence.PROOFS; order++) {
            changes.cancel(order, 1);
        }
        line(changes);
        assertEquals(BookState.TRUSTED, state());
    }

    @Test
    void oneWithoutOrdersIsRefusedWhenThereWereSomeBefore() {
        line(packet(500).execute(3, 1));
        snapshot(packet(1).system('S').directory().trading('T').endOfSnapshot("501"));
        assertRefused(SnapshotFault.OTHER_ORDERS);
    }

    @Test
    void anOrderThatItDoesNotHaveRefutesIt() {
        line(packet(500).trade(1, 10_000));
        snapshot(four(packet(1), 10).endOfSnapshot("501"));
        line(packet(501).delete(77));
        assertRefused(SnapshotFault.OTHER_ORDERS);
    }

    @Test
    void anOrderThatIsAddedThoughItHasItRefutesIt() {
        line(packet(500).trade(1, 10_000));
        snapshot(four(packet(1), 10).endOfSnapshot("501"));
        line(packet(501).add(11, 'S', 5, 10_300));
        assertRefused(SnapshotFault.OTHER_ORDERS);
    }

    @Test
    void anOrderThatWasDeletedBeforeItsEndRefutesIt() {
        line(packet(500).delete(11));
        snapshot(four(packet(1), 10).endOfSnapshot("501"));
        assertRefused(SnapshotFault.OTHER_ORDERS);
    }

    @Test
    void anOrderThatWasAddedAtAnotherPriceRefutesIt() {
        line(packet(500).add(11, 'B', 5, 9_800));
        snapshot(four(packet(1), 10).endOfSnapshot("501"));
        assertRefused(SnapshotFault.OTHER_ORDERS);
    }

    @Test
    void aStockUnderAnotherLocateCodeRefutesIt() {
        line(new ItchPacket(SESSION, 500, LOCATE, OTHER_STOCK).add(1, 'B', 1, 10));
        snapshot(four(packet(1), 10).endOfSnapshot("501"));
        assertRefused(SnapshotFault.OTHER_ORDERS);
    }

    @Test
    void oneThatIntroducesNoStockIsRefused() {
        line(packet(500).trade(1, 10_000));
        snapshot(packet(1).system('Q').endOfSnapshot("501"));
        line(packet(501).add(1, 'B', 1, 10_000));
        assertEquals(List.of(SnapshotFault.OTHER_ORDERS), faults);
        assertEquals(2, wanted);
    }

    @Test
    void timesToWhichTheLinesHaveNotComeRefuteIt() {
        line(packet(500).trade(1, 10_000));
        snapshot(four(packet(1).at(OPEN + 3_600 * SECOND), 10).endOfSnapshot("501"));
        assertRefused(SnapshotFault.OTHER_TIME);
    }

    @Test
    void aSnapshotMayBeLaterThanTheLinesByTheTimeThatHasPassed() {
        line(packet(500).add(10, 'B', 5, 10_000).add(11, 'B', 5, 9_900).add(12, 'S', 5, 10_100));
        snapshot(four(packet(1).at(OPEN + 60 * SECOND), 10).endOfSnapshot("503"), NOW + 60 * SECOND);
        assertEquals(BookState.TRUSTED, state());
    }

    @Test
    void theRestOfOneWhoseBeginningIsLostIsSaidToBeOverdueAtOnce() {
        line(packet(500).trade(1, 10_000));
        snapshot(packet(4).add(10, 'B', 5, 10_000));
        snapshot(packet(5).endOfSnapshot("501"));
        assertEquals(1, overdue);
        assertEquals(List.of(SnapshotFault.INCOMPLETE), faults);
        assertEquals(1, feed.counts().get(FeedCounter.UNUSABLE_SNAPSHOTS));
    }

    @Test
    void oneThatDoesNotComeOrWhoseEndIsLostIsOverdueByReceiveTime() {
        line(packet(500).trade(1, 10_000));
        line(packet(501).trade(1, 10_000), NOW + SnapshotStart.OVERDUE);
        assertEquals(0, overdue);
        line(packet(502).trade(1, 10_000), NOW + SnapshotStart.OVERDUE + 1);
        assertEquals(1, overdue);
        snapshot(four(packet(1), 10), NOW + 2 * SECOND);
        line(packet(503).trade(1, 10_000), NOW + 2 * SECOND + SnapshotStart.OVERDUE);
        assertEquals(1, overdue);
        line(packet(504), NOW + 2 * SECOND + SnapshotStart.OVERDUE + 1);
        assertEquals(2, overdue);
        assertEquals(1, wanted);
        // The one that is asked for then makes the books whole.
        snapshot(four(packet(1), 10).endOfSnapshot("504"), NOW + 4 * SECOND);
        line(packet(504).cancel(10, 1).cancel(11, 1).cancel(12, 1), NOW + 4 * SECOND);
        assertEquals(BookState.TRUSTED, state());
        line(packet(507).trade(1, 10_000), NOW + 9 * SECOND);
        assertEquals(2, overdue);
        assertTrue(faults.contains(SnapshotFault.BROKEN_OFF));
        assertFalse(faults.contains(SnapshotFault.OTHER_ORDERS));
    }
}
