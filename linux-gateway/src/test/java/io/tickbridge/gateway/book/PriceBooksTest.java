package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static io.tickbridge.gateway.feed.MarketDataListener.NO_PRICE;
import static io.tickbridge.gateway.feed.MarketDataListener.NO_REPORT_SEQUENCE;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_NOT_TRADING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Books by price and quotes, as IEX's: no report sequence, so only a reset or a whole quote makes them exact. */
class PriceBooksTest {
    private static final long SYMBOL = InstrumentKey.of(Venue.IEX, "ZIEXT");

    private final RecordingBookListener listener = new RecordingBookListener();
    private final MarketBooks books = new MarketBooks(Venue.IEX, 0, Map.of(), InstrumentFacts.ofDepth(10), listener);
    private long time = 100;

    private void level(final int side, final long price, final int quantity) {
        books.onPriceLevel(SYMBOL, side, price, quantity);
    }

    private void quote(final long bid, final long ask) {
        books.onQuote(SYMBOL, bid, 1, ask, 2);
        end();
    }

    private void end() {
        books.onEventEnd(++time);
    }

    private BookState state() {
        return books.find(SYMBOL).state();
    }

    @Test
    void deepIsKeptFromAResetOn() {
        books.onFeedReset();
        level(BID, 10, 1);
        level(BID, 9, 2);
        level(ASK, 12, 3);
        level(BID, 11, 4);
        end();
        assertEquals(List.of("instrument ZIEXT", "state ZIEXT TRUSTED 101", "event ZIEXT 101"), listener.taken());
        assertEquals(List.of(new Level(11, 4, 0), new Level(10, 1, 0), new Level(9, 2, 0)),
                Level.all(books.find(SYMBOL).side(BID)));
        level(BID, 11, 0);
        level(BID, 10, 8);
        end();
        assertEquals(List.of(new Level(10, 8, 0), new Level(9, 2, 0)), Level.all(books.find(SYMBOL).side(BID)));
    }

    @Test
    void deepFromMidSessionIsNotYetKnown() {
        level(BID, 10, 1);
        level(ASK, 12, 1);
        end();
        assertEquals(BookState.NOT_YET_KNOWN, state());
        assertFalse(books.find(SYMBOL).hasTop());
        assertEquals(2, books.counts().get(BookCounter.UNANCHORED_UPDATES));
        books.onFeedReset();
        level(BID, 10, 1);
        level(ASK, 12, 1);
        end();
        assertEquals(BookState.TRUSTED, state());
    }

    @Test
    void deepStaysInDoubtAfterALossUntilTheNextReset() {
        books.onFeedReset();
        level(BID, 10, 1);
        level(ASK, 12, 1);
        end();
        listener.taken();
        books.onSequenceGap(5, 6);
        assertEquals(List.of("state ZIEXT SEQUENCE_GAP 101"), listener.taken());
        end();
        assertEquals(List.of("event ZIEXT 102"), listener.taken(), "its levels went");
        level(BID, 10, 1);
        level(ASK, 12, 1);
        end();
        assertEquals(BookState.SEQUENCE_GAP, state());
        assertEquals(0, books.find(SYMBOL).side(BID).depth());
        books.onPriceLevel(7, BID, 1, 1);
        end();
        assertEquals(BookState.SEQUENCE_GAP, books.find(7).state(), "first heard of after the loss");
        books.onFeedReset();
        level(BID, 10, 1);
        level(ASK, 12, 1);
        end();
        assertEquals(BookState.TRUSTED, state());
    }

    @Test
    void aQuoteOfNoSharesIsNoQuote() {
        quote(10, 12);
        books.onQuote(SYMBOL, 10, 0, 12, 2);
        end();
        assertFalse(books.find(SYMBOL).hasTop());
        assertEquals(0, books.find(SYMBOL).side(BID).depth());
        assertEquals(List.of(new Level(12, 2, 0)), Level.all(books.find(SYMBOL).side(ASK)));
    }

    @Test
    void deepIsNeitherKnownNorEmptyAfterASequenceRestart() {
        books.onFeedReset();
        level(BID, 10, 1);
        level(ASK, 12, 1);
        end();
        books.onSequenceRestart();
        assertEquals(BookState.SEQUENCE_GAP, state());
        level(BID, 10, 1);
        level(ASK, 12, 1);
        end();
        assertEquals(BookState.SEQUENCE_GAP, state());
        assertFalse(books.find(SYMBOL).hasTop());
    }

    @Test
    void aQuoteIsRelearntAfterASequenceRestart() {
        quote(10, 12);
        books.onSequenceRestart();
        assertEquals(BookState.SEQUENCE_GAP, state());
        assertFalse(books.find(SYMBOL).hasTop());
        quote(10, 12);
        assertEquals(BookState.TRUSTED, state());
    }

    @Test
    void deepRemovalOfWhatIsNotThereIsCountedAndHarmless() {
        books.onFeedReset();
        level(BID, 10, 1);
        level(ASK, 12, 1);
        level(ASK, 13, 0);
        end();
        assertEquals(BookState.TRUSTED, state());
        assertEquals(1, books.counts().get(BookCounter.ABSENT_REMOVALS));
    }

    @Test
    void aQuoteIsTheWholeBook() {
        quote(10, 12);
        assertEquals(BookState.TRUSTED, state());
        quote(NO_PRICE, 12);
        assertEquals(BookState.NOT_YET_KNOWN, state());
        assertEquals(0, books.find(SYMBOL).side(BID).depth());
        assertEquals(List.of(new Level(12, 2, 0)), Level.all(books.find(SYMBOL).side(ASK)));
        quote(12, 12);
        assertEquals(BookState.CROSSED, state());
    }

    @Test
    void theNextQuoteHeals() {
        quote(10, 12);
        books.onSequenceGap(5, 6);
        assertEquals(BookState.SEQUENCE_GAP, state());
        books.onTrade(SYMBOL, NO_REPORT_SEQUENCE, 1, 11, 1, -1);
        end();
        assertEquals(BookState.SEQUENCE_GAP, state(), "a trade tells nothing of the book");
        quote(10, 13);
        assertEquals(BookState.TRUSTED, state());
    }

    @Test
    void aHaltIsPerInstrument() {
        quote(10, 12);
        books.onTradingStatus(SYMBOL, STATUS_NOT_TRADING);
        end();
        assertEquals(BookState.NOT_TRADING, state());
    }
}
