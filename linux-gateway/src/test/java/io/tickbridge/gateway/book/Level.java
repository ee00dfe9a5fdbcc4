package io.tickbridge.gateway.book;

import java.util.List;
import java.util.stream.IntStream;

/** One level as a value, for comparing. */
record Level(long price, int quantity, int orders) {

    static Level at(final BookSide side, final int position) {
        return new Level(side.price(position), side.quantity(position), side.orders(position));
    }

    /** All positions in use; an unknown level reads as null. */
    static List<Level> all(final BookSide side) {
        return IntStream.range(0, side.depth())
                .mapToObj(position -> side.isKnown(position) ? at(side, position) : null)
                .collect(java.util.stream.Collectors.toList());
    }
}
