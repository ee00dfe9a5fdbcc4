package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.fuzz.Piece;
import io.tickbridge.gateway.fuzz.Seeds;
import io.tickbridge.gateway.wire.WireBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Segments with which a gap fill server answers, one after the other, as by UDP or TCP. What is handed over are sound segments
 * that a datagram holds, of the channel and session asked for, with nothing but what is still missing, each message as the
 * server sent it; the number that is missing then follows from them.
 */
class IexGapFillFuzzTest {
    private static final int HEADER = 40;
    private static final int CHANNEL = 1;
    private static final int SESSION = 77;
    private static final long FIRST = 10;
    private static final int ONE_DATAGRAM = 1_400;

    static Stream<Arguments> seeds() {
        return Seeds.named(Stream.concat(
                Seeds.rows(Seeds.payloads(Seeds.IEX_DEEP, 4_001, 12), 9, 2),
                Seeds.rows(Seeds.payloads(Seeds.IEX_TOPS, 401, 12), 9, 2)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void answers(final byte[] input) {
        final List<Piece> pieces = Piece.of(input);
        for (final IexProtocol protocol : IexProtocol.values()) {
            final IexGapFill fill = new IexGapFill(protocol);
            long next = FIRST;
            for (final Piece piece : pieces) {
                // An odd control byte leaves protocol, channel, session and number as they are.
                final byte[] segment = piece.bytes().clone();
                if (segment.length >= HEADER && (piece.control() & 1) == 0) {
                    ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).putShort(2, (short) protocol.id())
                            .putInt(4, CHANNEL).putInt(8, SESSION).putLong(24, next - (piece.control() >>> 4));
                }
                final long to = FIRST + 200;
                if (next <= to) {
                    next = answer(fill, protocol, segment, next, to);
                }
            }
        }
    }

    private static long answer(
            final IexGapFill fill, final IexProtocol protocol, final byte[] segment, final long from, final long to) {
        final UnsafeBuffer buffer = new UnsafeBuffer(segment);
        final int length = fill.packetLength(buffer, segment.length);
        assertTrue(length == 0 || length >= HEADER && length <= fill.largestPacket(), "length " + length);
        final Map<Long, byte[]> sent = messages(segment);
        final long[] handed = {0, 0};
        final long result = fill.answer(buffer, segment.length, CHANNEL, SESSION, from, to, (datagram, bytes) -> {
            final WireBytes wire = new WireBytes();
            wire.wrap(datagram, 0, bytes);
            assertTrue(Segment.isSound(wire, 0, bytes, protocol), "sound");
            assertEquals(CHANNEL, Segment.channel(wire, 0));
            assertEquals(SESSION, Segment.session(wire, 0));
            assertTrue(bytes <= HEADER + ONE_DATAGRAM || Segment.messageCount(wire, 0) == 1, "bytes " + bytes);
            final byte[] copy = new byte[bytes];
            datagram.getBytes(0, copy);
            messages(copy).forEach((number, message) -> {
                assertTrue(number >= from && number <= to, "handed " + number);
                assertArrayEquals(sent.get(number), message);
                handed[0]++;
                handed[1] = Math.max(handed[1], number);
            });
        });
        if (result == GapFill.REFUSED) {
            assertEquals(0, handed[0]);
            return from;
        }
        assertTrue(handed[0] > 0, "nothing was handed over");
        assertTrue(result == from || result == handed[1] + 1, "next is " + result + " after " + handed[1]);
        return result;
    }

    private static Map<Long, byte[]> messages(final byte[] segment) {
        final Map<Long, byte[]> messages = new HashMap<>();
        if (segment.length < HEADER) {
            return messages;
        }
        final ByteBuffer in = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).position(HEADER);
        long number = in.getLong(24);
        for (int i = in.getShort(14) & 0xffff; i > 0 && in.remaining() >= 2; i--) {
            final byte[] message = new byte[Math.min(in.getShort() & 0xffff, in.remaining())];
            in.get(message);
            messages.put(number++, message);
        }
        return messages;
    }
}
