package io.tickbridge.gateway.pipeline;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.Statistic;
import io.tickbridge.protocol.BookState;
import java.util.List;

/**
 * Tells several listeners what happens to books. An instrument and its state are announced to outputs before the signal
 * rules see them, so that no output gets a signal of an instrument it was never told of; everything else reaches the
 * rules first, which are what is waited for.
 */
final class BookFanOut implements BookListener {
    private final BookListener rules;
    private final BookListener[] outputs;

    private BookFanOut(final BookListener rules, final BookListener[] outputs) {
        this.rules = rules;
        this.outputs = outputs;
    }

    static BookListener of(final BookListener rules, final List<BookListener> outputs) {
        return outputs.isEmpty() ? rules : new BookFanOut(rules, outputs.toArray(BookListener[]::new));
    }

    @Override
    public void onPacketStart(final long receiveTime, final boolean late) {
        rules.onPacketStart(receiveTime, late);
        for (final BookListener output : outputs) {
            output.onPacketStart(receiveTime, late);
        }
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        for (final BookListener output : outputs) {
            output.onInstrument(book);
        }
        rules.onInstrument(book);
    }

    @Override
    public void onDefinition(final InstrumentBook book, final InstrumentDefinition definition) {
        for (final BookListener output : outputs) {
            output.onDefinition(book, definition);
        }
        rules.onDefinition(book, definition);
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        for (final BookListener output : outputs) {
            output.onStateChange(book, state, exchangeTime);
        }
        rules.onStateChange(book, state, exchangeTime);
    }

    @Override
    public void onTrade(
            final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
        rules.onTrade(book, exchangeTime, price, quantity, aggressor);
        for (final BookListener output : outputs) {
            output.onTrade(book, exchangeTime, price, quantity, aggressor);
        }
    }

    @Override
    public void onTradeOrder(final InstrumentBook book, final long order, final int quantity, final boolean took) {
        rules.onTradeOrder(book, order, quantity, took);
        for (final BookListener output : outputs) {
            output.onTradeOrder(book, order, quantity, took);
        }
    }

    @Override
    public void onTradeBreak(final InstrumentBook book, final long trade, final long exchangeTime) {
        rules.onTradeBreak(book, trade, exchangeTime);
        for (final BookListener output : outputs) {
            output.onTradeBreak(book, trade, exchangeTime);
        }
    }

    @Override
    public void onStatistic(
            final InstrumentBook book, final Statistic kind, final long price, final long quantity, final long exchangeTime) {
        rules.onStatistic(book, kind, price, quantity, exchangeTime);
        for (final BookListener output : outputs) {
            output.onStatistic(book, kind, price, quantity, exchangeTime);
        }
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        rules.onBookEvent(book, exchangeTime);
        for (final BookListener output : outputs) {
            output.onBookEvent(book, exchangeTime);
        }
    }
}
