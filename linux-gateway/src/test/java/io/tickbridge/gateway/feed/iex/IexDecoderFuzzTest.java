package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.ListenerContract;
import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.fuzz.Piece;
import io.tickbridge.gateway.fuzz.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Segments of TOPS, DEEP or DEEP+, as the first control byte says, each of one channel and session and in its turn. Against a
 * walk from block to block with the lengths of the specifications: a segment is refused as a whole, or each of its messages is
 * counted once, as read, unknown or unusable; the inspector sees as many.
 */
class IexDecoderFuzzTest {
    private static final int HEADER = 40;
    private static final long START = 1_500_000_000_000_000_000L;
    private static final int[] PROTOCOL_IDS = {0x8003, 0x8004, 0x8005};
    /** "Message Formats" of the three specifications: a type, and the bytes of its message. */
    private static final List<Map<Character, Integer>> LENGTHS = List.of(
            Map.ofEntries(Map.entry('S', 10), Map.entry('D', 31), Map.entry('H', 22), Map.entry('I', 18), Map.entry('O', 18),
                    Map.entry('P', 19), Map.entry('Q', 42), Map.entry('T', 38), Map.entry('X', 26), Map.entry('B', 38),
                    Map.entry('A', 80)),
            Map.ofEntries(Map.entry('S', 10), Map.entry('D', 31), Map.entry('H', 22), Map.entry('I', 18), Map.entry('O', 18),
                    Map.entry('P', 19), Map.entry('E', 18), Map.entry('8', 30), Map.entry('5', 30), Map.entry('T', 38),
                    Map.entry('X', 26), Map.entry('B', 38), Map.entry('A', 80)),
            Map.ofEntries(Map.entry('S', 10), Map.entry('D', 31), Map.entry('H', 22), Map.entry('I', 18), Map.entry('O', 18),
                    Map.entry('P', 19), Map.entry('E', 18), Map.entry('a', 38), Map.entry('M', 38), Map.entry('R', 26),
                    Map.entry('L', 46), Map.entry('T', 38), Map.entry('B', 38), Map.entry('C', 18)));

    private final ListenerContract contract = new ListenerContract();

    static Stream<Arguments> seeds() {
        return Seeds.named(Stream.of(
                Seeds.rows(Seeds.payloads(Seeds.IEX_TOPS, 397, 30), 0, 3),
                Seeds.rows(Seeds.payloads(Seeds.IEX_DEEP, 3997, 30), 1, 3),
                Seeds.rows(written(), 0, 1), Seeds.rows(written(), 1, 1), Seeds.rows(written(), 2, 1)).flatMap(rows -> rows));
    }

    private static List<byte[]> written() {
        final String symbol = "ZIEXT";
        return Stream.of(
                SegmentBuilder.tops().quote(0, 1, symbol, 100, 99_000, 100_000, 200).trade(2, symbol, 100, 99_000)
                        .systemEvent('O', 3).tradeBreak(4, symbol, 1, 5, 6),
                SegmentBuilder.deep().priceLevel('8', 1, 1, symbol, 100, 99_000).priceLevel('5', 0, 2, symbol, 100, 99_500)
                        .securityEvent('O', 3, symbol).retail('A', 4, symbol).operationalHalt('N', 5, symbol)
                        .tradingStatus('T', 6, symbol).auction('C', 7, symbol, 1, 2, 3, 4, 'B'),
                SegmentBuilder.deepPlus().addOrder('8', 1, symbol, 11, 100, 99_000).modifyOrder(1, 2, symbol, 11, 50, 99_000)
                        .executeOrder(3, symbol, 11, 20, 99_000, 7).deleteOrder(4, symbol, 11).clearBook(5, symbol))
                .map(segment -> segment.build().byteArray()).toList();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void segments(final byte[] input) {
        contract.take();
        final List<Piece> pieces = Piece.of(input);
        final int which = pieces.isEmpty() ? 0 : pieces.get(0).control() % PROTOCOL_IDS.length;
        final IexFeedHandler feed = new IexFeedHandler(
                IexProtocol.values()[which], 1, 0, Long.MAX_VALUE, Long.MAX_VALUE, contract.listener());
        long sequence = 1;
        long offset = 0;
        long sendTime = START;
        for (final Piece piece : pieces) {
            final byte[] segment = piece.bytes();
            if (segment.length >= HEADER) {
                ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).putShort(2, (short) PROTOCOL_IDS[which])
                        .putInt(4, 1).putInt(8, SegmentBuilder.SESSION).putLong(16, offset).putLong(24, sequence)
                        .putLong(32, ++sendTime);
            }
            final int messages = walk(segment, LENGTHS.get(which));
            check(feed, segment, messages);
            if (messages >= 0) {
                sequence += messages;
                offset += ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).getShort(12) & 0xffff;
            }
        }
        feed.onEndOfInput();
        assertEquals(0, feed.counts().get(FeedCounter.GAPS) + feed.counts().get(FeedCounter.DUPLICATES)
                + feed.counts().get(FeedCounter.RESETS));
    }

    private void check(final IexFeedHandler feed, final byte[] segment, final int messages) {
        final long before = sum(feed);
        final long malformed = feed.counts().get(FeedCounter.MALFORMED);
        final long lost = feed.counts().get(FeedCounter.LOST);
        final long datagrams = feed.counts().get(FeedCounter.DATAGRAMS);
        feed.onDatagram(new UnsafeBuffer(segment), 0, segment.length, 1, 0);
        final long refused = feed.counts().get(FeedCounter.MALFORMED) - malformed;
        assertEquals(datagrams + 1, feed.counts().get(FeedCounter.DATAGRAMS));
        assertEquals(Math.abs(messages), sum(feed) - before + refused, "messages counted");
        final Found found = new Found();
        new IexInspector().inspect(new UnsafeBuffer(segment), 0, segment.length, found);
        final List<ListenerContract.Call> calls = contract.take();
        if (messages < 0) {
            assertTrue(found.malformed > 0, "the inspector has nothing against it");
            assertEquals(List.of(), calls, "told of a segment that is refused");
        } else {
            assertEquals(0, found.malformed, "the inspector refuses it");
            assertEquals(messages, found.messages, "messages spelled out");
            assertEquals(refused, feed.counts().get(FeedCounter.LOST) - lost, "what is unusable is lost");
            assertEquals(refused, calls.stream().filter(call -> call.method().equals("onSequenceGap")).count());
        }
    }

    private static long sum(final IexFeedHandler feed) {
        return feed.counts().get(FeedCounter.MESSAGES) + feed.counts().get(FeedCounter.UNKNOWN_MESSAGES);
    }

    /** Messages in a segment whose blocks fill its payload; -1 for what is none. */
    private static int walk(final byte[] segment, final Map<Character, Integer> lengths) {
        if (segment.length < HEADER || segment[0] != 1) {
            return -1;
        }
        final ByteBuffer in = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
        final int end = HEADER + (in.getShort(12) & 0xffff);
        final int messages = in.getShort(14) & 0xffff;
        int at = HEADER;
        for (int i = 0; i < messages; i++) {
            final int body = at + 2;
            if (end > segment.length || body > end || body + (in.getShort(at) & 0xffff) > end) {
                return -1;
            }
            final int length = in.getShort(at) & 0xffff;
            if (length > 0 && length < lengths.getOrDefault((char) (segment[body] & 0xff), 0)) {
                return -1;
            }
            at = body + length;
        }
        return at == end && end <= segment.length ? messages : -1;
    }

    /** Counts. */
    static final class Found implements MessageInspector.Sink {
        int messages;
        int malformed;

        @Override
        public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
            messages++;
        }

        @Override
        public void onHeartbeat(final long sequence) {
            // No message.
        }

        @Override
        public void onMalformed(final long sequence, final String what) {
            malformed++;
        }
    }
}
