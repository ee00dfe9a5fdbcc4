package io.tickbridge.gateway.filter;

import static java.nio.ByteOrder.BIG_ENDIAN;

import org.agrona.concurrent.UnsafeBuffer;

/** Builds UDP frames for tests, right by default, wrong where told. It shares no code with what it tests. */
final class FrameBuilder {
    static final int SOURCE = Ipv4Address.parse("10.1.2.3");
    static final int GROUP = Ipv4Address.parse("224.0.31.64");
    static final int PORT = 14340;
    private static final int MIN_FRAME = 60;

    int[] vlanTypes = {};
    int type = 0x0800;
    int version = 4;
    int optionWords;
    int totalLengthError;
    int flagsAndOffset = 0x4000;
    int protocol = 17;
    int ipChecksumError;
    int udpLengthError;
    int surplus;
    boolean udpChecksum = true;
    int udpChecksumError;
    int source = SOURCE;
    int destination = GROUP;
    int port = PORT;
    byte[] payload = {1, 2, 3, 4, 5, 6, 7};
    /** Bytes after the padded frame; negative to cut bytes off. */
    int trailer;

    /** The frame, at this offset of a buffer that ends where the frame does. */
    UnsafeBuffer build(final int at) {
        final int ipHeader = 20 + 4 * optionWords;
        final int udpLength = 8 + payload.length;
        final int ip = at + 14 + 4 * vlanTypes.length;
        final int udp = ip + ipHeader;
        final int length = Math.max(MIN_FRAME, udp + udpLength + surplus - at) + Math.max(0, trailer);
        final UnsafeBuffer b = new UnsafeBuffer(new byte[at + length]);
        b.putLong(at, 0x0100_5e00_1f40_0000L, BIG_ENDIAN);
        int next = at + 12;
        for (final int vlan : vlanTypes) {
            b.putShort(next, (short) vlan, BIG_ENDIAN);
            b.putShort(next + 2, (short) 141, BIG_ENDIAN);
            next += 4;
        }
        b.putShort(next, (short) type, BIG_ENDIAN);
        b.putByte(ip, (byte) (version << 4 | ipHeader / 4));
        b.putShort(ip + 2, (short) (ipHeader + udpLength + surplus + totalLengthError), BIG_ENDIAN);
        b.putShort(ip + 6, (short) flagsAndOffset, BIG_ENDIAN);
        b.putByte(ip + 8, (byte) 64);
        b.putByte(ip + 9, (byte) protocol);
        b.putInt(ip + 12, source, BIG_ENDIAN);
        b.putInt(ip + 16, destination, BIG_ENDIAN);
        b.putShort(ip + 10, (short) (~wordSum(b, ip, ipHeader, 0) + ipChecksumError), BIG_ENDIAN);
        b.putShort(udp, (short) 5000, BIG_ENDIAN);
        b.putShort(udp + 2, (short) port, BIG_ENDIAN);
        b.putShort(udp + 4, (short) (udpLength + udpLengthError), BIG_ENDIAN);
        b.putBytes(udp + 8, payload);
        if (udpChecksum) {
            final int pseudo = wordSum(b, ip + 12, 8, 17 + udpLength);
            b.putShort(udp + 6, (short) (~wordSum(b, udp, udpLength, pseudo) + udpChecksumError), BIG_ENDIAN);
        }
        return new UnsafeBuffer(b, 0, b.capacity() + Math.min(0, trailer));
    }

    /** The textbook loop of RFC 1071, section 4.1: one 16-bit word at a time, carry folded at once. */
    static int wordSum(final UnsafeBuffer buffer, final int offset, final int length, final int start) {
        int sum = start;
        for (int i = 0; i < length; i += 2) {
            final int low = i + 1 < length ? buffer.getByte(offset + i + 1) & 0xff : 0;
            sum += (buffer.getByte(offset + i) & 0xff) << 8 | low;
            if (sum > 0xffff) {
                sum -= 0xffff;
            }
        }
        return sum;
    }
}
