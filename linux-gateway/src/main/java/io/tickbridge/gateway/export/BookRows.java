package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
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
    private long receiveTime;
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
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        sink.row(Table.TRADES).ifPresent(row -> head(row, book, exchangeTime).text("trade").price(price).number(quantity)
                .text(aggressor == MarketDataListener.BID ? "buy" : aggressor == MarketDataListener.ASK ? "sell" : null)
                .nothing().end());
    }

    @Override
    public void onTradeBreak(final InstrumentBook book, final long trade, final long exchangeTime) {
        sink.row(Table.TRADES).ifPresent(row -> {
            head(row, book, exchangeTime).text("break").nothing().nothing().nothing();
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
                head(row, book, exchangeTime).text(top.state().name());
                side(row, top.hasBid(), top.bid(), top.bidQuantity());
                side(row, top.hasAsk(), top.ask(), top.askQuantity());
                row.end();
            });
        }
    }

    private CsvTable head(final CsvTable row, final InstrumentBook book, final long exchangeTime) {
        return row.number(place.index()).number(receiveTime).truth(late).number(exchangeTime).text(lines.feedName(book.feed()))
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
