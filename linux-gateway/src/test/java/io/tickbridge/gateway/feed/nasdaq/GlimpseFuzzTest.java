package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.fuzz.Seeds;
import io.tickbridge.gateway.wire.WireBytes;
import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a GLIMPSE server sends, as a stream of bytes. Against a walk over SoupBinTCP packets: what is handed over are sound
 * datagrams of the wanted session, numbered from 1 without a hole, with the messages that were sent; the snapshot is complete
 * exactly at the first message that ends one; anything else is a {@link ProtocolException} and nothing else.
 */
class GlimpseFuzzTest {
    private static final long HEAD = 0x4655_5a5a_2020_2020L;
    private static final short TAIL = 0x2020;

    private final List<byte[]> messages = new ArrayList<>();
    private long next;

    static Stream<Arguments> seeds() {
        final byte[] accepted = packet('A', String.format("%10s%20d", "G1", 1).getBytes(StandardCharsets.US_ASCII));
        final byte[] end = packet('S', ("G" + String.format("%20d", 42)).getBytes(StandardCharsets.US_ASCII));
        return Seeds.named(Stream.of(
                joined(packet('+', new byte[] {'h', 'i'}), accepted, packet('H', new byte[0]), packet('S', new byte[12]),
                        packet('S', new byte[1_300]), packet('S', new byte[36]), end, packet('Z', new byte[0])),
                joined(packet('J', new byte[] {'A'})), joined(accepted, packet('Z', new byte[0])),
                joined(accepted, packet('S', new byte[0]), packet('S', new byte[2_000])),
                joined(accepted, packet('S', "G                  4x".getBytes(StandardCharsets.US_ASCII)))));
    }

    private static byte[] packet(final char type, final byte[] content) {
        return ByteBuffer.allocate(3 + content.length).putShort((short) (1 + content.length)).put((byte) type).put(content).array();
    }

    private static byte[] joined(final byte[]... packets) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (final byte[] packet : packets) {
            all.writeBytes(packet);
        }
        return all.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void stream(final byte[] input) {
        messages.clear();
        next = 1;
        final Glimpse glimpse = new Glimpse("USER", "PASS");
        glimpse.login(new UnsafeBuffer(new byte[64]), TAIL, HEAD);
        final List<byte[]> sent = new ArrayList<>();
        boolean complete = false;
        int at = 0;
        try {
            while (!complete) {
                final UnsafeBuffer rest = new UnsafeBuffer(input, at, input.length - at);
                final int length = glimpse.packetLength(rest, input.length - at);
                if (length == 0 || length > input.length - at) {
                    break;
                }
                assertEquals(2 + ((input[at] & 0xff) << 8 | input[at + 1] & 0xff), length);
                if (length > 2 && input[at + 2] == 'S') {
                    sent.add(Arrays.copyOfRange(input, at + 3, at + length));
                }
                complete = glimpse.onPacket(new UnsafeBuffer(input, at, length), length, (buffer, bytes) -> {
                    final byte[] datagram = new byte[bytes];
                    buffer.getBytes(0, datagram);
                    take(datagram);
                });
                at += length;
            }
        } catch (final ProtocolException e) {
            assertFalse(e.getMessage().isBlank());
        }
        for (int i = 0; i < messages.size(); i++) {
            assertTrue(Arrays.equals(sent.get(i), messages.get(i)), "message " + i);
        }
        if (complete) {
            assertEquals(sent.size(), messages.size());
            assertEquals(21, sent.get(sent.size() - 1).length);
            assertEquals('G', sent.get(sent.size() - 1)[0]);
        }
    }

    private void take(final byte[] datagram) {
        final WireBytes bytes = new WireBytes();
        final UnsafeBuffer buffer = new UnsafeBuffer(datagram);
        bytes.wrap(buffer, 0, datagram.length);
        assertTrue(MoldPacket.isSound(bytes, 0, datagram.length) && datagram.length <= 1_400);
        assertEquals(HEAD, MoldPacket.sessionHead(buffer, 0));
        assertEquals(TAIL, MoldPacket.sessionTail(buffer, 0));
        assertEquals(next, MoldPacket.sequence(buffer, 0));
        final ByteBuffer in = ByteBuffer.wrap(datagram).position(MoldPacket.HEADER_LENGTH);
        while (in.hasRemaining()) {
            final byte[] message = new byte[in.getShort() & 0xffff];
            in.get(message);
            messages.add(message);
            next++;
        }
    }
}
