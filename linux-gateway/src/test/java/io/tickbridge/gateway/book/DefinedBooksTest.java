package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_NEW;
import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an exchange's own definition changes about a book. */
class DefinedBooksTest {
    private static final long ES = 5_602;

    private final RecordingBookListener listener = new RecordingBookListener();
    private final MarketBooks books = new MarketBooks(Venue.CME, 0,
            Map.of(7L, new InstrumentFacts("FRONT", "XX", 1, 10)), InstrumentFacts.ofDepth(10), listener);

    @Test
    void nameTickAndGroupComeFromTheExchange() {
        books.onDefinition(definition(ES, "ES", 10, false));
        final InstrumentBook book = books.find(ES);
        assertEquals("ESZ6", book.symbol());
        assertEquals(250_000_000, book.tickSize());
        books.onGroupTradingStatus(InstrumentKey.ofGroup("NQ"), MarketDataListener.STATUS_NOT_TRADING);
        assertEquals(BookState.NOT_YET_KNOWN, book.state());
        books.onGroupTradingStatus(InstrumentKey.ofGroup("ES"), MarketDataListener.STATUS_NOT_TRADING);
        assertEquals(BookState.NOT_TRADING, book.state());
    }

    @Test
    void aConfiguredNameStaysWhileTheRestIsTheExchanges() {
        books.onDefinition(definition(7, "ES", 10, false));
        assertEquals("FRONT", books.find(7).symbol());
        assertEquals(250_000_000, books.find(7).tickSize());
    }

    @Test
    void levelsBelowTheDefinedDepthLeaveTheBook() {
        level(BID, 0, 100, 1);
        level(ASK, 0, 101, 2);
        level(ASK, 1, 102, 3);
        level(ASK, 2, 103, 4);
        assertEquals(3, books.find(ES).side(ASK).depth());
        books.onDefinition(definition(ES, "ES", 2, false));
        assertEquals(2, books.find(ES).side(ASK).depth());
        level(ASK, 0, 100, 5);
        assertEquals(2, books.find(ES).side(ASK).depth());
        assertEquals(101, books.find(ES).side(ASK).price(1));
    }

    @Test
    void aDeletedInstrumentIsNotTradedAndItsLevelsAreForgotten() {
        level(BID, 0, 100, 1);
        level(ASK, 0, 101, 2);
        books.onEventEnd(1);
        assertTrue(books.find(ES).hasTop());
        books.onDefinition(definition(ES, "ES", 10, true));
        assertFalse(books.find(ES).hasTop());
        assertEquals(BookState.NOT_TRADING, books.find(ES).state());
    }

    private void level(final int side, final int position, final long price, final long reportSequence) {
        books.onLevel(ES, reportSequence, side, ACTION_NEW, position, price, 1, 1);
    }

    private static InstrumentDefinition definition(
            final long instrument, final String group, final int depth, final boolean deleted) {
        return new InstrumentDefinition(instrument, deleted, "ESZ6", group, "ES", "FUT", "USD", "202612", 0, 250_000_000,
                10_000_000, depth, 2, 1, List.of());
    }
}
