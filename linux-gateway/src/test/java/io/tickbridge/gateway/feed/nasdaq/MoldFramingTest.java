package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.wire.WireBytes;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Three real packets that follow each other, whose messages are of another protocol. */
class MoldFramingTest {
    private static final String FILE = "captures/moldudp64-framing.bin";

    @Test
    void packetsFollowEachOtherAsTheFilesOwnFactsSay() {
        final UnsafeBuffer file = new UnsafeBuffer(ItchCapture.bytes(FILE));
        final List<Long> sequences = new ArrayList<>();
        int messages = 0;
        for (int packet = 0; packet < file.capacity();) {
            final int end = endOf(file, packet);
            assertTrue(isSound(file, packet, end - packet));
            sequences.add(MoldPacket.sequence(file, packet));
            assertEquals(messages + 1, MoldPacket.sequence(file, packet), "nothing is missing between packets");
            messages += MoldPacket.messages(file, packet);
            packet = end;
        }
        assertEquals(List.of(1L, 16L, 29L), sequences);
        assertEquals(41, messages);
    }

    @Test
    void aPacketThatIsCutOrRunsOnIsNotSound() {
        final UnsafeBuffer file = new UnsafeBuffer(ItchCapture.bytes(FILE));
        final int whole = endOf(file, 0);
        for (int length = 0; length < whole; length++) {
            assertFalse(isSound(file, 0, length), "cut to " + length);
        }
        assertTrue(isSound(file, 0, whole));
        assertFalse(isSound(file, 0, whole + 1));
    }

    private static boolean isSound(final UnsafeBuffer file, final int offset, final int length) {
        final WireBytes bytes = new WireBytes();
        // The file's last message is cut short; what is looked at is where messages begin.
        bytes.wrap(file, offset, Math.min(length, file.capacity() - offset));
        return MoldPacket.isSound(bytes, offset, length);
    }

    private static int endOf(final UnsafeBuffer file, final int packet) {
        int block = packet + MoldPacket.HEADER_LENGTH;
        for (int i = MoldPacket.messages(file, packet); i > 0; i--) {
            block += MoldPacket.BLOCK_LENGTH_SIZE + MoldPacket.messageLength(file, block);
        }
        return block;
    }
}
