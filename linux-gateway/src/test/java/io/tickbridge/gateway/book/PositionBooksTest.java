package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_NEW;
import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static io.tickbridge.gateway.feed.MarketDataListener.IMPLIED_ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_NOT_TRADING;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_TRADING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Books by position with report sequences, as CME's: callbacks, loss, reset, status. */
class PositionBooksTest {
    private final RecordingBookListener listener = new RecordingBookListener();
    private final MarketBooks books = new MarketBooks(Venue.CME, 3, Map.of(
            1L, new InstrumentFacts("ESZ6", "ES", 250_000_000L, 10),
            2L, new InstrumentFacts("NQZ6", "NQ", 0, 10)), InstrumentFacts.ofDepth(10), listener);
    private long time = 100;
    private final long[] report = new long[8];

    private void level(final int instrument, final int side, final int action, final int position, final long price) {
        books.onLevel(instrument, ++report[instrument], side, action, position, price, 5, 2);
    }

    private void end() {
        books.onEventEnd(++time);
    }

    /** Gives the instrument a best bid of 10 and a best offer of 12. */
    private void quoteBothSides(final int instrument) {
        level(instrument, BID, ACTION_CHANGE, 0, 10);
        level(instrument, ASK, ACTION_CHANGE, 0, 12);
        end();
    }

    private BookState state(final int instrument) {
        return books.find(instrument).state();
    }

    @Test
    void tellsOfInstrumentStateAndEventInThisOrder() {
        quoteBothSides(1);
        assertEquals(List.of("instrument ESZ6", "state ESZ6 TRUSTED 101", "event ESZ6 101"), listener.taken());
        level(1, BID, ACTION_CHANGE, 0, 11);
        assertEquals(List.of(), listener.taken(), "nothing is said before the event is complete");
        end();
        assertEquals(List.of("event ESZ6 102"), listener.taken());
        end();
        assertEquals(List.of(), listener.taken(), "an event that touched nothing");
    }

    @Test
    void goesThroughTheBooksOfAnEventInOrderOfFirstTouch() {
        level(2, BID, ACTION_NEW, 0, 10);
        level(1, BID, ACTION_NEW, 0, 10);
        level(4, BID, ACTION_NEW, 0, 10);
        level(2, ASK, ACTION_NEW, 0, 12);
        books.onTrade(1, ++report[1], 99, 11, 7, BID);
        assertEquals(List.of("instrument NQZ6", "instrument ESZ6", "instrument 4", "trade ESZ6 99 7@11 0"),
                listener.taken());
        end();
        assertEquals(List.of("state NQZ6 TRUSTED 101", "event NQZ6 101", "event ESZ6 101", "event 4 101"),
                listener.taken());
    }

    @Test
    void aTradeTouchesButChangesNoLevel() {
        quoteBothSides(1);
        listener.taken();
        books.onTrade(1, ++report[1], 555, 12, 3, -1);
        end();
        assertEquals(List.of("trade ESZ6 555 3@12 -1", "event ESZ6 102"), listener.taken());
        assertEquals(List.of(new Level(12, 5, 2)), Level.all(books.find(1).side(ASK)));
    }

    @Test
    void knowsWhatTheConfigurationSays() {
        quoteBothSides(1);
        quoteBothSides(5);
        final InstrumentBook configured = books.find(1);
        assertEquals(1, configured.instrument());
        assertEquals(Venue.CME, configured.venue());
        assertEquals(3, configured.feed());
        assertEquals("ESZ6", configured.symbol());
        assertEquals(250_000_000L, configured.tickSize());
        assertEquals("5", books.find(5).symbol());
        assertEquals(0, books.find(5).tickSize());
        assertNull(books.find(6));
    }

    @Test
    void keepsOneBookForEachOfManyInstruments() {
        for (int round = 0; round < 2; round++) {
            for (long key = 1; key <= 1000; key++) {
                books.onLevel(key * 97, round + 1, BID, ACTION_CHANGE, round, key, 1, 1);
            }
            end();
        }
        for (long key = 1; key <= 1000; key++) {
            assertEquals(List.of(new Level(key, 1, 1), new Level(key, 1, 1)),
                    Level.all(books.find(key * 97).side(BID)));
        }
        assertSame(books.find(97), books.find(97));
        assertEquals(1000, books.counts().get(BookCounter.INSTRUMENTS));
        assertEquals(2, books.counts().get(BookCounter.EVENTS));
        assertEquals(2000, books.counts().get(BookCounter.LEVEL_UPDATES));
        final List<String> calls = listener.taken();
        assertEquals("event 97", calls.get(1000).substring(0, 8));
        assertEquals("event " + 97_000 + " 102", calls.get(2999));
    }

    @Test
    void isNotYetKnownWithoutBestBidAndOffer() {
        level(1, BID, ACTION_CHANGE, 0, 10);
        level(1, ASK, ACTION_CHANGE, 1, 12);
        end();
        assertEquals(BookState.NOT_YET_KNOWN, state(1));
        assertFalse(books.find(1).hasTop());
        level(1, ASK, ACTION_DELETE, 0, 0);
        end();
        assertTrue(books.find(1).hasTop(), "what was second is best now, and known");
        assertEquals(BookState.TRUSTED, state(1));
        level(1, BID, ACTION_DELETE, 0, 0);
        end();
        assertEquals(BookState.NOT_YET_KNOWN, state(1));
    }

    @Test
    void impliedLevelsNeverMakeOrCrossABook() {
        level(1, BID, ACTION_NEW, 0, 10);
        level(1, IMPLIED_ASK, ACTION_NEW, 0, 9);
        end();
        assertEquals(BookState.NOT_YET_KNOWN, state(1));
        level(1, ASK, ACTION_NEW, 0, 12);
        end();
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(9, books.find(1).side(IMPLIED_ASK).price(0));
    }

    @Test
    void crossedOrLockedIsNotTrusted() {
        quoteBothSides(1);
        level(1, BID, ACTION_NEW, 0, 12);
        end();
        assertEquals(BookState.CROSSED, state(1));
        level(1, BID, ACTION_DELETE, 0, 0);
        level(1, BID, ACTION_NEW, 0, 13);
        end();
        assertEquals(BookState.CROSSED, state(1));
        level(1, ASK, ACTION_CHANGE, 0, 14);
        end();
        assertEquals(BookState.TRUSTED, state(1));
    }

    @Test
    void isJudgedWhenTheEventIsCompleteNotBefore() {
        quoteBothSides(1);
        listener.taken();
        level(1, BID, ACTION_NEW, 0, 20);
        level(1, BID, ACTION_DELETE, 0, 0);
        end();
        assertEquals(List.of("event ESZ6 102"), listener.taken(), "crossed for a moment only");
    }

    @Test
    void pricesOutOfOrderAreInvalid() {
        quoteBothSides(1);
        level(1, BID, ACTION_CHANGE, 1, 10);
        end();
        assertEquals(BookState.INVALID_UPDATE, state(1));
        level(1, BID, ACTION_CHANGE, 1, 9);
        end();
        assertEquals(BookState.TRUSTED, state(1));
        level(1, ASK, ACTION_NEW, 1, 11);
        end();
        assertEquals(BookState.INVALID_UPDATE, state(1));
    }

    @Test
    void anUpdateThatCannotBeAppliedMakesTheBookUnknownUntilRelearnt() {
        quoteBothSides(1);
        level(1, BID, ACTION_CHANGE, 64, 9);
        end();
        assertEquals(BookState.INVALID_UPDATE, state(1));
        assertEquals(0, books.find(1).side(ASK).depth());
        assertEquals(1, books.counts().get(BookCounter.INVALID_UPDATES));
        quoteBothSides(1);
        assertEquals(BookState.TRUSTED, state(1));
        level(1, BID, ACTION_DELETE, 0, 0);
        end();
        assertEquals(BookState.NOT_YET_KNOWN, state(1), "the old fault is no reason any more");
    }

    @Test
    void aBreakInTheReportSequenceForgetsThatInstrumentAlone() {
        quoteBothSides(1);
        quoteBothSides(2);
        listener.taken();
        report[1]++;
        level(1, BID, ACTION_CHANGE, 1, 9);
        end();
        assertEquals(List.of("state ESZ6 SEQUENCE_GAP 103", "event ESZ6 103"), listener.taken());
        assertFalse(books.find(1).side(BID).isKnown(0));
        assertEquals(9, books.find(1).side(BID).price(1), "the update that showed the break is itself exact");
        assertEquals(BookState.TRUSTED, state(2));
        assertEquals(1, books.counts().get(BookCounter.REPORT_SEQUENCE_GAPS));
        level(1, BID, ACTION_CHANGE, 0, 10);
        end();
        assertEquals(BookState.SEQUENCE_GAP, state(1), "one side is not enough");
        level(1, ASK, ACTION_CHANGE, 0, 12);
        end();
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(1, books.counts().stateChanges(BookState.SEQUENCE_GAP));
        assertEquals(3, books.counts().stateChanges(BookState.TRUSTED));
    }

    @Test
    void tradesAndOtherUpdatesCountInTheReportSequence() {
        quoteBothSides(1);
        books.onOtherUpdate(1, ++report[1]);
        books.onTrade(1, ++report[1], 1, 10, 1, -1);
        level(1, BID, ACTION_CHANGE, 0, 11);
        end();
        assertEquals(0, books.counts().get(BookCounter.REPORT_SEQUENCE_GAPS));
        report[1]++;
        books.onOtherUpdate(1, ++report[1]);
        end();
        assertEquals(BookState.SEQUENCE_GAP, state(1));
    }

    @Test
    void lostPacketsPutEveryBookInDoubtAtOnce() {
        quoteBothSides(1);
        quoteBothSides(2);
        listener.taken();
        books.onSequenceGap(7, 9);
        assertEquals(List.of("state ESZ6 SEQUENCE_GAP 102", "state NQZ6 SEQUENCE_GAP 102"), listener.taken());
    }

    @Test
    void anUnbrokenReportSequenceHealsWithAllLevels() {
        quoteBothSides(1);
        level(1, BID, ACTION_CHANGE, 4, 6);
        end();
        books.onSequenceGap(7, 9);
        listener.taken();
        level(1, ASK, ACTION_NEW, 1, 13);
        end();
        assertEquals(List.of("state ESZ6 TRUSTED 103", "event ESZ6 103"), listener.taken());
        assertEquals(6, books.find(1).side(BID).price(4));
        assertTrue(books.find(1).side(BID).isKnown(4));
        assertEquals(1, books.counts().get(BookCounter.HEALED));
    }

    @Test
    void anUpdateWithoutLevelsHealsToo() {
        quoteBothSides(1);
        books.onSequenceGap(7, 9);
        listener.taken();
        books.onOtherUpdate(1, ++report[1]);
        end();
        assertEquals(List.of("state ESZ6 TRUSTED 102", "event ESZ6 102"), listener.taken());
    }

    @Test
    void aBrokenReportSequenceAfterLostPacketsIsRelearnt() {
        quoteBothSides(1);
        books.onSequenceGap(7, 9);
        report[1] += 3;
        level(1, BID, ACTION_CHANGE, 0, 10);
        end();
        assertEquals(BookState.SEQUENCE_GAP, state(1));
        assertEquals(0, books.find(1).side(ASK).depth());
        level(1, ASK, ACTION_CHANGE, 0, 12);
        end();
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(0, books.counts().get(BookCounter.HEALED));
    }

    @Test
    void aRepeatedUpdateIsIgnoredAndDoubtedUntilTheSequenceRunsOn() {
        quoteBothSides(1);
        books.onLevel(1, report[1], ASK, ACTION_DELETE, 0, 0, 0, 0);
        end();
        assertEquals(1, books.counts().get(BookCounter.REPEATED_UPDATES));
        assertEquals(BookState.SEQUENCE_GAP, state(1));
        assertTrue(books.find(1).hasTop());
        level(1, ASK, ACTION_CHANGE, 0, 13);
        end();
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(0, books.counts().get(BookCounter.REPORT_SEQUENCE_GAPS));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, -1", "1, 0", "1, -1", "5, 0", "5, -2147483648"})
    void aLevelOfNothingIsInvalidAndNeverABestLevel(final int action, final int quantity) {
        quoteBothSides(1);
        books.onLevel(1, ++report[1], BID, action, 0, 11, quantity, 1);
        end();
        assertEquals(BookState.INVALID_UPDATE, state(1));
        assertFalse(books.find(1).hasTop());
        assertEquals(1, books.counts().get(BookCounter.INVALID_UPDATES));
        quoteBothSides(1);
        assertEquals(BookState.TRUSTED, state(1));
    }

    @Test
    void aReportSequenceThatStepsBackTwiceIsANewCount() {
        for (int i = 0; i < 5; i++) {
            quoteBothSides(1);
        }
        report[1] = 0;
        level(1, BID, ACTION_NEW, 0, 20);
        end();
        assertEquals(BookState.SEQUENCE_GAP, state(1));
        level(1, ASK, ACTION_NEW, 0, 22);
        end();
        assertFalse(books.find(1).hasTop(), "the bid of the old count is not one of the new");
        assertEquals(BookState.SEQUENCE_GAP, state(1));
        level(1, BID, ACTION_CHANGE, 0, 21);
        end();
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(21, books.find(1).side(BID).price(0));
        assertEquals(1, books.counts().get(BookCounter.REPEATED_UPDATES));
    }

    @Test
    void aReportSequenceThatStepsBackAfterLostPacketsIsANewCount() {
        for (int i = 0; i < 5; i++) {
            quoteBothSides(1);
        }
        books.onSequenceGap(7, 9);
        report[1] = 0;
        level(1, BID, ACTION_NEW, 0, 20);
        level(1, ASK, ACTION_NEW, 0, 22);
        end();
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(1, books.find(1).side(BID).depth(), "nothing of the old count is left");
        assertEquals(0, books.counts().get(BookCounter.REPEATED_UPDATES));
        assertEquals(0, books.counts().get(BookCounter.HEALED));
    }

    @Test
    void aSequenceRestartForgetsLevelsAndReportSequencesOfAllBooks() {
        for (int i = 0; i < 5; i++) {
            quoteBothSides(1);
        }
        quoteBothSides(2);
        listener.taken();
        books.onSequenceRestart();
        assertEquals(List.of("state ESZ6 SEQUENCE_GAP 106", "state NQZ6 SEQUENCE_GAP 106"), listener.taken());
        end();
        assertEquals(List.of("event ESZ6 107", "event NQZ6 107"), listener.taken(), "their levels went");
        report[1] = 0;
        for (int position = 1; position < 20; position++) {
            level(1, BID, ACTION_CHANGE, 1 + position % 3, 20 - position % 3);
            end();
            assertEquals(BookState.SEQUENCE_GAP, state(1), "the best bid and offer were not stated since");
        }
        level(1, BID, ACTION_CHANGE, 0, 21);
        level(1, ASK, ACTION_CHANGE, 0, 22);
        end();
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(0, books.counts().get(BookCounter.REPEATED_UPDATES));
        assertEquals(BookState.SEQUENCE_GAP, state(2));
    }

    @Test
    void aSequenceRestartAfterALossLeavesNoSuspicionThatTheOldCountCouldLift() {
        quoteBothSides(1);
        books.onSequenceGap(7, 9);
        books.onSequenceRestart();
        level(1, BID, ACTION_CHANGE, 0, 20);
        end();
        assertEquals(BookState.SEQUENCE_GAP, state(1), "the old number is no proof");
        assertEquals(0, books.counts().get(BookCounter.HEALED));
    }

    @Test
    void aBookResetIsKnownToBeEmptyWhateverWasLost() {
        quoteBothSides(1);
        quoteBothSides(2);
        books.onSequenceGap(7, 9);
        listener.taken();
        books.onBookReset(1);
        assertEquals(List.of("state ESZ6 NOT_YET_KNOWN 102"), listener.taken());
        end();
        assertEquals(List.of("event ESZ6 103"), listener.taken(), "its levels went");
        report[1] += 4;
        level(1, BID, ACTION_NEW, 0, 10);
        level(1, ASK, ACTION_NEW, 0, 11);
        end();
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(0, books.counts().get(BookCounter.REPORT_SEQUENCE_GAPS));
        assertEquals(BookState.SEQUENCE_GAP, state(2));
    }

    @Test
    void aFeedResetEmptiesEveryBookAndCountsAnew() {
        quoteBothSides(1);
        quoteBothSides(2);
        listener.taken();
        books.onFeedReset();
        assertEquals(List.of("state ESZ6 NOT_YET_KNOWN 102", "state NQZ6 NOT_YET_KNOWN 102"), listener.taken());
        end();
        assertEquals(List.of("event ESZ6 103", "event NQZ6 103"), listener.taken());
        report[1] = 0;
        quoteBothSides(1);
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(0, books.counts().get(BookCounter.REPEATED_UPDATES));
    }

    @Test
    void aLossRightAfterAResetIsNotProvenHarmlessByAnything() {
        quoteBothSides(1);
        books.onFeedReset();
        books.onSequenceGap(1, 1);
        report[1] = 4;
        level(1, BID, ACTION_NEW, 0, 10);
        end();
        assertEquals(BookState.SEQUENCE_GAP, state(1));
        assertEquals(1, books.counts().get(BookCounter.REPORT_SEQUENCE_GAPS));
    }

    @Test
    void aHaltComesBeforeEveryOtherReason() {
        quoteBothSides(1);
        listener.taken();
        books.onTradingStatus(1, STATUS_NOT_TRADING);
        end();
        assertEquals(List.of("state ESZ6 NOT_TRADING 102", "event ESZ6 102"), listener.taken());
        level(1, BID, ACTION_CHANGE, 0, 13);
        end();
        books.onSequenceGap(1, 1);
        assertEquals(BookState.NOT_TRADING, state(1));
        books.onTradingStatus(1, STATUS_TRADING);
        end();
        assertEquals(BookState.CROSSED, state(1));
        level(1, BID, ACTION_CHANGE, 0, 10);
        end();
        assertEquals(BookState.TRUSTED, state(1), "in turn: nothing was lost");
    }

    @Test
    void aGroupHaltStopsItsInstrumentsAndThoseWithoutAGroup() {
        quoteBothSides(1);
        quoteBothSides(2);
        quoteBothSides(5);
        listener.taken();
        books.onGroupTradingStatus(InstrumentKey.ofGroup("ES"), STATUS_NOT_TRADING);
        assertEquals(List.of("state ESZ6 NOT_TRADING 103", "state 5 NOT_TRADING 103"), listener.taken());
        quoteBothSides(6);
        assertEquals(BookState.NOT_TRADING, state(6), "first heard of during the halt");
        books.onGroupTradingStatus(InstrumentKey.ofGroup("NQ"), STATUS_NOT_TRADING);
        books.onGroupTradingStatus(InstrumentKey.ofGroup("ES"), STATUS_TRADING);
        assertEquals(BookState.TRUSTED, state(1));
        assertEquals(BookState.NOT_TRADING, state(2));
        assertEquals(BookState.NOT_TRADING, state(5));
        books.onGroupTradingStatus(InstrumentKey.ofGroup("NQ"), STATUS_TRADING);
        assertEquals(BookState.TRUSTED, state(2));
        assertEquals(BookState.TRUSTED, state(5));
        assertEquals(BookState.TRUSTED, state(6));
    }

    @Test
    void aGroupsChangeWaitsForTheEndOfAnEventThatTouchedTheBook() {
        quoteBothSides(1);
        books.onGroupTradingStatus(InstrumentKey.ofGroup("ES"), STATUS_NOT_TRADING);
        level(1, BID, ACTION_NEW, 0, 20);
        listener.taken();
        books.onGroupTradingStatus(InstrumentKey.ofGroup("ES"), STATUS_TRADING);
        assertEquals(List.of(), listener.taken(), "crossed as it stands, but the event is not complete");
        level(1, BID, ACTION_DELETE, 0, 0);
        end();
        assertEquals(List.of("state ESZ6 TRUSTED 102", "event ESZ6 102"), listener.taken());
    }
}
