package io.tickbridge.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.LineCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.SchemaMessages;
import io.tickbridge.gateway.feed.nasdaq.ItchPacket;
import io.tickbridge.gateway.fuzz.Piece;
import io.tickbridge.gateway.fuzz.Seeds;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.SignalDecoder;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames through filter, arbiter, decoder, books and rules, of the feed that the first control byte names. Of every other
 * control byte the lowest two bits are the line, the next leaves the piece a frame as it is instead of a payload, the next one
 * leaves its number as it is, and the rest is how much time has passed.
 *
 * <p>Whatever comes: each frame is counted once; a book that is trusted, and each signal, has a bid below its offer; what is
 * taken from the heap is in proportion to what came; and the same frames in other memory give the same signals and counts.
 */
class PipelineFuzzTest {
    private static final int HEADERS = 42;
    private static final int SHORTEST_CME = 12;
    private static final int RAW = 4;
    private static final int NUMBERED = 8;
    private static final long START = 1_700_000_000_000_000_000L;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Bytes: what a pipeline takes at the beginning, and for each byte that came; measured, and more than doubled. */
    private static final long AT_FIRST = 64L << 20;
    private static final long A_BYTE = 16 << 10;

    static Stream<Arguments> seeds() {
        final List<byte[]> schema = SchemaMessages.all();
        final List<byte[]> nasdaq = Stream.of(
                new ItchPacket("FUZZ", 1, 7, "ZTEST").system('O').system('S').directory().trading('T'),
                new ItchPacket("FUZZ", 5, 7, "ZTEST").add(1, 'B', 300, 1_000_000).add(2, 'S', 100, 1_010_000, "MPID"),
                new ItchPacket("FUZZ", 7, 7, "ZTEST").execute(1, 100).cancel(1, 5).replace(1, 3, 50, 990_000).delete(2))
                .map(packet -> {
                    final UnsafeBuffer whole = packet.packet();
                    final byte[] bytes = new byte[whole.capacity()];
                    whole.getBytes(0, bytes);
                    return bytes;
                }).toList();
        return Seeds.named(Stream.of(
                rows(FuzzedFeed.CME, RAW, Seeds.frames(Seeds.CME, 1, 120).stream().map(Seeds.Captured::frame).toList()),
                rows(FuzzedFeed.CME, 0, schema), rows(FuzzedFeed.CME, 2, schema), rows(FuzzedFeed.CME_ORDERS, 0, schema),
                rows(FuzzedFeed.CME_ORDERS, 2, schema),
                rows(FuzzedFeed.IEX_TOPS, NUMBERED, Seeds.payloads(Seeds.IEX_TOPS, 1, 60)),
                rows(FuzzedFeed.IEX_TOPS, 0, Seeds.payloads(Seeds.IEX_TOPS, 199, 60)),
                rows(FuzzedFeed.IEX_DEEP, NUMBERED, Seeds.payloads(Seeds.IEX_DEEP, 1, 60)),
                rows(FuzzedFeed.IEX_DEEP, 0, Seeds.payloads(Seeds.IEX_DEEP, 999, 60)),
                rows(FuzzedFeed.NASDAQ, NUMBERED, nasdaq), rows(FuzzedFeed.NASDAQ, 0, Seeds.payloads(Seeds.ITCH, 1, 190)))
                .flatMap(rows -> rows));
    }

    /** Inputs of twelve pieces behind one that names the feed. */
    private static Stream<byte[]> rows(final FuzzedFeed feed, final int control, final List<byte[]> pieces) {
        final int length = 12;
        return IntStream.range(0, (pieces.size() + length - 1) / length).mapToObj(row -> {
            final List<Piece> input = new ArrayList<>(List.of(new Piece(feed.ordinal(), new byte[0])));
            pieces.stream().skip((long) row * length).limit(length).forEach(bytes -> input.add(new Piece(control | 16, bytes)));
            return Piece.join(input);
        });
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void frames(final byte[] input) {
        final List<Piece> pieces = Piece.of(input);
        if (!pieces.isEmpty()) {
            final FuzzedFeed feed = FuzzedFeed.values()[pieces.get(0).control() % FuzzedFeed.values().length];
            final Run heap = new Run(feed, false);
            final Run direct = new Run(feed, true);
            heap.play(pieces.subList(1, pieces.size()));
            direct.play(pieces.subList(1, pieces.size()));
            assertEquals(heap.story, direct.story);
            checkTaken(heap.allocated, feed, pieces, input.length);
        }
    }

    /** Where classes were loaded on the way, another run tells. */
    private static void checkTaken(final long allocated, final FuzzedFeed feed, final List<Piece> pieces, final int length) {
        final long limit = AT_FIRST + A_BYTE * length;
        if (allocated > limit) {
            final Run again = new Run(feed, false);
            again.play(pieces.subList(1, pieces.size()));
            assertTrue(again.allocated < limit, () -> again.allocated + " bytes taken for an input of " + length);
        }
    }

    /** One pipeline, and what it told. */
    private static final class Run implements BookListener {
        private final List<String> story = new ArrayList<>();
        private final FuzzedFeed feed;
        private final boolean isDirect;
        private final Pipeline pipeline;
        private final SignalDecoder signal = new SignalDecoder();
        private long allocated;
        private long frames;
        private long recorded;
        private long tooShort;
        private long snapshots;

        Run(final FuzzedFeed feed, final boolean isDirect) {
            this.feed = feed;
            this.isDirect = isDirect;
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            pipeline = new Pipeline(feed.config(), (buffer, offset, length, receiveTime, group) -> recorded++,
                    List.of(this::onSignal), List.of(this));
            allocated -= before;
        }

        void play(final List<Piece> pieces) {
            long time = START;
            long number = 1;
            for (final Piece piece : pieces) {
                final int line = (piece.control() & 3) % feed.lines();
                time += 1L << (piece.control() >>> 4) * 2;
                if ((piece.control() & RAW) != 0) {
                    take(piece.bytes(), time, null, line);
                    continue;
                }
                final byte[] payload = piece.bytes().clone();
                if ((piece.control() & NUMBERED) == 0 && line < 2) {
                    feed.renumber(payload, number);
                    number += feed.units(payload);
                }
                take(wrapped(payload, line), time, payload, line);
            }
            pipeline.onEndOfInput();
            allocated += THREADS.getCurrentThreadAllocatedBytes();
            check();
        }

        private void take(final byte[] frame, final long time, final byte[] payload, final int line) {
            final long before = recorded;
            final int at = isDirect ? 1 : 0;
            final UnsafeBuffer memory = new UnsafeBuffer(
                    isDirect ? ByteBuffer.allocateDirect(at + frame.length) : ByteBuffer.allocate(at + frame.length));
            memory.putBytes(at, frame);
            pipeline.onFrame(memory, at, frame.length, time, 0);
            frames++;
            if (recorded > before) {
                final int length = payload == null ? (frame.length > 39 ? udpLength(frame) : 0) : payload.length;
                tooShort += length < SHORTEST_CME ? 1 : 0;
                snapshots += length >= SHORTEST_CME && (payload == null ? isSnapshot(frame) : line == 2) ? 1 : 0;
            }
        }

        /** Length of an accepted frame's payload. */
        private static int udpLength(final byte[] frame) {
            final ByteBuffer in = ByteBuffer.wrap(frame);
            return (in.getShort(udp(in) + 4) & 0xffff) - 8;
        }

        private static boolean isSnapshot(final byte[] frame) {
            final ByteBuffer in = ByteBuffer.wrap(frame);
            return in.getShort(udp(in) + 2) == 16340;
        }

        private static int udp(final ByteBuffer frame) {
            int ip = 14;
            while (frame.getShort(ip - 2) != 0x0800) {
                ip += 4;
            }
            return ip + (frame.get(ip) & 15) * 4;
        }

        /** Ethernet, IPv4 with its checksum, UDP without one. */
        private static byte[] wrapped(final byte[] payload, final int line) {
            final ByteBuffer frame = ByteBuffer.allocate(HEADERS + payload.length);
            frame.putShort(12, (short) 0x0800).putShort(14, (short) 0x4500).putShort(16, (short) (28 + payload.length))
                    .putShort(22, (short) (64 << 8 | 17)).putInt(26, 0x0a010203).putInt(30, 0xe0001f40 + (line << 8))
                    .putShort(34, (short) 1000).putShort(36, (short) (14340 + 1000 * line))
                    .putShort(38, (short) (8 + payload.length));
            int sum = 0;
            for (int i = 14; i < 34; i += 2) {
                sum += frame.getShort(i) & 0xffff;
            }
            sum = (sum >>> 16) + (sum & 0xffff);
            frame.putShort(24, (short) ~(sum + (sum >>> 16)));
            frame.position(HEADERS).put(payload);
            return frame.array();
        }

        private void check() {
            assertEquals(frames, pipeline.filterCounts().totalAccepted() + pipeline.filterCounts().totalDropped());
            assertEquals(recorded, pipeline.filterCounts().totalAccepted());
            final long datagrams = count(FeedCounter.DATAGRAMS);
            assertEquals(recorded, datagrams);
            final long told = count(FeedCounter.PACKETS) + count(FeedCounter.DUPLICATES);
            if (feed.lines() > 2) {
                assertEquals(datagrams, told + tooShort + snapshots, "packets, duplicates, snapshots and what is too short");
            } else {
                assertTrue(told <= datagrams, "more than came");
                assertTrue(datagrams <= told + count(FeedCounter.HEARTBEATS) + count(FeedCounter.MALFORMED), "something is gone");
            }
            final LineCounts lines = pipeline.lineCounts(0);
            long firsts = 0;
            for (int line = 0; line < lines.lines(); line++) {
                assertTrue(lines.firsts(line) <= lines.datagrams(line));
                firsts += lines.firsts(line);
            }
            assertTrue(firsts >= count(FeedCounter.PACKETS), "packets that no line brought first");
            for (final FeedCounter counter : FeedCounter.values()) {
                assertTrue(count(counter) >= 0, () -> counter.label() + ": " + count(counter));
                story.add(counter + " " + count(counter));
            }
            for (final BookCounter counter : BookCounter.values()) {
                // Whether another thread was in time is its own affair.
                if (counter != BookCounter.LATE_MEMORY) {
                    story.add(counter + " " + pipeline.books(0).counts().get(counter));
                }
            }
        }

        private long count(final FeedCounter counter) {
            return pipeline.feedCounts(0).get(counter);
        }

        private void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
            signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
            final InstrumentBook book = pipeline.books(0).find(signal.instrument());
            assertEquals(BookState.TRUSTED, book.state(), "state of a signal's book");
            assertTrue(signal.bidPrice() < signal.askPrice(), "a signal of a crossed book");
            assertTrue(signal.bidQuantity() > 0 && signal.askQuantity() > 0, "a signal of an empty side");
            final byte[] bytes = new byte[SignalListener.BODY_LENGTH];
            body.getBytes(offset, bytes);
            story.add("signal " + HexFormat.of().formatHex(bytes) + " at " + receiveTime);
        }

        @Override
        public void onInstrument(final InstrumentBook book) {
            story.add("instrument " + book);
        }

        @Override
        public void onTrade(
                final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
            story.add("trade " + book + " " + price + " " + quantity);
        }

        @Override
        public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
            story.add("state " + book + " " + state);
            onBookEvent(book, exchangeTime);
        }

        @Override
        public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
            if (book.state() == BookState.TRUSTED) {
                final BookSide bid = book.side(MarketDataListener.BID);
                final BookSide ask = book.side(MarketDataListener.ASK);
                assertTrue(book.hasTop() && bid.isKnown(0) && ask.isKnown(0), () -> "trusted without a best price: " + book);
                assertTrue(bid.price(0) < ask.price(0), () -> "trusted and crossed: " + book);
                assertTrue(bid.quantity(0) > 0 && ask.quantity(0) > 0, () -> "trusted with an empty level: " + book);
            }
        }
    }
}
