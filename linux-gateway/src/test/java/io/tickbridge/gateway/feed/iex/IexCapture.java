package io.tickbridge.gateway.feed.iex;

import io.tickbridge.gateway.SharedData;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The UDP payloads of a small capture, read whole. Knows just what the three IEX captures are: little-endian,
 * Ethernet without VLAN, IPv4 without options, UDP; anything else is a failed test.
 *
 * @param bytes    the file, decompressed
 * @param payloads each complete frame's payload, in order
 * @param cutShort whether the file ends within a frame
 */
record IexCapture(UnsafeBuffer bytes, List<Payload> payloads, boolean cutShort) {
    private static final int PCAP_MICROSECONDS = 0xa1b2c3d4;
    private static final int PCAPNG_SECTION_HEADER = 0x0a0d0d0a;
    private static final int PCAPNG_INTERFACE = 1;
    private static final int PCAPNG_PACKET = 6;
    private static final int ETHERNET = 1;
    private static final int HEADERS = 14 + 20 + 8;

    /** Where a payload lies in the file, and when it was captured, ns since the Unix epoch. */
    record Payload(int offset, int length, long time) {
    }

    /** Takes payloads as a feed does. */
    interface Datagrams {
        void onDatagram(UnsafeBuffer buffer, int offset, int length, long time);
    }

    /** Reads a capture, or skips the test where it is absent. */
    static IexCapture read(final String name) {
        final Path file = SharedData.file("captures/" + name);
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw) {
            final ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            return bytes.getInt(0) == PCAPNG_SECTION_HEADER ? pcapng(bytes) : pcap(bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void forEach(final Datagrams sink) {
        for (final Payload payload : payloads) {
            sink.onDatagram(bytes, payload.offset(), payload.length(), payload.time());
        }
    }

    private static IexCapture pcap(final ByteBuffer bytes) {
        expect(bytes.getInt(0) == PCAP_MICROSECONDS, "little-endian pcap of microseconds");
        expect(bytes.getInt(20) == ETHERNET, "link type Ethernet");
        final List<Payload> payloads = new ArrayList<>();
        int record = 24;
        while (bytes.limit() - record >= 16) {
            final long time = bytes.getInt(record) * 1_000_000_000L + bytes.getInt(record + 4) * 1_000L;
            final int length = bytes.getInt(record + 8);
            expect(length == bytes.getInt(record + 12), "frames captured whole");
            if (length > bytes.limit() - record - 16) {
                break;
            }
            payloads.add(payload(bytes, record + 16, length, time));
            record += 16 + length;
        }
        return new IexCapture(new UnsafeBuffer(bytes.array()), payloads, record != bytes.limit());
    }

    private static IexCapture pcapng(final ByteBuffer bytes) {
        final List<Payload> payloads = new ArrayList<>();
        int block = 0;
        while (bytes.limit() - block >= 12 && bytes.getInt(block + 4) <= bytes.limit() - block) {
            final int type = bytes.getInt(block);
            if (type == PCAPNG_INTERFACE) {
                expect(bytes.getShort(block + 8) == ETHERNET, "link type Ethernet");
            } else if (type == PCAPNG_PACKET) {
                final long time =
                        (bytes.getInt(block + 12) & 0xffff_ffffL) << 32 | bytes.getInt(block + 16) & 0xffff_ffffL;
                payloads.add(payload(bytes, block + 28, bytes.getInt(block + 20), time * 1_000));
            }
            block += bytes.getInt(block + 4);
        }
        return new IexCapture(new UnsafeBuffer(bytes.array()), payloads, block != bytes.limit());
    }

    private static Payload payload(final ByteBuffer bytes, final int frame, final int length, final long time) {
        expect(bytes.getShort(frame + 12) == 0x0008, "IPv4 without VLAN");
        expect(bytes.get(frame + 14) == 0x45, "IPv4 header of 20 bytes");
        expect(bytes.get(frame + 14 + 9) == 17, "UDP");
        final int udpLength = Short.toUnsignedInt(Short.reverseBytes(bytes.getShort(frame + 38)));
        expect(udpLength - 8 <= length - HEADERS, "a whole UDP datagram");
        return new Payload(frame + HEADERS, udpLength - 8, time);
    }

    private static void expect(final boolean condition, final String what) {
        if (!condition) {
            throw new AssertionError("the capture is not " + what);
        }
    }
}
