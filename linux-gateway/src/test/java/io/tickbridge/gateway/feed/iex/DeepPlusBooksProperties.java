package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.book.OrderedSide;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;

/** Random DEEP+ messages on the wire against plain lists of orders, after every segment. */
class DeepPlusBooksProperties {
    private static final int INSTRUMENTS = 3;
    private static final int SEGMENTS = 400;
    private static final int UNIT = 100_000;

    private final List<SimpleOrders> truth = new ArrayList<>();
    private long trades;
    private long tradesTold;
    private long nextOrder;

    @Property(tries = 60, seed = "20260604")
    void booksEqualTheTruthAfterEverySegment(@ForAll final long seed, @ForAll @IntRange(min = 2, max = 30) final int prices) {
        final Random random = new Random(seed);
        truth.clear();
        trades = 0;
        tradesTold = 0;
        nextOrder = 1;
        final MarketBooks books = new MarketBooks(
                Venue.IEX, 0, Map.of(), InstrumentFacts.ofDepth(0), 1 << 14, new Trades());
        final IexFeedHandler feed = new IexFeedHandler(IexProtocol.DEEP_PLUS, 1, 0, 0, 0, books);
        for (int i = 0; i < INSTRUMENTS; i++) {
            truth.add(new SimpleOrders());
        }
        long sequence = 1;
        long offset = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            final long time = 1_500_000_000_000_000_000L + i;
            final SegmentBuilder segment =
                    SegmentBuilder.deepPlus().sequence(sequence).streamOffset(offset).sendTime(time);
            final int messages = 1 + random.nextInt(4);
            for (int message = 0; message < messages; message++) {
                message(segment, random, random.nextInt(INSTRUMENTS), time, prices);
            }
            final UnsafeBuffer bytes = segment.build();
            feed.onDatagram(bytes, 0, bytes.capacity(), time, 0);
            sequence += messages;
            offset += bytes.capacity() - Segment.HEADER_LENGTH;
            for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
                compare(books, instrument);
            }
        }
        assertEquals(trades, tradesTold);
        assertEquals(trades, books.counts().get(BookCounter.TRADES));
        assertEquals(0, books.counts().get(BookCounter.INVALID_UPDATES));
        assertEquals(0, books.counts().get(BookCounter.UNANCHORED_UPDATES));
    }

    private void message(
            final SegmentBuilder segment, final Random random, final int instrument, final long time, final int prices) {
        final SimpleOrders orders = truth.get(instrument);
        final String symbol = "S" + instrument;
        final long price = 10_000 + 100L * random.nextInt(prices);
        final int kind = random.nextInt(100);
        if (kind < 45 || orders.all().isEmpty()) {
            final boolean buy = random.nextBoolean();
            final int size = 1 + random.nextInt(1000);
            segment.addOrder(buy ? '8' : '5', time, symbol, nextOrder, size, price);
            orders.add(new SimpleOrders.Order(nextOrder++, buy, price, size));
            return;
        }
        final SimpleOrders.Order order = orders.all().get(random.nextInt(orders.all().size()));
        if (kind < 60) {
            segment.deleteOrder(time, symbol, order.id());
            orders.remove(order);
        } else if (kind < 75) {
            final int size = 1 + random.nextInt(order.size());
            segment.executeOrder(time, symbol, order.id(), size, price, kind);
            orders.execute(order, size);
            trades++;
        } else if (kind < 95) {
            final boolean keeps = random.nextBoolean();
            final long newPrice = random.nextBoolean() ? order.price() : price;
            final int size = 1 + random.nextInt(1000);
            segment.modifyOrder(keeps ? 1 : 0, time, symbol, order.id(), size, newPrice);
            orders.modify(order, newPrice, size, keeps);
        } else if (kind < 98) {
            segment.trade(time, symbol, 5, price);
            trades++;
        } else {
            segment.clearBook(time, symbol);
            orders.clear();
        }
    }

    private void compare(final MarketBooks books, final int instrument) {
        final InstrumentBook book = books.find(IexSymbol.key("S" + instrument));
        if (book == null) {
            assertEquals(List.of(), truth.get(instrument).all());
            return;
        }
        final List<List<String>> sides = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            final OrderedSide levels = (OrderedSide) book.side(side);
            final List<String> lines = new ArrayList<>();
            for (int position = 0; position < levels.depth(); position++) {
                final StringBuilder line = new StringBuilder(levels.price(position) / UNIT + ":");
                levels.forEachOrder(position, (order, quantity, ahead, attribution) ->
                        line.append(' ').append(order).append('x').append(quantity));
                lines.add(line.toString());
            }
            sides.add(lines);
            assertEquals(truth.get(instrument).side(side == 0), lines);
        }
        final boolean empty = sides.get(0).isEmpty() || sides.get(1).isEmpty();
        final BookState expected = empty ? BookState.NOT_YET_KNOWN
                : best(sides.get(0)) >= best(sides.get(1)) ? BookState.CROSSED : BookState.TRUSTED;
        assertEquals(expected, book.state());
    }

    private static long best(final List<String> side) {
        return Long.parseLong(side.get(0).substring(0, side.get(0).indexOf(':')));
    }

    /** Counts trades. */
    private final class Trades implements BookListener {
        @Override
        public void onInstrument(final InstrumentBook book) {
            // Found by name.
        }

        @Override
        public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
                final int aggressor) {
            tradesTold++;
        }

        @Override
        public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
            // Looked at after every segment.
        }

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
            // Looked at after every segment.
        }
    }
}
