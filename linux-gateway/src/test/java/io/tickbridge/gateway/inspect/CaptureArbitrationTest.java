package io.tickbridge.gateway.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.tickbridge.gateway.feed.nasdaq.MoldPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Lines of MoldUDP64, whose numbers count messages and which may cut them into packets differently. */
final class CaptureArbitrationTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final String SESSION = "S         ";
    private static final long MILLISECOND = 1_000_000L;

    private final InspectedFeed feed = FeedKind.ITCH.feed();
    private final CaptureChannel channel = new CaptureChannel(0);
    private final List<String> seen = new ArrayList<>();
    private final CaptureArbitration arbitration = new CaptureArbitration(feed, true, new SequencedVisitor() {
        @Override
        public void onDatagram(
                final CaptureChannel of, final int line, final long sequence, final DirectBuffer buffer, final int offset,
                final int length, final long receiveTime) {
            feed.inspector().inspect(buffer, offset, length, new Messages());
        }

        @Override
        public void onGap(final CaptureChannel of, final long from, final long to) {
            seen.add("lost " + from + "-" + to);
        }
    });
    private long time = 1_800_000_000_000_000_000L;

    private final class Messages implements io.tickbridge.gateway.feed.MessageInspector.Sink {
        @Override
        public void onMessage(final long sequence, final String type, final java.util.Map<String, Object> fields) {
            seen.add(Long.toString(sequence));
        }

        @Override
        public void onHeartbeat(final long sequence) {
            seen.add("heartbeat");
        }

        @Override
        public void onMalformed(final long sequence, final String reason) {
            seen.add("malformed");
        }
    }

    /** Order deletions with these numbers. */
    private static UnsafeBuffer packet(final String session, final int from, final int to) {
        final ByteBuffer packet = ByteBuffer.allocate(20 + (to - from + 1) * 21);
        packet.put(session.getBytes(StandardCharsets.US_ASCII)).putLong(from).putShort((short) (to - from + 1));
        for (int i = from; i <= to; i++) {
            packet.putShort((short) 19).put((byte) 'D').putShort((short) 1).putShort((short) 0);
            packet.putShort((short) 0).putInt(i).putLong(i);
        }
        return new UnsafeBuffer(packet.array());
    }

    private void brings(final int line, final String session, final int from, final int to) {
        final UnsafeBuffer packet = packet(session, from, to);
        channel.line(line);
        time += MILLISECOND;
        arbitration.onDatagram(channel, line, packet, 0, packet.capacity(), time);
    }

    @Test
    void oneLineIsShownAsItIs() {
        brings(A, SESSION, 5, 6);
        brings(A, SESSION, 1, 2);
        brings(A, SESSION, 1, 2);
        arbitration.end();
        assertEquals(List.of("5", "6", "1", "2", "1", "2"), seen);
    }

    @Test
    void whatTwoLinesCutDifferentlyIsThereOnce() {
        brings(A, SESSION, 1, 2);
        brings(B, SESSION, 1, 1);
        brings(B, SESSION, 2, 3);
        brings(A, SESSION, 3, 5);
        brings(B, SESSION, 7, 8);
        brings(A, SESSION, 6, 7);
        arbitration.end();
        assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8"), seen);
    }

    @Test
    void whatNoLineHasIsTold() {
        brings(A, SESSION, 1, 1);
        brings(B, SESSION, 1, 1);
        brings(B, SESSION, 4, 4);
        brings(A, SESSION, 4, 5);
        arbitration.end();
        assertEquals(List.of("1", "lost 2-3", "4", "5"), seen);
    }

    @Test
    void aNewSessionCountsFromOne() {
        brings(A, SESSION, 1, 3);
        brings(B, SESSION, 1, 3);
        brings(A, "T         ", 1, 2);
        brings(B, SESSION, 3, 4);
        brings(B, "T         ", 1, 3);
        arbitration.end();
        assertEquals(List.of("1", "2", "3", "1", "2", "4", "3"), seen);
    }

    @Test
    void linesOfOneSessionBelongTogether() {
        final UnsafeBuffer one = packet(SESSION, 1, 1);
        final UnsafeBuffer other = packet(SESSION, 7, 9);
        assertEquals(feed.channelOf(1, 1, one, 0, one.capacity()), feed.channelOf(2, 2, other, 0, other.capacity()));
        assertNull(feed.channelOf(1, 1, one, 0, MoldPacket.HEADER_LENGTH - 1));
    }
}
