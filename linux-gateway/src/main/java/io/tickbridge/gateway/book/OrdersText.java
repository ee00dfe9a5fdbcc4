package io.tickbridge.gateway.book;

import io.tickbridge.protocol.BookState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints every order of every book that is kept order by order, when asked to, instruments in the order in which they
 * were first heard of, orders in that in which they will be filled:
 * {@code instrument<TAB>state<TAB>side<TAB>level<TAB>price<TAB>order<TAB>quantity<TAB>place<TAB>ahead<TAB>attribution}.
 * The side is {@code bid} or {@code ask}; levels and places in the queue count from 1; {@code ahead} is the quantity that
 * is filled before the order at its price; the attribution is empty where none was stated.
 */
public final class OrdersText implements BookListener {
    private static final String[] SIDES = {"bid", "ask"};

    private final List<InstrumentBook> books = new ArrayList<>();

    @Override
    public void onInstrument(final InstrumentBook book) {
        books.add(book);
    }

    @Override
    public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        // Only what stands at the end is printed.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // Only what stands at the end is printed.
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        // Only what stands at the end is printed.
    }

    /**
     * Prints all orders as they stand.
     *
     * @param out takes whole lines, each ended by a line feed; its errors are thrown on as
     *            {@link UncheckedIOException}
     */
    public void print(final Appendable out) {
        for (final InstrumentBook book : books) {
            for (int side = 0; side < SIDES.length; side++) {
                if (book.side(side) instanceof OrderedSide levels) {
                    print(book.symbol() + '\t' + book.state() + '\t' + SIDES[side] + '\t', levels, out);
                }
            }
        }
    }

    private static void print(final String prefix, final OrderedSide levels, final Appendable out) {
        final StringBuilder line = new StringBuilder();
        for (int position = 0; position < levels.depth(); position++) {
            final String level = prefix + (position + 1) + '\t' + PriceText.of(levels.price(position)) + '\t';
            final int[] place = {0};
            levels.forEachOrder(position, (order, quantity, ahead, attribution) -> {
                line.setLength(0);
                line.append(level).append(Long.toUnsignedString(order)).append('\t').append(quantity).append('\t')
                        .append(++place[0]).append('\t').append(ahead).append('\t').append(text(attribution)).append('\n');
                try {
                    out.append(line);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** A question mark for what is no printable character, so that a damaged name breaks no line. */
    private static String text(final int attribution) {
        final StringBuilder text = new StringBuilder();
        for (int shift = Integer.SIZE - Byte.SIZE; attribution != 0 && shift >= 0; shift -= Byte.SIZE) {
            final int character = attribution >>> shift & 0xff;
            text.append(character >= ' ' && character <= '~' ? (char) character : '?');
        }
        return text.toString().strip();
    }
}
