package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.Statistic;
import io.tickbridge.protocol.BookState;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Prints a line for each statistic of a session as it comes:
 * {@code time<TAB>instrument<TAB>statistic<TAB>price<TAB>quantity}. The time is the exchange's, ns since the Unix epoch. Of
 * price and quantity one is empty; both are when no value holds any more.
 */
public final class StatisticsText implements BookListener {
    private final Appendable out;
    private final StringBuilder text = new StringBuilder();
    private long statistics;

    /**
     * A printer.
     *
     * @param out takes whole lines, each ended by a line feed; its errors are thrown on as {@link UncheckedIOException}
     */
    public StatisticsText(final Appendable out) {
        this.out = out;
    }

    /**
     * How much there was.
     *
     * @return lines printed
     */
    public long statistics() {
        return statistics;
    }

    @Override
    public void onStatistic(
            final InstrumentBook book, final Statistic kind, final long price, final long quantity, final long exchangeTime) {
        statistics++;
        text.setLength(0);
        text.append(exchangeTime).append('\t').append(book.symbol()).append('\t').append(kind.label()).append('\t');
        if (price != MarketDataListener.NO_PRICE) {
            PriceText.append(text, price);
        }
        text.append('\t');
        if (quantity != MarketDataListener.NO_QUANTITY) {
            text.append(quantity);
        }
        try {
            out.append(text.append('\n'));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        // Printed with what is said of it.
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        // No statistic.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // No statistic.
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        // No statistic.
    }
}
