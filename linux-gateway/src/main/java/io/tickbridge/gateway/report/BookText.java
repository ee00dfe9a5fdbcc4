package io.tickbridge.gateway.report;

import io.tickbridge.gateway.export.BookLevel;
import io.tickbridge.gateway.export.SignalBook;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A book around a signal in few bytes, so that a page holds many: bids and asks before, then after, parted by bars. A level is
 * {@code price:quantity:orders}, without the orders where the venue states none, and {@code ?} where it is not known; levels are
 * parted by blanks. A side after that is as it was before is {@code =}.
 */
final class BookText {
    private BookText() {
    }

    static String of(final SignalBook book) {
        final String bids = side(book.bidsBefore());
        final String asks = side(book.asksBefore());
        return bids + '|' + asks + '|' + after(bids, side(book.bidsAfter())) + '|' + after(asks, side(book.asksAfter()));
    }

    private static String after(final String before, final String after) {
        return after.equals(before) ? "=" : after;
    }

    private static String side(final List<BookLevel> levels) {
        return levels.stream().map(BookText::level).collect(Collectors.joining(" "));
    }

    private static String level(final BookLevel level) {
        return level.price() == null ? "?" : level.price().stripTrailingZeros().toPlainString() + ':' + level.quantity()
                + (level.orders() == 0 ? "" : ":" + level.orders());
    }
}
