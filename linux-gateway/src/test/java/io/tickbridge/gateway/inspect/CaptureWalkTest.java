package io.tickbridge.gateway.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.file.PcapWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which groups of a capture are lines of one channel. */
final class CaptureWalkTest {
    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int UDP = 8;
    private static final int BLOCK = 21;

    @TempDir
    private Path directory;
    private final List<Datagram> datagrams = new ArrayList<>();
    private List<String> omissions;

    private record Datagram(int group, byte[] bytes) {
    }

    /** Order deletions of a feed with these numbers, sent to 233.0.0.(group). */
    private void sends(final int group, final int feed, final int from, final int to) {
        final ByteBuffer packet = ByteBuffer.allocate(20 + (to - from + 1) * BLOCK);
        packet.put("1         ".getBytes(StandardCharsets.US_ASCII)).putLong(from).putShort((short) (to - from + 1));
        for (int i = from; i <= to; i++) {
            packet.putShort((short) 19).put((byte) 'D').putShort((short) 1).putShort((short) 0);
            packet.putShort((short) 0).putInt(i).putLong(i * 10L + feed);
        }
        datagrams.add(new Datagram(group, packet.array()));
    }

    /** Reads them as a capture. Returns each datagram's channel and line. */
    private List<String> read() {
        final Path file = directory.resolve("c.pcap");
        try (PcapWriter capture = PcapWriter.create(file)) {
            long time = 1_800_000_000_000_000_000L;
            for (final Datagram datagram : datagrams) {
                final int length = datagram.bytes.length;
                final ByteBuffer frame = ByteBuffer.allocate(ETHERNET + IP + UDP + length);
                frame.putShort(12, (short) 0x0800).position(ETHERNET);
                frame.put((byte) 0x45).put((byte) 0).putShort((short) (IP + UDP + length)).putInt(0).put((byte) 1).put((byte) 17)
                        .putShort((short) 0).putInt(0x0a000001).putInt(0xe9000000 | datagram.group);
                frame.putShort((short) 4000).putShort((short) 5000).putShort((short) (UDP + length)).putShort((short) 0)
                        .put(datagram.bytes);
                capture.write(new UnsafeBuffer(frame.array()), 0, frame.capacity(), time++);
            }
        }
        final List<String> read = new ArrayList<>();
        final CaptureWalk walk = new CaptureWalk(file, FeedKind.ITCH.feed());
        walk.run((channel, line, buffer, offset, length, time) -> read.add(channel.number() + "/" + line));
        omissions = walk.omissions();
        return read;
    }

    @Test
    void groupsThatSayTheSameAreLinesOfOneChannel() {
        sends(1, 0, 1, 3);
        sends(2, 0, 1, 1); // cut differently
        sends(2, 0, 2, 4);
        sends(1, 0, 4, 4);
        sends(3, 0, 7, 7); // ahead, after a loss
        assertEquals(List.of("0/0", "0/1", "0/1", "0/0", "0/2"), read());
        assertEquals(List.of(), omissions);
    }

    @Test
    void aLineThatBeginsWithAHeartbeatBelongsToItsChannel() {
        sends(1, 0, 1, 3);
        sends(2, 0, 4, 3);
        sends(2, 0, 4, 4);
        assertEquals(List.of("0/0", "0/1", "0/1"), read());
    }

    @Test
    void feedsThatNameTheSameSessionAreKeptApartAndThatIsSaid() {
        sends(1, 0, 1, 3);
        sends(2, 5, 1, 3);
        sends(3, 5, 2, 4); // the other's second line
        sends(4, 0, 3, 4);
        sends(2, 5, 4, 4);
        assertEquals(List.of("0/0", "1/0", "1/1", "0/1", "1/0"), read());
        assertEquals(1, omissions.size());
        assertTrue(omissions.get(0).endsWith("c.pcap: 233.0.0.2:5000 names the session '1' as 233.0.0.1:5000 does, and says other "
                + "things in it: read as a feed of its own"), omissions::toString);
    }

    @Test
    void aLineWhoseCaptureFollowsTheOthersIsKnownByTheFirstMessages() {
        final int reach = SpokenMessages.REACH;
        for (int number = 1; number < reach * 3; number += 1000) {
            sends(1, 0, number, number + 999);
        }
        final int first = datagrams.size();
        sends(2, 0, 2, 3);
        sends(3, 5, 2, 3);
        sends(4, 5, reach * 3 / 2, reach * 3 / 2); // of which nothing is known any more
        final List<String> read = read();
        assertEquals("0/1", read.get(first));
        assertEquals("1/0", read.get(first + 1));
        assertEquals("2/0", read.get(first + 2), "numbers too far from all that is known");
        assertEquals(2, omissions.size());
    }
}
