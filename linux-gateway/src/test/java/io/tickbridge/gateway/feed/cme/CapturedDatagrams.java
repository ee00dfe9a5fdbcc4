package io.tickbridge.gateway.feed.cme;

import io.tickbridge.gateway.SharedData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * UDP payloads of the CME capture, read without any of the gateway's own capture code: enhanced packet blocks of a
 * little-endian pcapng file with ns time stamps, Ethernet, IPv4 without options.
 */
final class CapturedDatagrams {
    static final String CAPTURE = "captures/cme-mdp3-v6-ch340-ab.pcapng";
    private static final int ENHANCED_PACKET = 6;
    private static final int BLOCK_HEAD = 28;
    private static final int ETHERNET_IP_UDP = 14 + 20 + 8;
    private static final int LINE_B_PORT = 15340;

    record Datagram(int frame, int offset, int length, long receiveTime, int line) {
    }

    private final UnsafeBuffer buffer;
    private final List<Datagram> datagrams = new ArrayList<>();

    private CapturedDatagrams(final byte[] file) {
        buffer = new UnsafeBuffer(file);
        final ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (int block = 0; block + 12 <= file.length; block += in.getInt(block + 4)) {
            if (in.getInt(block) == ENHANCED_PACKET) {
                final long time = (in.getInt(block + 12) & 0xFFFF_FFFFL) << 32 | in.getInt(block + 16) & 0xFFFF_FFFFL;
                final int udp = block + BLOCK_HEAD + 14 + 20;
                final int port = Short.toUnsignedInt(Short.reverseBytes(in.getShort(udp + 2)));
                final int length = Short.toUnsignedInt(Short.reverseBytes(in.getShort(udp + 4))) - 8;
                datagrams.add(new Datagram(
                        datagrams.size() + 1, block + BLOCK_HEAD + ETHERNET_IP_UDP, length, time,
                        port == LINE_B_PORT ? 1 : 0));
            }
        }
    }

    /** The capture, or a skipped test. */
    static CapturedDatagrams open() {
        try {
            return new CapturedDatagrams(Files.readAllBytes(SharedData.file(CAPTURE)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UnsafeBuffer buffer() {
        return buffer;
    }

    List<Datagram> all() {
        return datagrams;
    }

    /** Everything in the order of the file, lines A and B as 0 and 1. */
    void feed(final CmeFeedHandler handler) {
        for (final Datagram d : datagrams) {
            handler.onDatagram(buffer, d.offset(), d.length(), d.receiveTime(), d.line());
        }
    }
}
