package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_NEW;
import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_NOT_TRADING;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_TRADING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the exchange simulator's seeds found, one by one: snapshots that meet gaps, resets, halts and half an event. */
class SnapshotCasesTest {
    private static final long INSTRUMENT = 7;
    private static final long GROUP = InstrumentKey.ofGroup("ES");
    private static final long BID_PRICE = 100;
    private static final long ASK_PRICE = 200;

    private final List<Long> announced = new ArrayList<>();
    private final MarketBooks books = new MarketBooks(
            Venue.CME, 0, Map.of(INSTRUMENT, new InstrumentFacts("ESZ6", "ES", 0, 0)), InstrumentFacts.ofDepth(0),
            new NoBookListener() {
                @Override
                public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
                    announced.add(exchangeTime);
                }
            });
    private long packet;
    private long report;

    @Test
    void aHaltInLostPacketsIsLearntFromASnapshotAlthoughNoLevelWasLost() {
        open();
        books.onSequenceGap(++packet, packet);
        update(5);
        assertEquals(BookState.TRUSTED, book().state(), "its report sequence ran on");
        assertTrue(books.wantsSnapshot(INSTRUMENT), "its status may have changed");
        snapshot(packet, report, 5, STATUS_NOT_TRADING);
        assertEquals(BookState.NOT_TRADING, book().state());
        assertEquals(5, book().side(BID).quantity(0));
    }

    @Test
    void aSnapshotFromBeforeTheGapDoesNotSayThatNothingWasLost() {
        open();
        final long before = packet;
        books.onSequenceGap(++packet, packet);
        update(5);
        snapshot(before, 2, 3, STATUS_TRADING);
        assertTrue(books.wantsSnapshot(INSTRUMENT));
        snapshot(packet, report, 5, STATUS_TRADING);
        assertFalse(books.wantsSnapshot(INSTRUMENT));
    }

    @Test
    void theEndOfAGroupsHaltInLostPacketsIsLearntFromASnapshot() {
        open();
        packet();
        books.onGroupTradingStatus(GROUP, STATUS_NOT_TRADING);
        books.onSequenceGap(++packet, packet);
        packet();
        books.onTradingStatus(INSTRUMENT, STATUS_TRADING);
        update(5);
        assertEquals(BookState.NOT_TRADING, book().state());
        snapshot(packet, report, 5, STATUS_TRADING);
        assertEquals(BookState.TRUSTED, book().state());
    }

    @Test
    void afterAHaltThatASnapshotToldOfTheGroupsReturnIsCheckedWithAnother() {
        open();
        books.onSequenceGap(++packet, packet);
        update(5);
        snapshot(packet, report, 5, STATUS_NOT_TRADING);
        assertFalse(books.wantsSnapshot(INSTRUMENT));
        packet();
        books.onGroupTradingStatus(GROUP, STATUS_TRADING);
        assertEquals(BookState.NOT_TRADING, book().state(), "the halt may have been its own");
        final long old = packet - 1;
        snapshot(old, report, 5, STATUS_NOT_TRADING);
        assertTrue(books.wantsSnapshot(INSTRUMENT), "that one was older");
        snapshot(packet, report, 5, STATUS_TRADING);
        assertEquals(BookState.TRUSTED, book().state());
    }

    @Test
    void updatesBeforeASnapshotAreKnownHoweverTheyWereCounted() {
        open();
        report = 40;
        lose();
        // The exchange counted anew in between: its update 10 is one that is still to come here.
        snapshot(packet + 5, 9, 8, STATUS_TRADING);
        assertEquals(8, book().side(BID).quantity(0));
        report = 9;
        update(3);
        report = 60;
        update(3);
        assertEquals(8, book().side(BID).quantity(0), "both came before the snapshot");
        packet += 3;
        report = 9;
        update(6);
        assertEquals(6, book().side(BID).quantity(0));
        assertEquals(BookState.TRUSTED, book().state());
    }

    @Test
    void aResetBeforeASnapshotDoesNotEmptyWhatTheSnapshotMade() {
        open();
        report = 40;
        lose();
        snapshot(packet + 5, 9, 8, STATUS_TRADING);
        packet();
        books.onFeedReset();
        assertEquals(8, book().side(BID).quantity(0));
        packet += 5;
        books.onPacketSequence(packet);
        books.onFeedReset();
        assertEquals(0, book().side(BID).depth());
    }

    @Test
    void aSnapshotFromBeforeAResetIsNoneOfTheBookThatCameAfter() {
        open();
        final long before = packet;
        packet();
        books.onFeedReset();
        report = 4;
        update(7);
        report = 9;
        update(5);
        assertTrue(books.wantsSnapshot(INSTRUMENT));
        snapshot(before, 500, 99, STATUS_TRADING);
        assertTrue(books.wantsSnapshot(INSTRUMENT));
        assertFalse(book().side(ASK).isKnown(0));
    }

    @Test
    void theEndOfAnEventDoesNotAnnounceABookThatIsAheadOfIt() {
        open();
        report = 40;
        packet();
        books.onLevel(INSTRUMENT, ++report, BID, ACTION_CHANGE, 0, BID_PRICE, 3, 1);
        snapshot(packet + 5, 60, 8, STATUS_TRADING);
        announced.clear();
        packet();
        books.onLevel(INSTRUMENT, ++report, BID, ACTION_CHANGE, 0, BID_PRICE, 4, 1);
        books.onEventEnd(packet);
        assertEquals(List.of(), announced);
    }

    @Test
    void aLevelPushedBelowAGuessedDepthIsMissed() {
        open();
        snapshot(packet, report, 1, STATUS_TRADING);
        assertFalse(books.wantsSnapshot(INSTRUMENT));
        packet();
        books.onLevel(INSTRUMENT, ++report, BID, ACTION_NEW, 0, BID_PRICE + 1, 2, 1);
        books.onEventEnd(packet);
        assertTrue(books.wantsSnapshot(INSTRUMENT), "the exchange may have the level that was the best still");
    }

    private void open() {
        packet();
        books.onFeedReset();
        packet();
        books.onTradingStatus(INSTRUMENT, STATUS_TRADING);
        books.onLevel(INSTRUMENT, ++report, BID, ACTION_NEW, 0, BID_PRICE, 1, 1);
        books.onLevel(INSTRUMENT, ++report, ASK, ACTION_NEW, 0, ASK_PRICE, 1, 1);
        books.onEventEnd(packet);
        snapshot(packet, report, 1, STATUS_TRADING);
        assertFalse(books.wantsSnapshot(INSTRUMENT));
    }

    /** An update is missing. */
    private void lose() {
        report++;
        update(2);
        assertTrue(books.wantsSnapshot(INSTRUMENT));
    }

    private void update(final int quantity) {
        packet();
        books.onLevel(INSTRUMENT, ++report, BID, ACTION_CHANGE, 0, BID_PRICE, quantity, 1);
        books.onEventEnd(packet);
    }

    private void packet() {
        books.onPacketSequence(++packet);
    }

    private void snapshot(final long sequence, final long reportSequence, final int quantity, final int status) {
        if (books.wantsSnapshot(INSTRUMENT)) {
            books.onSnapshotStart(INSTRUMENT, sequence, reportSequence);
            books.onSnapshotLevel(BID, 0, BID_PRICE, quantity, 1);
            books.onSnapshotLevel(ASK, 0, ASK_PRICE, 1, 1);
            books.onSnapshotEnd(status, sequence);
        }
    }

    private InstrumentBook book() {
        return books.find(INSTRUMENT);
    }
}
