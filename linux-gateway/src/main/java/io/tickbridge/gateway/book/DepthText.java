package io.tickbridge.gateway.book;

/**
 * Prints every level of every book, when asked to, instruments in the order in which they were first heard of:
 * {@code instrument<TAB>state<TAB>side<TAB>level<TAB>price<TAB>quantity<TAB>orders}. The side is {@code bid},
 * {@code ask}, {@code implied-bid} or {@code implied-ask}; levels count from 1. Price, quantity and orders of a
 * level that is not known are empty. An instrument without levels has one line that ends after its state. Consolidated, base
 * and implied levels are one: sides are {@code bid} and {@code ask}.
 */
public final class DepthText extends FinalBooksText {
    private static final String[] SIDES = {"bid", "ask", "implied-bid", "implied-ask"};

    /** Null when base and implied levels are printed apart. */
    private final ConsolidatedBook consolidated;

    /** Prints base and implied levels apart. */
    public DepthText() {
        this(false);
    }

    /**
     * A printer.
     *
     * @param consolidated whether base and implied levels are printed as one
     */
    public DepthText(final boolean consolidated) {
        this.consolidated = consolidated ? new ConsolidatedBook() : null;
    }

    @Override
    void describe(final InstrumentBook book, final StringBuilder text) {
        final String instrument = book.symbol() + '\t' + book.state();
        if (consolidated != null) {
            consolidated.read(book);
        }
        for (int i = 0; i < (consolidated == null ? SIDES.length : 2); i++) {
            final BookSide side = consolidated == null ? book.side(i) : consolidated.side(i);
            for (int position = 0; position < side.depth(); position++) {
                text.append(instrument).append('\t').append(SIDES[i]).append('\t').append(position + 1).append('\t');
                if (side.isKnown(position)) {
                    PriceText.append(text, side.price(position)).append('\t').append(side.quantity(position))
                            .append('\t').append(side.orders(position)).append('\n');
                } else {
                    text.append("\t\t\n");
                }
            }
        }
        if (text.isEmpty()) {
            text.append(instrument).append('\n');
        }
    }
}
