package io.tickbridge.gateway.report;

import io.tickbridge.gateway.export.BookLevel;
import io.tickbridge.gateway.export.SignalBook;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A book around a signal as JSON: for each side price as text, quantity and orders of each level, price null where not known. */
final class BookJson {
    private BookJson() {
    }

    static Map<String, Object> of(final SignalBook book) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("before", side(book.bidsBefore(), book.asksBefore()));
        json.put("after", side(book.bidsAfter(), book.asksAfter()));
        return json;
    }

    private static List<Object> side(final List<BookLevel> bids, final List<BookLevel> asks) {
        return List.of(bids.stream().map(BookJson::level).toList(), asks.stream().map(BookJson::level).toList());
    }

    private static List<Object> level(final BookLevel level) {
        return Arrays.asList(level.price() == null ? null : level.price().stripTrailingZeros().toPlainString(), level.quantity(),
                level.orders());
    }
}
