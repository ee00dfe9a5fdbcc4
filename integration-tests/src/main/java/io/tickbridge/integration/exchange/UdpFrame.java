package io.tickbridge.integration.exchange;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Ethernet frames around payloads, with both checksums (IEEE 802.3, RFC 791, RFC 768, RFC 1071). */
final class UdpFrame {
    /** Bytes before the payload. */
    static final int HEADERS = 14 + 20 + 8;

    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int UDP = 8;
    private static final int PROTOCOL_UDP = 17;
    private static final int SENDER = 0x0a00_0001; // 10.0.0.1
    private static final int SENDER_PORT = 40_000;

    private UdpFrame() {
    }

    static byte[] of(final InetSocketAddress group, final byte[] payload) {
        final byte[] address = group.getAddress().getAddress();
        final int udpLength = UDP + payload.length;
        final ByteBuffer frame = ByteBuffer.allocate(ETHERNET + IP + udpLength);
        // A multicast group's Ethernet address ends in the lower 23 bits of it (RFC 1112, section 6.4).
        frame.put(new byte[] {1, 0, 0x5e, (byte) (address[1] & 0x7f), address[2], address[3]});
        frame.put(new byte[] {2, 0, 0, 0, 0, 1}).putShort((short) 0x0800);
        frame.putShort((short) 0x4500).putShort((short) (IP + udpLength)).putInt(0);
        frame.put((byte) 1).put((byte) PROTOCOL_UDP).putShort((short) 0).putInt(SENDER).put(address);
        frame.putShort(ETHERNET + 10, (short) ~folded(sum(frame, ETHERNET, IP)));
        frame.putShort((short) SENDER_PORT).putShort((short) group.getPort()).putShort((short) udpLength);
        frame.putShort((short) 0).put(payload);
        // The UDP checksum covers a pseudo header too: both addresses, the protocol, and the length.
        final long pseudo = sum(frame, ETHERNET + 12, 2 * Integer.BYTES) + PROTOCOL_UDP + udpLength;
        final int checksum = ~folded(pseudo + sum(frame, ETHERNET + IP, udpLength)) & 0xffff;
        frame.putShort(ETHERNET + IP + 6, (short) (checksum == 0 ? 0xffff : checksum));
        return frame.array();
    }

    private static long sum(final ByteBuffer bytes, final int from, final int length) {
        long sum = 0;
        for (int i = 0; i + 1 < length; i += Short.BYTES) {
            sum += bytes.getShort(from + i) & 0xffff;
        }
        return (length & 1) == 0 ? sum : sum + ((bytes.get(from + length - 1) & 0xff) << Byte.SIZE);
    }

    private static int folded(final long sum) {
        long folded = sum;
        while (folded >>> Short.SIZE != 0) {
            folded = (folded & 0xffff) + (folded >>> Short.SIZE);
        }
        return (int) folded;
    }
}
