package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.fuzz.Seeds;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a TCP replay server sends, as a stream of bytes behind the number that is asked for first. Each packet is the one that
 * comes next and is handed over as it came, a heartbeat, a logout with its reason, or refused, and nothing is read beyond it.
 */
class CmeGapFillFuzzTest {
    private static final int LENGTH = 2;
    private static final int HEADER = 12;
    private static final long ASKED = 50;

    static Stream<Arguments> seeds() {
        final List<byte[]> captured = Seeds.payloads(Seeds.CME, 400, 8);
        final List<byte[]> inputs = new ArrayList<>();
        for (final byte[] packet : captured) {
            final int sequence = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
            inputs.add(ByteBuffer.allocate(8 + 2 * packet.length).order(ByteOrder.LITTLE_ENDIAN).putInt(sequence)
                    .putShort((short) packet.length).put(packet).putShort((short) packet.length).put(packet).array());
        }
        for (final int template : new int[] {12, 15, 16}) {
            final int size = template == 16 ? 190 : 12;
            inputs.add(ByteBuffer.allocate(4 + LENGTH + HEADER + size).order(ByteOrder.LITTLE_ENDIAN).putInt(7)
                    .putShort((short) (HEADER + size)).putInt(7).putLong(1).putShort((short) size).putShort((short) (size - 10))
                    .putShort((short) template).putShort((short) 1).putShort((short) 9).put((byte) 'x').array());
        }
        // Found by fuzzing: a reason of nothing but a space was no reason, and not said to be none.
        inputs.add(ByteBuffer.allocate(4 + LENGTH + HEADER + 190).order(ByteOrder.LITTLE_ENDIAN).putInt(7)
                .putShort((short) (HEADER + 190)).putInt(7).putLong(1).putShort((short) 190).putShort((short) 180)
                .putShort((short) 16).putShort((short) 1).putShort((short) 9).put((byte) ' ').array());
        return Seeds.named(inputs.stream());
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void stream(final byte[] input) {
        if (input.length < Integer.BYTES) {
            return;
        }
        final CmeGapFill fill = new CmeGapFill(310, "CME", "CME");
        final long first = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN).getInt(0) & 0xffff_ffffL;
        final long to = first + ASKED;
        long next = first;
        int at = Integer.BYTES;
        while (true) {
            final int left = input.length - at;
            final byte[] packet = Arrays.copyOfRange(input, at, input.length);
            final int length = fill.packetLength(new UnsafeBuffer(packet), left);
            if (length == 0 || length > left || length > fill.largestPacket() || next > to) {
                return;
            }
            // Exactly as many bytes as it has: reading beyond fails.
            next = answer(fill, Arrays.copyOf(packet, length), next, to);
            at += length;
        }
    }

    private static long answer(final CmeGapFill fill, final byte[] packet, final long next, final long to) {
        final UnsafeBuffer buffer = new UnsafeBuffer(packet);
        final String refusal = fill.refusal(buffer, packet.length);
        final boolean isLogon = fill.isLoggedOn(buffer, packet.length);
        assertTrue(refusal == null || !refusal.isEmpty() && !isLogon
                && refusal.chars().noneMatch(character -> character >= 0 && character < ' '), refusal);
        final List<byte[]> handed = new ArrayList<>();
        final long result = fill.answer(buffer, packet.length, 0, 0, next, to, (datagram, length) -> {
            final byte[] bytes = new byte[length];
            datagram.getBytes(0, bytes);
            handed.add(bytes);
        });
        if (result == next + 1) {
            assertEquals(1, handed.size());
            assertArrayEquals(Arrays.copyOfRange(packet, LENGTH, packet.length), handed.get(0));
            assertEquals(next, ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).getInt(LENGTH) & 0xffff_ffffL);
            return result;
        }
        assertEquals(0, handed.size());
        assertTrue(result == GapFill.REFUSED || result == next, "next is " + result);
        return next;
    }
}
