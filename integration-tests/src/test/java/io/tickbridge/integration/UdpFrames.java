package io.tickbridge.integration;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Ethernet frames around payloads (IEEE 802.3, RFC 791, RFC 768), for a pipeline that no network card feeds. */
final class UdpFrames {
    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int UDP = 8;

    private UdpFrames() {
    }

    static UnsafeBuffer of(final InetSocketAddress group, final byte[] payload) {
        final ByteBuffer frame = ByteBuffer.allocateDirect(ETHERNET + IP + UDP + payload.length);
        frame.position(12).putShort((short) 0x0800);
        frame.putShort((short) 0x4500).putShort((short) (IP + UDP + payload.length)).putInt(0);
        frame.putShort((short) 0x0111).putShort((short) 0); // time to live 1, UDP, checksum to come
        frame.putInt(0x7f00_0001).put(group.getAddress().getAddress());
        frame.putShort(ETHERNET + 10, headerChecksum(frame));
        frame.putShort((short) 40_000).putShort((short) group.getPort()).putShort((short) (UDP + payload.length));
        frame.putShort((short) 0).put(payload).flip(); // no UDP checksum
        return new UnsafeBuffer(frame);
    }

    private static short headerChecksum(final ByteBuffer frame) {
        int sum = 0;
        for (int i = 0; i < IP; i += Short.BYTES) {
            sum += frame.getShort(ETHERNET + i) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> Short.SIZE);
        return (short) ~((sum & 0xffff) + (sum >>> Short.SIZE));
    }
}
