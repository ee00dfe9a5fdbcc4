package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.util.List;
import java.util.stream.Stream;

/**
 * A made-up market on three instruments of two feeds with every built-in kind, the same on every JDK: it draws its
 * numbers itself. Allocates nothing once built.
 */
final class RandomMarket {
    /** Those that a book can have; what the link is told of the journal is none of them. */
    private static final BookState[] STATES = Stream.of(BookState.values()).filter(state -> state != BookState.NOT_JOURNALLED)
            .toArray(BookState[]::new);
    private static final int DEPTH = 5;
    private static final long TICK = 250_000_000;

    private final FakeBook[] books = {
        new FakeBook(0, Venue.CME, 42), new FakeBook(0, Venue.CME, 43, 1), new FakeBook(1, Venue.IEX, 42)
    };
    private final SignalEngine engine;
    private long random;
    private long time = 1_500_000_000_000_000_000L;

    RandomMarket(final long seed, final SignalListener listener) {
        random = seed;
        engine = new SignalEngine(rules(), List.of("cme", "iex"), SignalKinds.load(), List.of(listener));
        for (final FakeBook book : books) {
            engine.onInstrument(book);
        }
        books[0].setTickSize(TICK);
        books[1].setTickSize(TICK);
    }

    private static List<SignalConfig> rules() {
        return List.of(
                SingleRule.config("top-of-book", "interval", "1us"),
                SingleRule.config("microprice-cross", "distance", "0.05"),
                SingleRule.config("book-imbalance", "levels", "5", "min-levels", "2", "threshold", "0.3"),
                SingleRule.config("order-flow-imbalance", "events", "8", "threshold", "40"),
                SingleRule.config("sweep"),
                SingleRule.config("spread-widening", "ticks", "3", "tick", "0.25"),
                SingleRule.config("top-of-book", "prices-only", "true"));
    }

    SignalEngine engine() {
        return engine;
    }

    void run(final int events) {
        for (int i = 0; i < events; i++) {
            event(false);
        }
    }

    /** Events of packets that were held back too long. */
    void runLate(final int events) {
        for (int i = 0; i < events; i++) {
            event(true);
        }
    }

    private void event(final boolean late) {
        time += draw(1_000);
        engine.onPacketStart(time + 20_000, late);
        final FakeBook book = books[draw(books.length)];
        final int aggressor = draw(3) - 1;
        final int direction = draw(2) == 0 ? 1 : -1;
        for (int trade = draw(8) - 4; trade > 0; trade--) {
            engine.onTrade(book, time, (4_000 + (long) direction * trade) * TICK, 1 + draw(50), aggressor);
        }
        setSide(book.bids(), 4_000 - draw(3), -1);
        setSide(book.asks(), 4_001 + draw(3), 1);
        if (draw(40) == 0) {
            final BookState state = draw(2) == 0 ? STATES[draw(STATES.length)] : BookState.TRUSTED;
            book.setState(state);
            engine.onStateChange(book, state, time);
        }
        engine.onBookEvent(book, time);
    }

    private void setSide(final FakeBook.Side side, final long best, final int direction) {
        for (int level = 0; level < DEPTH; level++) {
            side.set(level, (best + (long) direction * level) * TICK, 1 + draw(60));
        }
        if (draw(30) == 0) {
            side.forget(draw(DEPTH));
        }
    }

    /** Marsaglia's xorshift with shifts 13, 7, 17. */
    private int draw(final int bound) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) Long.remainderUnsigned(random, bound);
    }
}
