package io.tickbridge.integration.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.CmeFeedHandler;
import io.tickbridge.gateway.signal.SignalEngine;
import io.tickbridge.gateway.signal.SignalKinds;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.SignalDecoder;
import io.tickbridge.protocol.Venue;
import io.tickbridge.integration.exchange.BookSnapshots.Level;
import io.tickbridge.integration.exchange.BookSnapshots.Snapshot;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The gateway's feed handler, books and signal rules in this process. Each time a book is shown to the rules, it is
 * held against what was true at that event; each signal too.
 */
final class CheckedGateway implements BookListener {
    private static final List<SignalConfig> RULES = List.of(
            new SignalConfig("top-of-book", List.of("*"), Map.of("interval", "0ms")),
            new SignalConfig("sweep", List.of("*"), Map.of("levels", "2")),
            new SignalConfig(
                    "book-imbalance", List.of("*"), Map.of("levels", "3", "threshold", "0.5", "rearm", "0.4")));

    private final BookSnapshots truth;
    private final boolean complete;
    private final SignalEngine engine =
            new SignalEngine(RULES, List.of("cme"), SignalKinds.load(), List.of(this::onSignal));
    private final MarketBooks books =
            new MarketBooks(Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(TrueBook.DEPTH), this);
    private final CmeFeedHandler handler;
    private final SignalDecoder signal = new SignalDecoder();
    private long booksChecked;
    private long signals;

    /**
     * A gateway that has seen nothing.
     *
     * @param window   packets held back at most while one is missing
     * @param truth    what really was
     * @param complete whether nothing is missing, so that every level must be known
     */
    CheckedGateway(final int window, final BookSnapshots truth, final boolean complete) {
        this.truth = truth;
        this.complete = complete;
        this.handler = new CmeFeedHandler(2, window, Long.MAX_VALUE / 2, books);
    }

    void onDatagram(final ByteBuffer packet, final int line) {
        handler.onDatagram(new UnsafeBuffer(packet), 0, packet.remaining(), 0, line);
    }

    void end() {
        handler.onEndOfInput();
    }

    FeedCounts counts() {
        return handler.counts();
    }

    MarketBooks books() {
        return books;
    }

    long booksChecked() {
        return booksChecked;
    }

    long signals() {
        return signals;
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        engine.onInstrument(book);
    }

    @Override
    public void onTrade(
            final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        engine.onTrade(book, exchangeTime, price, quantity, aggressor);
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        engine.onStateChange(book, state, exchangeTime);
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        final Snapshot snapshot = truth.at(exchangeTime, (int) book.instrument());
        check(book, snapshot, true);
        check(book, snapshot, false);
        booksChecked++;
        final long before = signals;
        engine.onBookEvent(book, exchangeTime);
        if (book.state() != BookState.TRUSTED) {
            assertEquals(before, signals, () -> "signals from " + book);
        }
    }

    private void check(final InstrumentBook book, final Snapshot snapshot, final boolean bid) {
        final BookSide side = book.side(bid ? MarketDataListener.BID : MarketDataListener.ASK);
        final List<Level> expected = snapshot.side(bid);
        if (complete) {
            assertEquals(expected.size(), side.depth(), () -> "levels of " + book);
        }
        for (int position = 0; position < side.depth(); position++) {
            if (side.isKnown(position) && (complete || book.state() == BookState.TRUSTED)) {
                final String where = book + (bid ? " bid " : " ask ") + position;
                assertTrue(position < expected.size(), () -> where + " does not exist");
                assertEquals(expected.get(position),
                        new Level(side.price(position), side.quantity(position), side.orders(position)), where);
            }
            assertFalse(complete && !side.isKnown(position), () -> book + " does not know all its levels");
        }
    }

    private void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        signals++;
        assertEquals(BookState.TRUSTED, books.find(signal.instrument()).state());
        final Snapshot snapshot = truth.at(signal.exchangeTime(), (int) signal.instrument());
        final Level bid = snapshot.bids().get(0);
        final Level ask = snapshot.asks().get(0);
        assertEquals(bid.price(), signal.bidPrice(), "a signal's bid");
        assertEquals(bid.quantity(), signal.bidQuantity(), "a signal's bid quantity");
        assertEquals(ask.price(), signal.askPrice(), "a signal's offer");
        assertEquals(ask.quantity(), signal.askQuantity(), "a signal's offer quantity");
    }
}
