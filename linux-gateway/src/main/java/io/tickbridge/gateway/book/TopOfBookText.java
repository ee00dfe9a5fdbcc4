package io.tickbridge.gateway.book;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.BookState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Prints a line each time an instrument's best bid or offer changes, in price or quantity:
 * {@code packetSequence<TAB>instrument<TAB>bidPx<TAB>bidQty<TAB>askPx<TAB>askQty}. Both fields of a side are empty
 * when it has no best level, or that level is not known.
 *
 * <p>What is printed is what the books hold, trusted or not: a crossed book is printed crossed.
 */
public final class TopOfBookText implements BookListener {
    private final Appendable out;
    private final LongSupplier packetSequence;
    private final Map<InstrumentBook, String> printed = new HashMap<>();
    private final StringBuilder top = new StringBuilder();

    /**
     * Prints to {@code out}.
     *
     * @param out            takes whole lines, each ended by a line feed; its errors are thrown on as
     *                       {@link UncheckedIOException}
     * @param packetSequence sequence of the packet that is being processed, or of the message for IEX
     */
    public TopOfBookText(final Appendable out, final LongSupplier packetSequence) {
        this.out = out;
        this.packetSequence = packetSequence;
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        printed.put(book, describe(book));
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        // A trade changes no book.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // Told of again in onBookEvent when levels changed with it.
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        final String now = describe(book);
        if (!now.equals(printed.put(book, now))) {
            try {
                out.append(Long.toString(packetSequence.getAsLong())).append('\t').append(book.symbol())
                        .append(now).append('\n');
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String describe(final InstrumentBook book) {
        top.setLength(0);
        describe(book.side(MarketDataListener.BID));
        describe(book.side(MarketDataListener.ASK));
        return top.toString();
    }

    private void describe(final BookSide side) {
        if (side.isKnown(0)) {
            PriceText.append(top.append('\t'), side.price(0)).append('\t').append(side.quantity(0));
        } else {
            top.append("\t\t");
        }
    }
}
