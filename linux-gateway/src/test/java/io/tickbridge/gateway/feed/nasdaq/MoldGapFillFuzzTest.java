package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.fuzz.Piece;
import io.tickbridge.gateway.fuzz.Seeds;
import io.tickbridge.gateway.wire.WireBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Answers to re-requests for a hole of so many messages, as a server might send them. Whatever they are: nothing but what was
 * asked for is handed over, as sound packets of the session, each number with the bytes that an answer gave it; when the hole
 * is said to be filled by answers that begin where they should, all of it was handed over, each message once and in order.
 */
class MoldGapFillFuzzTest {
    private static final String SESSION = "FUZZ      ";
    private static final ByteBuffer NAME = ByteBuffer.wrap(SESSION.getBytes(StandardCharsets.US_ASCII));
    private static final long FIRST = 100;
    private static final int HEADER = 20;
    private static final int LARGEST = 8_972;

    static Stream<Arguments> seeds() {
        final ItchPacket one = packet(FIRST).at(1).delete(1).at(2).delete(2).delete(3);
        final ItchPacket two = packet(FIRST + 3).at(2).delete(4).at(3).delete(5);
        final ItchPacket three = packet(FIRST + 5).raw('I', 50).system('Q').delete(6);
        return Seeds.named(Stream.of(List.of(one, two, three), List.of(three, one, two), List.of(one, one, two))
                .map(packets -> Piece.join(packets.stream().map(packet -> new Piece(8, bytes(packet.packet()))).toList())));
    }

    private static ItchPacket packet(final long sequence) {
        return new ItchPacket(SESSION, sequence, 7, "ZTEST");
    }

    private static byte[] bytes(final UnsafeBuffer packet) {
        final byte[] bytes = new byte[packet.capacity()];
        packet.getBytes(0, bytes);
        return bytes;
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void answers(final byte[] input) {
        final List<Piece> pieces = Piece.of(input);
        if (pieces.isEmpty()) {
            return;
        }
        final long to = FIRST + pieces.get(0).control();
        final MoldGapFill fill = new MoldGapFill();
        final Map<Long, byte[]> sent = new HashMap<>();
        final long[] handed = {FIRST, 0};
        boolean early = false;
        long next = FIRST;
        for (final Piece piece : pieces) {
            final byte[] packet = piece.bytes();
            if (next > to || packet.length > LARGEST) {
                break;
            }
            if (packet.length >= HEADER && (piece.control() & 1) == 0) {
                ByteBuffer.wrap(packet).put(SESSION.getBytes(StandardCharsets.US_ASCII));
            }
            note(packet, next, to, sent);
            final long before = next;
            final long result = fill.answer(new UnsafeBuffer(packet), packet.length, NAME.getShort(8), NAME.getLong(0), next, to,
                    (buffer, length) -> check(buffer.getStringWithoutLengthAscii(0, 10), new UnsafeBuffer(buffer, 0, length), to,
                            sent, handed));
            assertTrue(result == GapFill.REFUSED || result >= before && result <= to + 1, "next is " + result);
            early |= result == before;
            next = result == GapFill.REFUSED ? before : result;
        }
        if (next > to && !early) {
            assertEquals(to + 1, handed[0]);
            assertEquals(to + 1 - FIRST, handed[1]);
        }
    }

    /** The latest bytes of each number that may be of use. */
    private static void note(final byte[] packet, final long from, final long to, final Map<Long, byte[]> sent) {
        final WireBytes bytes = new WireBytes();
        bytes.wrap(new UnsafeBuffer(packet), 0, packet.length);
        if (!MoldPacket.isSound(bytes, 0, packet.length)) {
            return;
        }
        final ByteBuffer in = ByteBuffer.wrap(packet).position(HEADER);
        for (long number = ByteBuffer.wrap(packet).getLong(10); in.hasRemaining(); number++) {
            final byte[] message = new byte[in.getShort() & 0xffff];
            in.get(message);
            if (number >= from && number <= to) {
                sent.put(number, message);
            }
        }
    }

    private static void check(
            final String session, final UnsafeBuffer datagram, final long to, final Map<Long, byte[]> sent, final long[] handed) {
        final WireBytes bytes = new WireBytes();
        bytes.wrap(datagram, 0, datagram.capacity());
        assertEquals(SESSION, session);
        assertTrue(MoldPacket.isSound(bytes, 0, datagram.capacity()) && datagram.capacity() <= LARGEST);
        final byte[] packet = bytes(datagram);
        final ByteBuffer in = ByteBuffer.wrap(packet).position(HEADER);
        long number = ByteBuffer.wrap(packet).getLong(10);
        assertTrue(number >= FIRST, "handed " + number);
        while (in.hasRemaining()) {
            final byte[] message = new byte[in.getShort() & 0xffff];
            in.get(message);
            assertTrue(number <= to, "handed " + number);
            assertArrayEquals(sent.get(number), message, "message " + number);
            number++;
            handed[1]++;
        }
        handed[0] = number;
    }
}
