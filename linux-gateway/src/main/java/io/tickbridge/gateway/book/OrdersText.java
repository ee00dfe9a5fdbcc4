package io.tickbridge.gateway.book;

/**
 * Prints every single order of every book, when asked to, instruments in the order in which they were first heard of, orders
 * in that in which they are filled:
 * {@code instrument<TAB>state<TAB>side<TAB>level<TAB>price<TAB>order<TAB>quantity<TAB>place<TAB>ahead<TAB>attribution}. The
 * state is {@code NOT_KNOWN} as long as not all orders are known, else the book's. Levels and places count from 1, {@code ahead}
 * is the quantity filled before the order at its price; the attribution is empty where none was stated. An instrument
 * without orders has one line that ends after its state.
 */
public final class OrdersText extends FinalBooksText {
    private static final String[] SIDES = {"bid", "ask"};

    /** Nothing heard of yet. */
    public OrdersText() {
        // Books come by themselves.
    }

    /**
     * Instruments that were heard of.
     *
     * @return their number
     */
    public int instruments() {
        return books().size();
    }

    /**
     * Instruments of which not all orders are known.
     *
     * @return their number
     */
    public long unknown() {
        return books().stream().filter(book -> !book.knowsOrders()).count();
    }

    @Override
    void describe(final InstrumentBook book, final StringBuilder text) {
        final String instrument = book.symbol() + '\t' + (book.knowsOrders() ? book.state() : "NOT_KNOWN");
        for (int i = 0; i < SIDES.length; i++) {
            final OrderedSide side = book.orders(i);
            for (int position = 0; side != null && position < side.depth(); position++) {
                final StringBuilder level = new StringBuilder(instrument).append('\t').append(SIDES[i]).append('\t')
                        .append(position + 1).append('\t');
                PriceText.append(level, side.price(position)).append('\t');
                final int[] place = new int[1];
                side.forEachOrder(position, (order, quantity, ahead, attribution) -> text.append(level)
                        .append(Long.toUnsignedString(order)).append('\t').append(quantity).append('\t').append(++place[0])
                        .append('\t').append(ahead).append('\t').append(text(attribution)).append('\n'));
            }
        }
        if (text.isEmpty()) {
            text.append(instrument).append('\n');
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
