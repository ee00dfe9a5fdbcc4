package io.tickbridge.gateway.signal;

import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Side;
import io.tickbridge.protocol.Venue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One configured rule on one book, behind the real engine: what a test of a rule needs. */
public final class SingleRule {
    private final FakeBook book = new FakeBook(0, Venue.CME, 42);
    private final SignalLog log = new SignalLog();
    private final SignalEngine engine;
    private long time;

    /** A rule of this kind with parameters as key, value, key, value. */
    public SingleRule(final String kind, final String... parameters) {
        engine = new SignalEngine(
                List.of(config(kind, parameters)), List.of("cme"), SignalKinds.load(), List.of(log));
        engine.onInstrument(book);
    }

    /** The configuration of a rule for all instruments. */
    public static SignalConfig config(final String kind, final String... parameters) {
        final Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < parameters.length; i += 2) {
            map.put(parameters[i], parameters[i + 1]);
        }
        return new SignalConfig(kind, List.of("*"), map);
    }

    public FakeBook book() {
        return book;
    }

    public void trade(final long price, final int quantity, final int aggressor) {
        engine.onTrade(book, time, price, quantity, aggressor);
    }

    /** An event at the next instant; "SIDE value" of each signal, with spaces between. */
    public String event() {
        return eventAt(time + 1);
    }

    /** An event at this exchange time. */
    public String eventAt(final long exchangeTime) {
        time = exchangeTime;
        engine.onBookEvent(book, exchangeTime);
        return log.take().stream()
                .map(signal -> (signal.side() == Side.NONE ? "" : signal.side() + " ") + signal.value())
                .collect(Collectors.joining(" "));
    }

    /** Sets the best levels, then as {@link #event()}. */
    public String quote(final long bidPrice, final int bidQuantity, final long askPrice, final int askQuantity) {
        book.top(bidPrice, bidQuantity, askPrice, askQuantity);
        return event();
    }

    /** Sends the book through doubt and back. */
    public void gap() {
        for (final BookState state : new BookState[] {BookState.SEQUENCE_GAP, BookState.TRUSTED}) {
            book.setState(state);
            engine.onStateChange(book, state, time);
        }
    }

    public long count(final SignalCounter counter) {
        return engine.counts(1).get(counter);
    }

    public String description() {
        return engine.descriptions().get(0).parameters();
    }
}
