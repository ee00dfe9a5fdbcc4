package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import java.util.HashMap;
import java.util.Map;

/** Best prices and trades, as the pipeline's books tell of them. */
final class BookRows implements BookListener {
    private final TableSink sink;
    private final RecordPlace place;
    private final RunLines lines;
    private final Map<InstrumentBook, Top> tops = new HashMap<>();
    private final Map<InstrumentBook, Facts> facts = new HashMap<>();
    private long receiveTime;
    private long placeIndex = Long.MIN_VALUE;
    private long placeInFrame;
    private boolean late;

    /** What a row says of a book. */
    private record Top(BookState state, boolean hasBid, long bid, int bidQuantity, boolean hasAsk, long ask, int askQuantity) {
        static Top of(final InstrumentBook book) {
            final BookSide bids = book.side(MarketDataListener.BID);
            final BookSide asks = book.side(MarketDataListener.ASK);
            final boolean hasBid = bids.isKnown(0);
            final boolean hasAsk = asks.isKnown(0);
            return new Top(book.state(), hasBid, hasBid ? bids.price(0) : 0, hasBid ? bids.quantity(0) : 0,
                    hasAsk, hasAsk ? asks.price(0) : 0, hasAsk ? asks.quantity(0) : 0);
        }
    }

    /** What is called what, and how far its prices are apart. */
    private record Facts(String symbol, long tickSize) {
    }

    BookRows(final TableSink sink, final RecordPlace place, final RunLines lines) {
        this.sink = sink;
        this.place = place;
        this.lines = lines;
    }

    @Override
    public void onPacketStart(final long packetReceiveTime, final boolean packetIsLate) {
        receiveTime = packetReceiveTime;
        late = packetIsLate;
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        tops.put(book, Top.of(book));
        describe(book);
    }

    @Override
    public void onDefinition(final InstrumentBook book, final InstrumentDefinition definition) {
        describe(book);
    }

    /** Definitions are repeated all day: a row only where one says something new. */
    private void describe(final InstrumentBook book) {
        final Facts known = new Facts(book.symbol(), book.tickSize());
        if (!known.equals(facts.put(book, known))) {
            sink.row(Table.INSTRUMENTS).ifPresent(row -> {
                row.number(place.index()).number(receiveTime).text(lines.feedName(book.feed())).text(book.venue().name())
                        .number(book.instrument()).text(known.symbol());
                (known.tickSize() == 0 ? row.nothing() : row.price(known.tickSize())).end();
            });
        }
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        sink.row(Table.TRADES).ifPresent(row -> head(row.number(place.index()), book, exchangeTime).text("trade").price(price).number(quantity)
                .text(aggressor == MarketDataListener.BID ? "buy" : aggressor == MarketDataListener.ASK ? "sell" : null)
                .nothing().end());
    }

    @Override
    public void onTradeBreak(final InstrumentBook book, final long trade, final long exchangeTime) {
        sink.row(Table.TRADES).ifPresent(row -> {
            head(row.number(place.index()), book, exchangeTime).text("break").nothing().nothing().nothing();
            (trade == 0 ? row.nothing() : row.number(trade)).end();
        });
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        change(book, exchangeTime);
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        change(book, exchangeTime);
    }

    private void change(final InstrumentBook book, final long exchangeTime) {
        final Top top = Top.of(book);
        if (!top.equals(tops.put(book, top))) {
            sink.row(Table.TOP_OF_BOOK).ifPresent(row -> {
                head(row.number(place.index()).number(placeInFrame()), book, exchangeTime).text(top.state().name());
                side(row, top.hasBid(), top.bid(), top.bidQuantity());
                side(row, top.hasAsk(), top.ask(), top.askQuantity());
                row.end();
            });
        }
    }

    private long placeInFrame() {
        if (place.index() != placeIndex) {
            placeIndex = place.index();
            placeInFrame = 0;
        }
        return placeInFrame++;
    }

    private CsvTable head(final CsvTable row, final InstrumentBook book, final long exchangeTime) {
        return row.number(receiveTime).truth(late).number(exchangeTime).text(lines.feedName(book.feed()))
                .number(book.instrument()).text(book.symbol());
    }

    private static void side(final CsvTable row, final boolean known, final long price, final int quantity) {
        if (known) {
            row.price(price).number(quantity);
        } else {
            row.nothing().nothing();
        }
    }
}
