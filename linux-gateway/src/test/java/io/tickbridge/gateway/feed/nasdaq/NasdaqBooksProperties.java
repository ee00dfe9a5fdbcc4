package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.book.OrderedSide;
import io.tickbridge.gateway.book.order.PlainOrders;
import io.tickbridge.gateway.feed.FeedCounter;
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

/** Random ITCH messages on the wire against true books in plain maps, order by order, after every message. */
class NasdaqBooksProperties {
    private static final String SESSION = "PROPERTY";
    private static final int INSTRUMENTS = 4;
    private static final int MESSAGES = 1200;
    private static final long UNIT = 100_000;

    private final List<Long> live = new ArrayList<>();
    private PlainOrders truth;
    private MarketBooks books;
    private NasdaqFeedHandler feed;
    private long sequence;
    private long trades;
    private long tradesTold;

    @Property(tries = 80, seed = "20230822")
    void booksEqualTheTruthAfterEveryMessage(@ForAll final long seed, @ForAll @IntRange(min = 2, max = 40) final int prices) {
        final Random random = new Random(seed);
        begin();
        for (int i = 0; i < MESSAGES; i++) {
            final int instrument = random.nextInt(INSTRUMENTS);
            final ItchPacket packet = new ItchPacket(SESSION, sequence, 100 + instrument, "S" + instrument);
            final int touched = message(packet, random, instrument, prices);
            play(packet.packet());
            sequence++;
            compare(touched);
        }
        for (int instrument = 0; instrument < INSTRUMENTS; instrument++) {
            compare(instrument);
        }
        assertEquals(trades, tradesTold);
        assertEquals(0, books.counts().get(BookCounter.INVALID_UPDATES));
        assertEquals(0, feed.counts().get(FeedCounter.MALFORMED) + feed.counts().get(FeedCounter.LOST));
    }

    private void begin() {
        truth = new PlainOrders();
        live.clear();
        trades = 0;
        tradesTold = 0;
        books = new MarketBooks(Venue.NASDAQ, 0, Map.of(), InstrumentFacts.ofDepth(0), new Trades());
        feed = new NasdaqFeedHandler(1, 0, 0, 0, books);
        play(new ItchPacket(SESSION, 1, 0, "").system('O').system('S').packet());
        sequence = 3;
        for (int i = 0; i < INSTRUMENTS; i++) {
            play(new ItchPacket(SESSION, sequence, 100 + i, "S" + i).directory().trading('T').packet());
            sequence += 2;
        }
    }

    private void play(final UnsafeBuffer packet) {
        feed.onDatagram(packet, 0, packet.capacity(), 1_692_700_000_000_000_000L, 0);
    }

    /** Writes a random message and does to the truth what it says; returns the instrument. */
    private int message(final ItchPacket packet, final Random random, final int instrument, final int prices) {
        final List<Long> own = live.stream().filter(order -> truth.get(order).side() / 2 == instrument).toList();
        final int price = 10_000 + 100 * random.nextInt(prices);
        final int kind = random.nextInt(100);
        if (kind < 50 || own.isEmpty()) {
            final long order = sequence * 4 + 1;
            final int side = random.nextInt(2);
            final int shares = 1 + random.nextInt(1000);
            if (random.nextBoolean()) {
                packet.add(order, side == 0 ? 'B' : 'S', shares, price);
            } else {
                packet.add(order, side == 0 ? 'B' : 'S', shares, price, "MPID");
            }
            truth.add(instrument * 2 + side, order, price * UNIT, shares, 0);
            live.add(order);
            return instrument;
        }
        final long order = own.get(random.nextInt(own.size()));
        final int quantity = truth.get(order).quantity();
        final int some = 1 + random.nextInt(quantity);
        if (kind < 60) {
            packet.delete(order);
            truth.remove(order);
        } else if (kind < 70) {
            packet.execute(order, some);
            truth.reduce(order, some);
            trades++;
        } else if (kind < 78) {
            final boolean printable = random.nextBoolean();
            packet.execute(order, some, printable, price);
            truth.reduce(order, some);
            trades += printable ? 1 : 0;
        } else if (kind < 86) {
            packet.cancel(order, some);
            truth.reduce(order, some);
        } else if (kind < 95) {
            final long newOrder = sequence * 4 + 2;
            packet.replace(order, newOrder, some, price);
            truth.replace(order, newOrder, price * UNIT, some);
            live.add(newOrder);
        } else if (kind < 97) {
            packet.trade(some, price);
            trades++;
        } else {
            final char passedOver = "YLVWKJBINO".charAt(random.nextInt(10));
            packet.raw(passedOver, ItchLayout.length(passedOver));
        }
        if (truth.get(order) == null) {
            live.remove(order);
        }
        return instrument;
    }

    private void compare(final int instrument) {
        final InstrumentBook book = books.find(InstrumentKey.of(Venue.NASDAQ, "S" + instrument));
        for (int side = 0; side < 2; side++) {
            final OrderedSide levels = (OrderedSide) book.side(side);
            final List<String> lines = new ArrayList<>();
            for (int position = 0; position < levels.depth(); position++) {
                assertTrue(levels.isKnown(position) || position >= Long.SIZE);
                final StringBuilder line = new StringBuilder(levels.price(position) + ":");
                levels.forEachOrder(position, (order, quantity, ahead, attribution) -> line.append(
                        PlainOrders.describe(order, quantity, ahead, 0)));
                lines.add(line.append(" = ").append(levels.quantity(position)).append(" of ")
                        .append(levels.orders(position)).toString());
            }
            assertEquals(truth.describe(instrument * 2 + side), lines);
        }
        final List<String> bids = truth.describe(instrument * 2);
        final List<String> asks = truth.describe(instrument * 2 + 1);
        final BookState expected = bids.isEmpty() || asks.isEmpty() ? BookState.NOT_YET_KNOWN
                : best(bids) >= best(asks) ? BookState.CROSSED : BookState.TRUSTED;
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
            // Looked at after every message.
        }

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
            // Looked at after every message.
        }
    }
}
