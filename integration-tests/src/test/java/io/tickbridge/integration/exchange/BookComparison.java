package io.tickbridge.integration.exchange;

import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.OrderedSide;
import io.tickbridge.integration.exchange.Ledger.Truth;
import io.tickbridge.protocol.BookState;

/** Holds the gateway's books against the exchange's, and counts how often. An {@link AssertionError} tells what differs. */
final class BookComparison {
    private long trusted;
    private long ordered;

    /** Trusted books that were compared. */
    long trusted() {
        return trusted;
    }

    /** Books of single orders that were compared. */
    long ordered() {
        return ordered;
    }

    /** What is not in doubt is true; all of it when the book claims to be whole. */
    void levels(final InstrumentBook book, final Truth truth, final boolean whole) {
        final boolean claimed = book.state() == BookState.TRUSTED || book.state() == BookState.NOT_YET_KNOWN
                || book.state() == BookState.INVALID_UPDATE;
        if (!claimed && !whole) {
            return;
        }
        trusted += book.state() == BookState.TRUSTED ? 1 : 0;
        for (int side = 0; side < truth.sides().length; side++) {
            final BookSide levels = book.side(side);
            CmeSeedRun.require(!whole || levels.depth() == truth.depth(side), "%s side %d is whole with %d levels of %d", book, side,
                    levels.depth(), truth.depth(side));
            for (int position = 0; position < levels.depth(); position++) {
                if (levels.isKnown(position)) {
                    final int cell = position * Truth.STRIDE;
                    final long[] expected = truth.sides()[side];
                    CmeSeedRun.require(cell < expected.length, "%s side %d position %d does not exist", book, side, position);
                    CmeSeedRun.require(expected[cell] == levels.price(position) && expected[cell + 1] == levels.quantity(position)
                                    && expected[cell + 2] == levels.orders(position),
                            "%s side %d position %d: %d at %d of %d orders, found %d at %d of %d", book, side, position,
                            expected[cell + 1], expected[cell], expected[cell + 2], levels.quantity(position),
                            levels.price(position), levels.orders(position));
                } else {
                    CmeSeedRun.require(!whole, "%s side %d position %d is not known", book, side, position);
                }
            }
        }
    }

    /** Every order, in its place, with what is ahead of it. */
    void orders(final InstrumentBook book, final Truth truth) {
        ordered++;
        for (int side = 0; side < truth.orders().length; side++) {
            final long[] expected = truth.orders()[side];
            final OrderedSide levels = book.orders(side);
            final int[] cell = new int[1];
            for (int position = 0; position < levels.depth(); position++) {
                final long price = levels.price(position);
                final long[] sum = new long[1];
                levels.forEachOrder(position, (order, quantity, before, attribution) -> {
                    CmeSeedRun.require(cell[0] < expected.length && expected[cell[0]] == order && expected[cell[0] + 1] == price
                            && expected[cell[0] + 2] == quantity && before == sum[0], "%s: order %d, %d at %d, behind %d, is not there",
                            book, order, quantity, price, before);
                    sum[0] += quantity;
                    cell[0] += 3;
                });
            }
            CmeSeedRun.require(cell[0] == expected.length, "%s side %d has %d orders of %d", book, side, cell[0] / 3,
                    expected.length / 3);
        }
    }
}
