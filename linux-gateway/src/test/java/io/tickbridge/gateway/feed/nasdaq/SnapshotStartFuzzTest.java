package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentFacts;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.SnapshotFault;
import io.tickbridge.gateway.fuzz.Piece;
import io.tickbridge.gateway.fuzz.Seeds;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Packets of a line and of a snapshot, mixed as the control bytes say, with the numbers that come next or their own. While a
 * snapshot is wanted no book is trusted; one that is refused is followed by the wish for another; the same datagrams tell the
 * same a second time.
 */
class SnapshotStartFuzzTest {
    private static final String SESSION = "FUZZ      ";
    private static final int HEADER = 20;
    private static final long NOON = 1_692_720_000_000_000_000L;
    private static final long JOINED = 500;
    private static final int SNAPSHOT = 1;
    private static final int OWN_NUMBER = 2;
    private static final long STEP = 40_000_000L; // ns of receive time for each further bit pattern of the control byte

    private final Set<InstrumentBook> known = new LinkedHashSet<>();
    private final List<String> told = new ArrayList<>();
    private boolean wanted;

    private final class Listener implements BookListener {
        @Override
        public void onInstrument(final InstrumentBook book) {
            known.add(book);
        }

        @Override
        public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
            told.add(book.symbol() + " " + state);
        }

        @Override
        public void onTrade(
                final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
            told.add("trade " + book.symbol() + " " + price);
        }

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
            told.add("event " + book.symbol() + " " + book.state());
        }
    }

    private final class Watch implements GapWatch {
        private SnapshotFault fault;
        private boolean restarted;

        @Override
        public void onSnapshotWanted(final long stream, final long session) {
            wanted = true;
            fault = null;
            told.add("wanted");
        }

        @Override
        public void onSnapshotUnusable(final SnapshotFault why) {
            restarted = why == SnapshotFault.BROKEN_OFF || why == SnapshotFault.INCOMPLETE;
            fault = why;
            told.add(why.name());
        }

        @Override
        public void onSnapshotOverdue() {
            assertTrue(wanted, "overdue, though none is wanted");
            fault = null;
            told.add("overdue");
        }

        @Override
        public void onSnapshotSettled() {
            wanted = false;
            told.add("settled");
        }
    }

    static Stream<Arguments> seeds() {
        final ItchPacket snapshot = packet(1).system('Q').directory().trading('T').add(10, 'B', 5, 10_000).add(11, 'B', 5, 9_900)
                .add(12, 'S', 5, 10_100).add(13, 'S', 5, 10_200).endOfSnapshot("501");
        final ItchPacket first = packet(JOINED).add(11, 'B', 5, 9_900);
        final ItchPacket next = packet(501).cancel(10, 1).cancel(12, 1).delete(13);
        final ItchPacket refuted = packet(501).delete(77);
        return Seeds.named(Stream.of(
                row(first, 0, snapshot, SNAPSHOT | OWN_NUMBER, next, 0),
                row(first, 0, snapshot, SNAPSHOT | OWN_NUMBER, refuted, 0, snapshot, SNAPSHOT | OWN_NUMBER),
                row(first, 0, packet(4).endOfSnapshot("501"), SNAPSHOT | OWN_NUMBER, next, 4 * 30),
                row(first, 0, next, 0, next, 4 * 30, snapshot, SNAPSHOT)));
    }

    private static ItchPacket packet(final long sequence) {
        return new ItchPacket(SESSION, sequence, 7, "ZTEST");
    }

    private static byte[] row(final Object... packetsAndControls) {
        final List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < packetsAndControls.length; i += 2) {
            final UnsafeBuffer packet = ((ItchPacket) packetsAndControls[i]).packet();
            final byte[] bytes = new byte[packet.capacity()];
            packet.getBytes(0, bytes);
            pieces.add(new Piece((Integer) packetsAndControls[i + 1], bytes));
        }
        return Piece.join(pieces);
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void lineAndSnapshot(final byte[] input) {
        final List<String> once = run(input);
        assertEquals(once, run(input), "told a second time");
    }

    private List<String> run(final byte[] input) {
        wanted = false;
        known.clear();
        told.clear();
        final MarketBooks books =
                new MarketBooks(Venue.NASDAQ, 0, Map.of(), InstrumentFacts.ofDepth(10), 1 << 10, new Listener());
        final Watch watch = new Watch();
        final NasdaqFeedHandler feed =
                new NasdaqFeedHandler(1, 0, Long.MAX_VALUE, Long.MAX_VALUE, 1 << 12, watch, books);
        final long[] next = {JOINED, 1};
        long time = NOON;
        for (final Piece piece : Piece.of(input)) {
            time += (piece.control() >>> 2) * STEP;
            final int line = piece.control() & SNAPSHOT;
            final byte[] packet = piece.bytes();
            if (packet.length >= HEADER) {
                final ByteBuffer bytes = ByteBuffer.wrap(packet).put(SESSION.getBytes(StandardCharsets.US_ASCII));
                if ((piece.control() & OWN_NUMBER) == 0) {
                    bytes.putLong(next[line]);
                }
                next[line] = bytes.getLong(10) + (bytes.getShort(18) & 0xffff);
            }
            final long before = feed.counts().get(FeedCounter.UNUSABLE_SNAPSHOTS) + feed.counts().get(FeedCounter.SNAPSHOT_OVERFLOWS);
            feed.onDatagram(new UnsafeBuffer(packet), 0, packet.length, time, line == 0 ? 0 : 2);
            final long refused = feed.counts().get(FeedCounter.UNUSABLE_SNAPSHOTS)
                    + feed.counts().get(FeedCounter.SNAPSHOT_OVERFLOWS) - before;
            assertTrue(refused == 0 || wanted, "one is refused, and none wanted");
            assertTrue(watch.fault == null || watch.restarted, () -> watch.fault + ", and none is wanted");
            if (wanted) {
                known.forEach(book -> assertNotEquals(BookState.TRUSTED, book.state(), book::toString));
            }
        }
        feed.onEndOfInput();
        return List.copyOf(told);
    }
}
