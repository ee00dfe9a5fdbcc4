package io.tickbridge.gateway.capture.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.filter.InternetChecksum;
import io.tickbridge.gateway.filter.Ipv4Address;
import io.tickbridge.gateway.wire.WireBytes;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Queries: which frames are, what they say, and what becomes of those that find no room. */
class QueryTapTest {
    private static final String ETHERNET = "01005e000001020000000001";
    // Version 4, 24 bytes of header with Router Alert, TTL 1, protocol 2, to 224.0.0.1; total length and checksum left open.
    private static final String IP = "46c0%04x0000400001020000c0000201e000000194040000";
    private static final long SECOND = 1_000_000_000L;

    private final MembershipCounts counts = new MembershipCounts();
    private final QueryTap tap = new QueryTap(counts);

    private static UnsafeBuffer frame(final String tags, final String message) {
        final byte[] igmp = HexFormat.of().parseHex(message);
        final byte[] head = HexFormat.of().parseHex(ETHERNET + tags + "0800" + IP.formatted(24 + igmp.length));
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[head.length + igmp.length + 6]);
        buffer.putBytes(0, head);
        buffer.putBytes(head.length, igmp);
        final WireBytes bytes = new WireBytes();
        bytes.wrap(buffer, head.length, igmp.length);
        buffer.putShort(head.length + 2, (short) ~InternetChecksum.fold(InternetChecksum.sum(bytes, head.length, igmp.length)),
                java.nio.ByteOrder.BIG_ENDIAN);
        return buffer;
    }

    private static Optional<IgmpQuery> read(final String tags, final String message) {
        final UnsafeBuffer frame = frame(tags, message);
        return IgmpQuery.read(frame, 0, frame.capacity());
    }

    @Test
    void theVersionFollowsFromLengthAndCode() {
        assertEquals(Optional.of(new IgmpQuery(IgmpVersion.V1, 0, List.of(), 10 * SECOND, 0, 0)),
                read("", "1100000000000000"));
        assertEquals(Optional.of(new IgmpQuery(IgmpVersion.V2, 0, List.of(), SECOND, 0, 0)),
                read("", "110a000000000000"));
        assertEquals(Optional.of(new IgmpQuery(IgmpVersion.V3, 0, List.of(), 10 * SECOND, 2, 125 * SECOND)),
                read("", "1164000000000000027d0000"));
        assertEquals(Optional.empty(), read("", "11640000000000000200"), "10 bytes are no version");
    }

    @Test
    void aQueryMayNameAGroupAndSenders() {
        assertEquals(Optional.of(new IgmpQuery(IgmpVersion.V3, Ipv4Address.parse("224.0.31.1"),
                        List.of(Ipv4Address.parse("10.0.0.1"), Ipv4Address.parse("10.0.0.2")), SECOND, 7, 3 * SECOND)),
                read("81000064", "110a0000e0001f010703000" + "2" + "0a0000010a000002"));
        assertEquals(Optional.empty(), read("", "110a0000e0001f0107030003" + "0a0000010a000002"), "one sender is missing");
        assertEquals(Optional.empty(), read("", "110a00000a0000010703" + "0000"), "no group");
    }

    @Test
    void codesFrom128OnAreFloatingPoint() {
        assertEquals(127, IgmpQuery.expanded(127));
        assertEquals(128, IgmpQuery.expanded(128)); // 1 0000 shifted by 3
        assertEquals(31_744, IgmpQuery.expanded(255)); // 1 1111 shifted by 10
    }

    @Test
    void aBrokenChecksumIsNoQuery() {
        final UnsafeBuffer frame = frame("", "1164000000000000027d0000");
        frame.putByte(40, (byte) 1);
        assertEquals(Optional.empty(), IgmpQuery.read(frame, 0, frame.capacity()));
    }

    @Test
    void keepsQueriesAndNothingElse() {
        for (final String message : List.of("1164000000000000027d0000", "16000000e0001f01", "2200000000000000")) {
            final UnsafeBuffer frame = frame("", message);
            tap.onFrame(frame, 0, frame.capacity(), 0, 3);
        }
        final int[] kept = new int[2];
        tap.drain((type, buffer, index, length) -> {
            kept[0]++;
            kept[1] = type - 1;
        });
        assertEquals(1, kept[0]);
        assertEquals(3, kept[1], "the port");
        assertEquals(0, counts.missed());
    }

    @Test
    void countsQueriesThatFindNoRoom() {
        final UnsafeBuffer frame = frame("", "1164000000000000027d0000");
        int sent = 0;
        while (counts.missed() == 0) {
            tap.onFrame(frame, 0, frame.capacity(), 0, 0);
            sent++;
        }
        int kept = 0;
        for (int more = tap.drain((type, buffer, index, length) -> { }); more > 0;
                more = tap.drain((type, buffer, index, length) -> { })) {
            kept += more;
        }
        assertEquals(sent, kept + counts.missed());
        tap.onFrame(new UnsafeBuffer(ofLength(9000, frame)), 0, 9000, 0, 0);
        assertEquals(2, counts.missed(), "one that is too long");
    }

    private static byte[] ofLength(final int length, final UnsafeBuffer frame) {
        final byte[] bytes = new byte[length];
        frame.getBytes(0, bytes, 0, frame.capacity());
        return bytes;
    }

    @Property
    void readsOnlyWhatIsThere(@ForAll final long seed) {
        final Random random = new Random(seed);
        final UnsafeBuffer query = frame(random.nextBoolean() ? "81000064" : "", "110a0000e0001f01070300020a0000010a000002");
        final byte[] bytes = new byte[random.nextInt(query.capacity() + 1)];
        query.getBytes(0, bytes);
        for (int i = random.nextInt(4); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        final UnsafeBuffer frame = new UnsafeBuffer(bytes);
        tap.onFrame(frame, 0, bytes.length, 0, 0);
        IgmpQuery.read(frame, 0, bytes.length);
    }
}
