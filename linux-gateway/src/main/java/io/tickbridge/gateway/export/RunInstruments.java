package io.tickbridge.gateway.export;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.HashMap;
import java.util.Map;

/**
 * Name and tick of each instrument of a run: as its book says at this moment, before there is one as the configuration does.
 */
final class RunInstruments implements BookListener {
    private final Map<Key, InstrumentBook> books = new HashMap<>();
    private final Map<Key, Fact> configured = new HashMap<>();

    private record Key(Venue venue, long instrument) {
    }

    /** What is said of an instrument; tick in 1e-9 units, 0 where it is not known. */
    record Fact(String symbol, long tick) {
        /** Of an instrument that nobody has told of. */
        static final Fact NONE = new Fact(null, 0);
    }

    RunInstruments(final GatewayConfig config) {
        config.instruments().forEach(instrument -> config.feeds().stream()
                .filter(feed -> feed.name().equals(instrument.feed())).findFirst().ifPresent(feed -> {
                    final Venue venue = venue(feed.protocol());
                    configured.put(new Key(venue, InstrumentKey.of(venue, instrument.id())),
                            new Fact(instrument.symbol(), instrument.tickSize()));
                }));
    }

    static Venue venue(final FeedConfig.Protocol protocol) {
        return switch (protocol) {
            case CME_MDP3 -> Venue.CME;
            case IEX_TOPS, IEX_DEEP, IEX_DEEP_PLUS -> Venue.IEX;
            case NASDAQ_ITCH50 -> Venue.NASDAQ;
        };
    }

    Fact of(final Venue venue, final long instrument) {
        final Key key = new Key(venue, instrument);
        final InstrumentBook book = books.get(key);
        return book == null ? configured.getOrDefault(key, Fact.NONE) : new Fact(book.symbol(), book.tickSize());
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        books.put(new Key(book.venue(), book.instrument()), book);
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        // The book is asked for its name and tick when a row needs them; here and below nothing of that changes.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // As above.
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        // As above.
    }
}
