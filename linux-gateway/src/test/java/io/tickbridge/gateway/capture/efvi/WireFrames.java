package io.tickbridge.gateway.capture.efvi;

import io.tickbridge.gateway.capture.file.PcapWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames to be played: UDP datagrams with right checksums, and what tells the emulated NIC what shall happen to it. */
final class WireFrames {
    static final String GROUP = "239.7.7.1";
    static final int PORT = 17001;

    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int UDP = 8;
    private static final short CONTROL = (short) 0x88b5;

    private final List<byte[]> frames = new ArrayList<>();

    /** A datagram to {@link #GROUP} whose payload begins with its number. */
    WireFrames datagram(final long number) {
        return with(datagram(GROUP, PORT, number, 64));
    }

    WireFrames datagrams(final long first, final int count) {
        for (int i = 0; i < count; i++) {
            datagram(first + i);
        }
        return this;
    }

    /** Tells the NIC something, in its place among the frames. */
    WireFrames control(final String text) {
        final byte[] bytes = ("efvi " + text).getBytes(StandardCharsets.US_ASCII);
        final ByteBuffer frame = ByteBuffer.allocate(60);
        return with(frame.position(ETHERNET - 2).putShort(CONTROL).put(bytes).array());
    }

    WireFrames with(final byte[] frame) {
        frames.add(frame);
        return this;
    }

    static byte[] datagram(final String group, final int port, final long number, final int payload) {
        final ByteBuffer frame = ByteBuffer.allocate(ETHERNET + IPV4 + UDP + payload);
        final byte[] address = address(group);
        frame.put(new byte[] {1, 0, 0x5e, (byte) (address[1] & 0x7f), address[2], address[3], 2, 0, 0, 0, 0, 9});
        frame.putShort((short) 0x0800);
        frame.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4 + UDP + payload)).putInt(0).put((byte) 16).put((byte) 17)
                .putShort((short) 0).put(address("192.0.2.9")).put(address);
        frame.putShort((short) 9).putShort((short) port).putShort((short) (UDP + payload)).putShort((short) 0).putLong(number);
        frame.putShort(ETHERNET + 10, checksum(frame, ETHERNET, IPV4, 0));
        frame.putShort(ETHERNET + IPV4 + 6, checksum(frame, ETHERNET + 12, IPV4 - 12 + UDP + payload, 17 + UDP + payload));
        return frame.array();
    }

    /** The same frame with a VLAN tag (IEEE 802.1Q). */
    static byte[] tagged(final byte[] frame, final int vlan) {
        return ByteBuffer.allocate(frame.length + 4).put(frame, 0, 12).putShort((short) 0x8100).putShort((short) vlan)
                .put(frame, 12, frame.length - 12).array();
    }

    /** RFC 1071. */
    private static short checksum(final ByteBuffer bytes, final int from, final int length, final int start) {
        int sum = start;
        for (int i = 0; i < length; i += 2) {
            sum += bytes.getShort(from + i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    private static byte[] address(final String text) {
        final ByteBuffer bytes = ByteBuffer.allocate(4);
        for (final String part : text.split("\\.")) {
            bytes.put((byte) Integer.parseInt(part));
        }
        return bytes.array();
    }

    Path writeTo(final Path directory) {
        try {
            final Path file = Files.createTempFile(directory, "frames", ".pcap");
            try (PcapWriter writer = PcapWriter.create(file)) {
                frames.forEach(frame -> writer.write(new UnsafeBuffer(frame), 0, frame.length, 0));
            }
            return file;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
