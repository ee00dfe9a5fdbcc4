package io.tickbridge.gateway.bench;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.nasdaq.NasdaqFeedHandler;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One pass of a day through the feed handler and the books, of which the last part is timed.
 *
 * @param nanosPerMessage processor time, mean of the timed part
 * @param bytesPerMessage allocated by this thread in the timed part
 * @param digest          of all final levels, as the yardstick computes it
 */
record ItchRun(double nanosPerMessage, double bytesPerMessage, String digest) {
    private static final long RECEIVE_TIME = 1_692_711_000_000_000_000L;
    private static final long PRICE_FACTOR = 100_000;
    private static final int MAX_INSTRUMENTS = 1 << 16;

    static ItchRun of(final Path day, final int orders) throws IOException {
        try (FileChannel channel = FileChannel.open(day)) {
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            mapped.load();
            return play(new UnsafeBuffer(mapped), orders);
        }
    }

    private static ItchRun play(final UnsafeBuffer day, final int orders) {
        final int feeds = (int) day.getLong(16, ByteOrder.LITTLE_ENDIAN);
        final Books listener = new Books();
        final List<MarketBooks> books = new ArrayList<>();
        final NasdaqFeedHandler[] handlers = new NasdaqFeedHandler[feeds];
        for (int i = 0; i < feeds; i++) {
            books.add(new MarketBooks(Venue.NASDAQ, i, Map.of(), InstrumentFacts.ofDepth(0), orders, listener));
            handlers[i] = new NasdaqFeedHandler(1, 64, 1_000_000_000L, 10_000_000L, books.get(i));
        }
        final int timed = (int) day.getLong(0, ByteOrder.LITTLE_ENDIAN);
        final long messages = day.getLong(8, ByteOrder.LITTLE_ENDIAN);
        play(day, ItchDay.HEADER, timed, handlers);
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        // The thread's own processor time: what other processes take does not stand against either program.
        final long begin = threads.getCurrentThreadCpuTime();
        play(day, timed, day.capacity(), handlers);
        final long nanos = threads.getCurrentThreadCpuTime() - begin;
        final long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
        for (int i = 0; i < feeds; i++) {
            check(books.get(i), handlers[i]);
        }
        return new ItchRun((double) nanos / messages, (double) allocated / messages, digest(listener, feeds));
    }

    private static void play(final UnsafeBuffer day, final int from, final int to, final NasdaqFeedHandler[] handlers) {
        for (int at = from; at < to;) {
            final int length = day.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xffff;
            final int feed = day.getShort(at + 2, ByteOrder.LITTLE_ENDIAN);
            handlers[feed].onDatagram(day, at + ItchDay.RECORD, length, RECEIVE_TIME, 0);
            at += ItchDay.RECORD + length;
        }
    }

    /** A figure of books that refused something would be a figure of something else. */
    private static void check(final MarketBooks books, final NasdaqFeedHandler handler) {
        if (books.counts().get(BookCounter.INVALID_UPDATES) + handler.counts().get(FeedCounter.MALFORMED)
                + handler.counts().get(FeedCounter.UNKNOWN_INSTRUMENTS) + handler.counts().get(FeedCounter.LOST) != 0) {
            throw new IllegalStateException("the benchmark's own day was not understood");
        }
    }

    /** Levels in the order of feed, locate code, side and price, best first. */
    private static String digest(final Books listener, final int feeds) {
        long digest = 0;
        for (int feed = 0; feed < feeds; feed++) {
            for (final InstrumentBook book : listener.all) {
                if (book.feed() != feed) {
                    continue;
                }
                for (int side = 0; side < 2; side++) {
                    final BookSide levels = book.side(side);
                    for (int position = 0; position < levels.depth(); position++) {
                        digest = digest * 31 + feed;
                        digest = digest * 31 + (book.index() + 1) * 2 + side;
                        digest = digest * 31 + levels.price(position) / PRICE_FACTOR;
                        digest = digest * 31 + levels.quantity(position);
                        digest = digest * 31 + levels.orders(position);
                    }
                }
            }
        }
        return String.format("%016x", digest);
    }

    /** Looks at each book after each event, as rules do, and remembers which there are. */
    private static final class Books implements BookListener {
        private final List<InstrumentBook> all = new ArrayList<>(MAX_INSTRUMENTS);
        private long tops;

        @Override
        public void onInstrument(final InstrumentBook book) {
            all.add(book);
        }

        @Override
        public void onTrade(final InstrumentBook book, final long exchangeTime, final long price, final int quantity,
                final int aggressor) {
            tops += quantity;
        }

        @Override
        public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
            tops++;
        }

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
            if (book.hasTop()) {
                tops += book.side(0).price(0);
            }
        }
    }
}
