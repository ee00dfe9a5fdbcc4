package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.NO_REPORT_SEQUENCE;
import static io.tickbridge.gateway.feed.MarketDataListener.SIDES;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_NOT_TRADING;
import static io.tickbridge.gateway.feed.MarketDataListener.STATUS_TRADING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SteadyAllocation;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Books allocate nothing once every instrument was seen at its full depth, losses, resets and halts included. */
class BookAllocationTest {
    private static final int INSTRUMENTS = 200;
    private static final int UPDATES = 20_000;

    /** Reads what a signal would read. */
    private static final class ReadingListener extends NoBookListener {
        private long sum;

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
            if (book.state() == BookState.TRUSTED && book.hasTop()) {
                sum += book.side(0).price(0) - book.side(1).price(0) + book.side(0).quantity(0)
                        + book.side(1).orders(0) + book.side(2).depth();
            }
        }
    }

    private final ReadingListener listener = new ReadingListener();

    @Test
    void byPosition() {
        final MarketBooks books = new MarketBooks(Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(10), listener);
        final long[] report = new long[INSTRUMENTS];
        assertAllocationFree(books, random -> {
            final int instrument = random.nextInt(INSTRUMENTS);
            // Now and then one is missing, or comes twice.
            final int skip = random.nextInt(1000);
            report[instrument] += skip == 0 ? 2 : skip == 1 ? 0 : 1;
            books.onLevel(instrument, report[instrument], random.nextInt(SIDES), random.nextInt(6),
                    random.nextInt(10), random.nextInt(50), 1, 1);
            books.onOtherUpdate(instrument, ++report[instrument]);
            books.onTrade(instrument, ++report[instrument], 1, 1, 1, -1);
        });
    }

    /** Orders beside levels, at four prices, for which a side has room at first; lost and healed: updates are kept, a snapshot in two pieces is put together, applied, followed. */
    @Test
    void ordersBesideLevels() {
        final MarketBooks books = new MarketBooks(Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(10), 1 << 16, listener);
        books.onFeedReset();
        final long[] sequence = {1};
        for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
            books.onLevel(instrument, 1, 0, 0, 0, 5, 1, 1);
            books.onLevel(instrument, 2, 1, 0, 0, 6, 1, 1);
        }
        books.onEventEnd(1);
        final int[] healed = new int[1];
        assertAllocationFree(books, random -> {
            books.onPacketSequence(++sequence[0]);
            final int instrument = random.nextInt(INSTRUMENTS);
            final int action = random.nextInt(3);
            books.onOrder(instrument, random.nextInt(20), random.nextInt(2), action, random.nextInt(9), random.nextInt(4),
                    1 + random.nextInt(5));
            if (random.nextInt(500) == 0) {
                books.onSequenceGap(sequence[0] + 1, sequence[0] + 1);
                sequence[0]++;
            }
            if (books.wantsOrderSnapshot(instrument)) {
                for (int chunk = 1; chunk <= 2; chunk++) {
                    books.onOrderSnapshotStart(instrument, sequence[0], chunk, 2);
                    for (int order = 0; order < 5; order++) {
                        books.onSnapshotOrder(chunk * 10 + order, chunk - 1, order, chunk + order % 2, 1);
                    }
                    books.onOrderSnapshotEnd();
                }
                healed[0] += books.find(instrument).knowsOrders() ? 1 : 0;
            }
        });
        assertTrue(healed[0] > 1000, "healed " + healed[0]);
        assertTrue(books.counts().get(BookCounter.INVALID_ORDERS) > 0);
    }

    @Test
    void byPrice() {
        final MarketBooks books = new MarketBooks(Venue.IEX, 0, Map.of(), InstrumentFacts.ofDepth(10), listener);
        books.onFeedReset();
        assertAllocationFree(books, random -> {
            books.onPriceLevel(random.nextInt(INSTRUMENTS), random.nextInt(2), random.nextInt(12),
                    random.nextInt(3));
            books.onTrade(random.nextInt(INSTRUMENTS), NO_REPORT_SEQUENCE, 1, 1, 1, -1);
        });
    }

    @Test
    void byQuote() {
        final MarketBooks books = new MarketBooks(Venue.IEX, 0, Map.of(), InstrumentFacts.ofDepth(10), listener);
        assertAllocationFree(books, random ->
                books.onQuote(random.nextInt(INSTRUMENTS), random.nextInt(50), 1, random.nextInt(50), 1));
    }

    private interface Update {
        void send(SplittableRandom random);
    }

    private void assertAllocationFree(final MarketBooks books, final Update update) {
        run(books, update, new SplittableRandom(42));
        final SplittableRandom random = new SplittableRandom(42);
        SteadyAllocation.assertNoneIn(() -> run(books, update, random));
        assertTrue(listener.sum != 0);
        assertEquals(INSTRUMENTS, books.counts().get(BookCounter.INSTRUMENTS));
    }

    private static void run(final MarketBooks books, final Update update, final SplittableRandom random) {
        for (int i = 0; i < UPDATES; i++) {
            update.send(random);
            if (i % 3 == 0) {
                books.onEventEnd(i);
            }
            if (i % 997 == 0) {
                books.onSequenceGap(i, i);
            }
            if (i % 1999 == 0) {
                books.onTradingStatus(i % INSTRUMENTS, i % 2 == 0 ? STATUS_NOT_TRADING : STATUS_TRADING);
                books.onGroupTradingStatus(7, i % 4 == 0 ? STATUS_NOT_TRADING : STATUS_TRADING);
            }
            if (i % 4999 == 0) {
                books.onFeedReset();
            }
        }
    }
}
