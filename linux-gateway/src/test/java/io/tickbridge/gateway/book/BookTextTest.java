package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE;
import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static io.tickbridge.gateway.feed.MarketDataListener.IMPLIED_BID;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tickbridge.protocol.Venue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BookTextTest {
    private static final long UNIT = 1_000_000_000L;

    private final StringBuilder out = new StringBuilder();
    private long packet;

    private MarketBooks books(final BookListener listener) {
        return new MarketBooks(Venue.CME, 0, Map.of(1L, new InstrumentFacts("ESZ6", null, 0, 10)),
                InstrumentFacts.ofDepth(10), listener);
    }

    private void event(final MarketBooks books, final long report, final int side, final int action,
            final int position, final long price, final int quantity) {
        packet++;
        books.onLevel(1, report, side, action, position, price, quantity, 3);
        books.onEventEnd(packet);
    }

    @Test
    void printsALineForEachChangeOfTheBest() {
        final MarketBooks books = books(new TopOfBookText(out, () -> packet));
        event(books, 1, BID, ACTION_CHANGE, 0, 5 * UNIT / 2, 7);
        event(books, 2, BID, ACTION_CHANGE, 1, 2 * UNIT, 9);
        event(books, 3, IMPLIED_BID, ACTION_CHANGE, 0, 2 * UNIT, 9);
        event(books, 4, ASK, ACTION_CHANGE, 0, -UNIT / 4, 8);
        event(books, 5, BID, ACTION_CHANGE, 0, 5 * UNIT / 2, 7);
        event(books, 6, BID, ACTION_CHANGE, 0, 5 * UNIT / 2, 6);
        event(books, 7, BID, ACTION_DELETE, 0, 0, 0);
        event(books, 8, BID, ACTION_DELETE, 0, 0, 0);
        books.onFeedReset();
        packet++;
        books.onEventEnd(packet);
        assertEquals("1\tESZ6\t2.5\t7\t\t\n4\tESZ6\t2.5\t7\t-0.25\t8\n6\tESZ6\t2.5\t6\t-0.25\t8\n"
                + "7\tESZ6\t2\t9\t-0.25\t8\n8\tESZ6\t\t\t-0.25\t8\n9\tESZ6\t\t\t\t\n", out.toString());
    }

    @Test
    void printsEveryLevelAtTheEnd() {
        final DepthText depth = new DepthText();
        final MarketBooks books = books(depth);
        event(books, 1, BID, ACTION_CHANGE, 1, 2 * UNIT, 9);
        event(books, 2, ASK, ACTION_CHANGE, 0, 3 * UNIT, 8);
        event(books, 3, IMPLIED_BID, ACTION_CHANGE, 0, UNIT, 4);
        books.onOtherUpdate(2, 1);
        depth.print(out);
        assertEquals("ESZ6\tNOT_YET_KNOWN\tbid\t1\t\t\t\nESZ6\tNOT_YET_KNOWN\tbid\t2\t2\t9\t3\n"
                + "ESZ6\tNOT_YET_KNOWN\task\t1\t3\t8\t3\nESZ6\tNOT_YET_KNOWN\timplied-bid\t1\t1\t4\t3\n"
                + "2\tNOT_YET_KNOWN\n", out.toString());
    }

    @Test
    void aBrokenPipeIsReported() {
        final Writer broken = new Writer() {
            @Override
            public void write(final char[] text, final int offset, final int length) throws IOException {
                throw new IOException("broken pipe");
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        };
        final MarketBooks books = books(new TopOfBookText(broken, () -> packet));
        assertThrows(UncheckedIOException.class, () -> event(books, 1, BID, ACTION_CHANGE, 0, UNIT, 7));
    }
}
