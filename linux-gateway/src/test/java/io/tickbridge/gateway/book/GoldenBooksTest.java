package io.tickbridge.gateway.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.protocol.Venue;
import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * A captured CME session against the books that another program made of it, after every message.
 *
 * <p>That program, too, begins with empty books in mid-session and keeps a place for each of ten positions. A place
 * whose level it was never told has no price, and its list leaves such places out. So does ours here: a row in which
 * we hold an unknown position above a known one must equal the golden row once those positions are left out, and a
 * row in which we hold none must equal it as it is. There is no other way to agree.
 */
class GoldenBooksTest {
    private static final int COLUMNS = 5;

    private final CmeCaptureWalk capture = new CmeCaptureWalk();
    private final MarketBooks books = new MarketBooks(Venue.CME, 0, Map.of(), InstrumentFacts.ofDepth(10), new NoBookListener());
    private int equal;
    private int equalWithoutUnknown;
    private final List<String> unexplained = new ArrayList<>();

    @Test
    void everyBookAfterEveryMessageIsTheGoldenOne() throws IOException {
        int rows = 0;
        try (BufferedReader golden = SharedData.gzipLines("golden/cme_v6.1.book.sbedecoder.tsv.gz")) {
            long sequence = -1;
            for (String line = golden.readLine(); line != null; line = golden.readLine()) {
                final String[] row = line.split("\t", -1);
                if (row.length == COLUMNS) {
                    while (sequence < Long.parseLong(row[0]) || !hasReached(row)) {
                        sequence = capture.next(books);
                    }
                    assertEquals(Long.parseLong(row[0]), sequence);
                    compare(row);
                    rows++;
                }
            }
        }
        System.out.printf("golden books: %d rows, %d equal, %d equal but for unknown positions, %d not explained%n",
                rows, equal, equalWithoutUnknown, unexplained.size());
        assertEquals(4893, rows);
        assertEquals(List.of(), unexplained);
        assertTrue(equal > rows * 0.95, "equal rows: " + equal);
        assertEquals(rows, equal + equalWithoutUnknown);
    }

    /** A packet can hold several messages about one instrument; its report sequence tells them apart. */
    private boolean hasReached(final String[] row) {
        final MarketBook book = (MarketBook) books.find(Long.parseLong(row[1]));
        return book != null && book.nextReport > Long.parseLong(row[2]);
    }

    private void compare(final String[] row) {
        final InstrumentBook book = books.find(Long.parseLong(row[1]));
        final BookSide bid = book.side(MarketDataListener.BID);
        final BookSide ask = book.side(MarketDataListener.ASK);
        final String ours = "B " + text(bid) + "\tA " + text(ask);
        if (!ours.equals(row[3] + "\t" + row[4])) {
            unexplained.add(String.join("\t", row) + "\nours: " + ours);
        } else if (hasPlaceholder(bid) || hasPlaceholder(ask)) {
            equalWithoutUnknown++;
        } else {
            equal++;
        }
    }

    private static boolean hasPlaceholder(final BookSide side) {
        return Level.all(side).contains(null);
    }

    private static String text(final BookSide side) {
        return Level.all(side).stream().filter(Objects::nonNull)
                .map(level -> BigDecimal.valueOf(level.price(), 9).doubleValue() + ":" + level.quantity() + ":"
                        + level.orders())
                .collect(Collectors.joining(" "));
    }
}
