package io.tickbridge.gateway.book;

import io.tickbridge.protocol.BookState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Prints books as they stand in the end, in the order in which their instruments were first heard of. */
public abstract class FinalBooksText implements BookListener {
    private final List<InstrumentBook> books = new ArrayList<>();

    /** Nothing heard of yet. */
    FinalBooksText() {
        // Books come by themselves.
    }

    @Override
    public final void onInstrument(final InstrumentBook book) {
        books.add(book);
    }

    @Override
    public final void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
            final int aggressor) {
        // Only what stands at the end is printed.
    }

    @Override
    public final void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // Only what stands at the end is printed.
    }

    @Override
    public final void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        // Only what stands at the end is printed.
    }

    /**
     * Prints all books as they stand.
     *
     * @param out takes whole lines, each ended by a line feed; its errors are thrown on as
     *            {@link UncheckedIOException}
     */
    public final void print(final Appendable out) {
        final StringBuilder text = new StringBuilder();
        try {
            for (final InstrumentBook book : books) {
                text.setLength(0);
                describe(book, text);
                out.append(text);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends the lines of one book to an empty text. */
    abstract void describe(InstrumentBook book, StringBuilder text);

    /** Those that were heard of, in their order. */
    final List<InstrumentBook> books() {
        return books;
    }
}
