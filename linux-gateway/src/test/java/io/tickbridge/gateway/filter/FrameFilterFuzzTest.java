package io.tickbridge.gateway.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tickbridge.gateway.fuzz.Seeds;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One frame, through the filter with checksums and without, against a second reading of the headers that takes everything
 * apart by hand: the same verdict, the same payload, and each frame counted once.
 */
class FrameFilterFuzzTest {
    private static final List<UdpGroup> GROUPS = List.of(
            UdpGroup.of("224.0.31.64", 14340), UdpGroup.of("224.0.32.64", 15340), new UdpGroup(0xe936_0c6f, 26477));
    private static final String SENDER = "10.1.2.3";

    static Stream<Arguments> seeds() {
        final FrameBuilder tagged = new FrameBuilder();
        tagged.vlanTypes = new int[] {0x88a8, 0x8100};
        final FrameBuilder odd = new FrameBuilder();
        odd.optionWords = 3;
        odd.surplus = 5;
        odd.trailer = 4;
        final Stream<byte[]> built = Stream.of(new FrameBuilder(), tagged, odd).map(builder -> {
            final UnsafeBuffer frame = builder.build(0);
            final byte[] bytes = new byte[frame.capacity()];
            frame.getBytes(0, bytes);
            return bytes;
        });
        final Stream<byte[]> captured = Stream.of(Seeds.frames(Seeds.CME, 997, 10), Seeds.frames(Seeds.ITCH, 19, 10))
                .flatMap(List::stream).map(Seeds.Captured::frame);
        return Seeds.named(Stream.concat(built, captured));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "1m")
    void frame(final byte[] input) {
        for (final boolean checksums : new boolean[] {true, false}) {
            for (final List<String> senders : List.of(List.<String>of(), List.of(SENDER))) {
                check(input, new FrameFilter(checksums, senders, GROUPS), checksums, !senders.isEmpty());
            }
            checkOpen(input, new OpenFilter(checksums), checksums);
        }
    }

    private static void check(
            final byte[] input, final FrameFilter filter, final boolean checksums, final boolean onlySender) {
        final int at = 3;
        final byte[] shifted = new byte[at + input.length];
        System.arraycopy(input, 0, shifted, at, input.length);
        final int verdict = filter.accept(new UnsafeBuffer(shifted), at, input.length);
        final Reading reading = new Reading(input, checksums);
        final int group = reading.reason != null || reading.port == 0 ? -1
                : GROUPS.indexOf(new UdpGroup(reading.destination, reading.port));
        final DropReason expected = reading.reason != null ? reading.reason
                : group < 0 ? DropReason.OTHER_GROUP
                : onlySender && reading.source != Ipv4Address.parse(SENDER) ? DropReason.OTHER_SOURCE
                : reading.payloadHolds ? null : DropReason.BAD_UDP_CHECKSUM;
        assertEquals(expected == null ? group : expected == DropReason.NOT_UDP ? FrameFilter.OTHER_PROTOCOL : FrameFilter.DROPPED,
                verdict, () -> "verdict; by hand " + expected);
        assertEquals(expected == null ? 1 : 0, filter.counts().totalAccepted());
        assertEquals(1, filter.counts().totalAccepted() + filter.counts().totalDropped());
        if (expected == null) {
            assertEquals(at + reading.payload, filter.payloadOffset());
            assertEquals(reading.payloadLength, filter.payloadLength());
        } else {
            assertEquals(1, filter.counts().get(expected), expected.label());
        }
    }

    private static void checkOpen(final byte[] input, final OpenFilter filter, final boolean checksums) {
        final Reading reading = new Reading(input, checksums);
        assertEquals(reading.reason == null && reading.payloadHolds, filter.accept(new UnsafeBuffer(input), 0, input.length));
        if (reading.reason == null) {
            assertEquals(reading.source, filter.frame().sourceAddress());
            assertEquals(reading.destination, filter.frame().destinationAddress());
            assertEquals(reading.port, filter.frame().destinationPort());
        }
    }

    /** The headers, one after the other. */
    private static final class Reading {
        private final ByteBuffer in;
        private final boolean checksums;
        private DropReason reason;
        private int source;
        private int destination;
        private int port;
        private int payload;
        private int payloadLength;
        private boolean payloadHolds;

        Reading(final byte[] frame, final boolean checksums) {
            in = ByteBuffer.wrap(frame);
            this.checksums = checksums;
            reason = read();
        }

        private DropReason read() {
            int tags = 0;
            in.position(Math.min(12, in.limit()));
            while (true) {
                if (in.remaining() < 2) {
                    return DropReason.SHORT_FRAME;
                }
                final int type = in.getShort() & 0xffff;
                if (type == 0x0800) {
                    return packet(in.slice());
                }
                if (type != 0x8100 && type != 0x88a8) {
                    return DropReason.NOT_IPV4;
                }
                if (++tags == 3) {
                    return DropReason.VLAN_DEPTH;
                }
                if (in.remaining() < 2) {
                    return DropReason.SHORT_FRAME;
                }
                in.getShort();
            }
        }

        private DropReason packet(final ByteBuffer ip) {
            if (ip.limit() < 20) {
                return DropReason.SHORT_FRAME;
            }
            final int header = (ip.get(0) & 15) * 4;
            if ((ip.get(0) & 0xf0) != 0x40 || header < 20) {
                return DropReason.BAD_IP_HEADER;
            }
            final int total = ip.getShort(2) & 0xffff;
            if (total < header || total > ip.limit()) {
                return DropReason.BAD_IP_LENGTH;
            }
            if (checksums && FrameBuilder.wordSum(new UnsafeBuffer(ip), 0, header, 0) != 0xffff) {
                return DropReason.BAD_IP_CHECKSUM;
            }
            // All of the field but Reserved and Don't Fragment.
            if ((ip.getShort(6) & 0x3fff) != 0) {
                return DropReason.FRAGMENT;
            }
            if (ip.get(9) != 17) {
                return DropReason.NOT_UDP;
            }
            source = ip.getInt(12);
            destination = ip.getInt(16);
            return datagram(ip, header, total - header);
        }

        private DropReason datagram(final ByteBuffer ip, final int udp, final int available) {
            final int length = available < 8 ? 0 : ip.getShort(udp + 4) & 0xffff;
            if (length < 8 || length > available) {
                return DropReason.BAD_UDP_LENGTH;
            }
            port = ip.getShort(udp + 2) & 0xffff;
            payload = in.position() + udp + 8;
            payloadLength = length - 8;
            final ByteBuffer pseudo = ByteBuffer.allocate(12 + length);
            pseudo.putInt(source).putInt(destination).putShort((short) 17).putShort((short) length)
                    .put(ip.slice(udp, length));
            payloadHolds = !checksums || ip.getShort(udp + 6) == 0
                    || FrameBuilder.wordSum(new UnsafeBuffer(pseudo), 0, pseudo.capacity(), 0) == 0xffff;
            return null;
        }
    }
}
