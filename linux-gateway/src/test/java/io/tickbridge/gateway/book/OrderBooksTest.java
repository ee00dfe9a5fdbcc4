package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static io.tickbridge.gateway.feed.MarketDataListener.NO_PRICE;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_NOT_TRADING;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_TRADING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SteadyAllocation;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Books that are kept order by order: what they hold, and when they may be trusted. */
class OrderBooksTest {
    private static final long X = InstrumentKey.of(Venue.NASDAQ, "X");
    private static final long Y = InstrumentKey.of(Venue.NASDAQ, "Y");
    private static final long TEN = 10_000_000_000L;

    private final RecordingBookListener calls = new RecordingBookListener();
    private final MarketBooks books = new MarketBooks(
            Venue.NASDAQ, 0, Map.of(), InstrumentFacts.ofDepth(0), 4096, calls);

    private BookState state(final long instrument) {
        return books.find(instrument).state();
    }

    private void begin() {
        books.onFeedReset();
        books.onInstrument(X);
        books.onTradingStatus(X, STATUS_TRADING);
        books.onInstrument(Y);
        books.onTradingStatus(Y, STATUS_TRADING);
        books.onOrderAdded(X, 1, BID, TEN, 100, 0);
        books.onOrderAdded(X, 2, BID, TEN, 50, 0x56495254);
        books.onOrderAdded(X, 3, ASK, TEN + 1, 70, 0);
        books.onEventEnd(1);
        calls.taken();
    }

    @Test
    void sumsOrdersUpAndKnowsEachOnesPlace() {
        begin();
        assertEquals(BookState.TRUSTED, state(X));
        final BookSide bids = books.find(X).side(BID);
        assertEquals(1, bids.depth());
        assertEquals(TEN, bids.price(0));
        assertEquals(150, bids.quantity(0));
        assertEquals(2, bids.orders(0));
        assertEquals(100, books.quantityAhead(X, 2));
        assertEquals(1, books.ordersAhead(X, 2));
        assertEquals(-1, books.quantityAhead(X, 99));
        assertEquals(-1, books.quantityAhead(Y, 2));
        final List<String> queue = new ArrayList<>();
        ((OrderedSide) bids).forEachOrder(0, (order, quantity, ahead, attribution) -> queue.add(
                order + " " + quantity + " " + ahead + " " + Integer.toHexString(attribution)));
        assertEquals(List.of("1 100 0 0", "2 50 100 56495254"), queue);
        books.onOrderReplaced(X, 1, 4, TEN, 100);
        assertEquals(0, books.quantityAhead(X, 2));
        assertEquals(50, books.quantityAhead(X, 4));
    }

    @Test
    void whileBooksAreMadeAnewNoneIsTrustedAndEachStateIsToldOnce() {
        begin();
        books.onSequenceGap(5, 9);
        assertEquals(List.of("state X SEQUENCE_GAP 1", "state Y SEQUENCE_GAP 1"), states());
        books.onRebuildStart();
        books.onOrderAdded(X, 7, BID, TEN, 10, 0);
        books.onOrderAdded(X, 8, ASK, TEN + 5, 20, 0);
        books.onEventEnd(3);
        assertEquals(List.of(), states(), "in doubt before, in doubt now");
        books.onRebuildEnd(4);
        assertEquals(List.of("state X TRUSTED 4", "state Y NOT_YET_KNOWN 4"), states());
        // Started while all is well, as by another day's snapshot: in doubt all the same.
        books.onRebuildStart();
        assertEquals(List.of("state X SEQUENCE_GAP 4", "state Y SEQUENCE_GAP 4"), states());
        books.onFeedReset();
        assertEquals(List.of("state X NOT_YET_KNOWN 4", "state Y NOT_YET_KNOWN 4"), states());
    }

    private List<String> states() {
        return calls.taken().stream().filter(call -> call.startsWith("state")).toList();
    }

    @Test
    void anExecutionIsATradeAtTheRestingOrdersPriceUnlessSaidOtherwise() {
        begin();
        books.onOrderExecuted(X, 1, 30, NO_PRICE, true, 5);
        books.onOrderExecuted(X, 3, 10, TEN + 7, true, 6);
        books.onOrderExecuted(X, 3, 60, TEN + 7, false, 7);
        books.onEventEnd(7);
        assertEquals(List.of("trade X 5 30@" + TEN + " " + ASK, "trade X 6 10@" + (TEN + 7) + " " + BID,
                "state X NOT_YET_KNOWN 7", "event X 7"), calls.taken());
        assertEquals(120, books.find(X).side(BID).quantity(0));
        assertEquals(0, books.find(X).side(ASK).depth());
    }

    @Test
    void whatCannotBePutsTheBookInDoubtUntilAReset() {
        final List<Runnable> impossible = List.of(
                () -> books.onOrderAdded(X, 1, BID, TEN, 5, 0), () -> books.onOrderAdded(X, 9, BID, TEN, 0, 0),
                () -> books.onOrderAdded(X, 9, BID, TEN, -5, 0), () -> books.onOrderAdded(X, 9, BID, 0, 5, 0),
                () -> books.onOrderAdded(X, 0, BID, TEN, 5, 0), () -> books.onOrderDeleted(X, 9),
                () -> books.onOrderReduced(X, 1, 101), () -> books.onOrderReduced(X, 1, 0),
                () -> books.onOrderExecuted(X, 1, 101, NO_PRICE, false, 2), () -> books.onOrderReplaced(X, 1, 2, TEN, 5),
                () -> books.onOrderReplaced(X, 1, 9, TEN, 0), () -> books.onOrderReplaced(X, 9, 10, TEN, 1));
        for (int i = 0; i < impossible.size(); i++) {
            begin();
            impossible.get(i).run();
            books.onEventEnd(2);
            assertEquals(BookState.INVALID_UPDATE, state(X), "number " + i);
            assertFalse(books.find(X).hasTop());
            assertEquals(-1, books.quantityAhead(X, 2));
            books.onOrderAdded(X, 20, BID, TEN, 5, 0);
            books.onOrderAdded(X, 21, ASK, TEN + 1, 5, 0);
            books.onEventEnd(3);
            assertEquals(BookState.INVALID_UPDATE, state(X), "two good orders do not make the rest good");
            assertEquals(i + 1, books.counts().get(BookCounter.INVALID_UPDATES));
        }
    }

    @Test
    void anOrderNamedUnderAnotherInstrumentDoubtsThatInstrument() {
        begin();
        books.onOrderDeleted(Y, 1);
        books.onEventEnd(2);
        assertEquals(BookState.INVALID_UPDATE, state(Y));
        assertEquals(BookState.TRUSTED, state(X));
        assertEquals(150, books.find(X).side(BID).quantity(0));
    }

    @Test
    void oneOrderMoreThanThereMayBeIsRefusedAndItsBookDoubted() {
        begin();
        for (int i = 4; i <= 4097; i++) {
            books.onOrderAdded(Y, i, BID, TEN, 1, 0);
        }
        books.onEventEnd(2);
        assertEquals(BookState.INVALID_UPDATE, state(Y));
        assertEquals(BookState.TRUSTED, state(X));
    }

    @Test
    void withoutItsBeginningABookIsNeverTrusted() {
        books.onInstrument(X);
        books.onTradingStatus(X, STATUS_TRADING);
        books.onOrderAdded(X, 1, BID, TEN, 100, 0);
        books.onOrderAdded(X, 2, ASK, TEN + 1, 100, 0);
        books.onOrderDeleted(X, 77);
        books.onEventEnd(1);
        assertEquals(BookState.NOT_YET_KNOWN, state(X));
        assertFalse(books.find(X).hasTop());
        assertEquals(3, books.counts().get(BookCounter.UNANCHORED_UPDATES));
        assertEquals(0, books.counts().get(BookCounter.INVALID_UPDATES));
    }

    @Test
    void aLossDoubtsEveryBookUntilTheNextReset() {
        begin();
        books.onSequenceGap(5, 6);
        assertEquals(BookState.SEQUENCE_GAP, state(X));
        assertEquals(BookState.SEQUENCE_GAP, state(Y));
        books.onOrderDeleted(X, 1);
        books.onOrderAdded(X, 30, BID, TEN, 100, 0);
        books.onOrderAdded(X, 31, ASK, TEN + 1, 100, 0);
        books.onEventEnd(2);
        assertEquals(BookState.SEQUENCE_GAP, state(X));
        assertFalse(books.find(X).hasTop());
        begin();
        assertEquals(BookState.TRUSTED, state(X));
        assertEquals(150, books.find(X).side(BID).quantity(0));
    }

    @Test
    void aHaltAndClosedHoursStopABookWithoutForgettingIt() {
        begin();
        books.onTradingStatus(X, STATUS_NOT_TRADING);
        books.onEventEnd(2);
        assertEquals(BookState.NOT_TRADING, state(X));
        books.onTradingStatus(X, STATUS_TRADING);
        books.onEventEnd(3);
        assertEquals(BookState.TRUSTED, state(X));
        books.onGroupTradingStatus('S', STATUS_NOT_TRADING);
        assertEquals(BookState.NOT_TRADING, state(X));
        books.onGroupTradingStatus('S', STATUS_TRADING);
        assertEquals(BookState.TRUSTED, state(X));
    }

    @Test
    void allocatesNothingOnceItHasSeenAsMuch() {
        final MarketBooks quiet = new MarketBooks(Venue.NASDAQ, 0, Map.of(), InstrumentFacts.ofDepth(0), new NoBookListener());
        quiet.onFeedReset();
        final SplittableRandom random = new SplittableRandom(20230822);
        final long[] live = new long[4000];
        final long[] next = {1};
        SteadyAllocation.assertNoneIn(() -> {
            for (int i = 0; i < 50_000; i++) {
                change(quiet, random, live, next);
            }
        });
        assertEquals(0, quiet.counts().get(BookCounter.INVALID_UPDATES));
        assertTrue(next[0] > 50_000);
    }

    private static void change(
            final MarketBooks books, final SplittableRandom random, final long[] live, final long[] next) {
        final int slot = random.nextInt(live.length);
        final long instrument = X + slot % 50;
        final long price = (1 + random.nextInt(40)) * TEN;
        if (live[slot] == 0) {
            live[slot] = next[0]++;
            books.onOrderAdded(instrument, live[slot], slot & 1, price, 100, 0);
        } else {
            switch (random.nextInt(4)) {
                case 0 -> {
                    books.onOrderReplaced(instrument, live[slot], next[0], price, 100);
                    live[slot] = next[0]++;
                }
                case 1 -> {
                    books.onOrderExecuted(instrument, live[slot], 100, NO_PRICE, true, 1);
                    live[slot] = 0;
                }
                default -> {
                    books.onOrderDeleted(instrument, live[slot]);
                    live[slot] = 0;
                }
            }
        }
        books.onEventEnd(1);
    }
}
