package io.tickbridge.gateway.capture.file;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.capture.SourceCounts;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Reads pcapng (draft-ietf-opsawg-pcapng): blocks of type, total length, body, total length again. Of these it
 * uses Section Header, Interface Description, Enhanced Packet, Simple Packet, and the Packet Block that older
 * programs wrote; all others are passed over. Byte order and interfaces begin anew with each section.
 *
 * <p>A Simple Packet Block has no time; its frame gets that of the frame before it, or 0.
 */
final class PcapngReader extends FrameCursor {
    /** Type of the Section Header Block, the same in both byte orders. */
    static final int SECTION_HEADER = 0x0A0D_0D0A;

    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int OLD_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;

    private static final int LENGTH = 4;
    private static final int TRAILER = 4;
    private static final int MIN_BLOCK = 12;
    // Frames' blocks must lie in memory whole; of others, Wireshark too takes none above 16 MiB.
    private static final int MAX_BLOCK = CaptureWindow.CAPACITY;
    private static final int MAX_SKIPPED_BLOCK = 16 << 20;

    private static final int SECTION_MAGIC_OFFSET = 8;
    private static final int SECTION_MAGIC = 0x1A2B_3C4D;
    private static final int SECTION_VERSION = 12;
    private static final int MIN_SECTION = 28;
    private static final int WANTED_VERSION = 1;

    private static final int PACKET_INTERFACE = 8;
    private static final int PACKET_TIME_HIGH = 12;
    private static final int PACKET_TIME_LOW = 16;
    private static final int PACKET_CAPTURED = 20;
    private static final int PACKET_ORIGINAL = 24;
    private static final int PACKET_DATA = 28;
    private static final int SIMPLE_ORIGINAL = 8;
    private static final int SIMPLE_DATA = 12;
    private static final int SHORT_MASK = 0xffff;

    private final List<CaptureInterface> interfaces = new ArrayList<>();
    private ByteOrder order = LITTLE_ENDIAN;

    PcapngReader(final CaptureWindow window, final SourceCounts counts) {
        super(window, counts);
    }

    @Override
    boolean advance() {
        while (true) {
            if (!window.require(MIN_BLOCK)) {
                return end();
            }
            final long start = window.fileOffset();
            final int type = window.buffer().getInt(window.position(), order);
            if (type == SECTION_HEADER) {
                order = sectionOrder();
            }
            final int length = window.buffer().getInt(window.position() + LENGTH, order);
            checkBlockLength(type, length);
            if (!isUsed(type)) {
                if (!window.skip(length - TRAILER) || !window.require(TRAILER)) {
                    return cut(start);
                }
                checkTrailer(start, window.position(), length);
                window.advance(TRAILER);
                continue;
            }
            if (!window.require(length)) {
                return cut(start);
            }
            checkTrailer(start, window.position() + length - TRAILER, length);
            final boolean found = readBlock(type, length);
            window.advance(length);
            if (found) {
                return true;
            }
        }
    }

    private boolean readBlock(final int type, final int length) {
        switch (type) {
            case SECTION_HEADER:
                beginSection(length);
                return false;
            case INTERFACE_DESCRIPTION:
                checkHolds(length, CaptureInterface.MIN_BLOCK);
                interfaces.add(CaptureInterface.read(window, length, order));
                return false;
            case SIMPLE_PACKET:
                return readSimplePacket(length);
            default:
                return readPacket(type, length);
        }
    }

    private void beginSection(final int length) {
        checkHolds(length, MIN_SECTION);
        final int version = window.buffer().getShort(window.position() + SECTION_VERSION, order) & SHORT_MASK;
        if (version != WANTED_VERSION) {
            throw window.invalid(
                    window.fileOffset() + SECTION_VERSION, "pcapng version " + version, "version " + WANTED_VERSION);
        }
        interfaces.clear();
    }

    private boolean readPacket(final int type, final int length) {
        checkHolds(length, PACKET_DATA + TRAILER);
        final DirectBuffer buffer = window.buffer();
        final int block = window.position();
        // The old block gave 16 bits to the interface and 16 to a count of drops.
        final int port = type == OLD_PACKET
                ? buffer.getShort(block + PACKET_INTERFACE, order) & SHORT_MASK
                : buffer.getInt(block + PACKET_INTERFACE, order);
        final CaptureInterface on = interfaceOf(port);
        final int captured = buffer.getInt(block + PACKET_CAPTURED, order);
        final int original = buffer.getInt(block + PACKET_ORIGINAL, order);
        checkLengths(window.fileOffset() + PACKET_CAPTURED, captured, original);
        checkHolds(length, PACKET_DATA + captured + TRAILER);
        final long ticks = (long) buffer.getInt(block + PACKET_TIME_HIGH, order) << Integer.SIZE
                | Integer.toUnsignedLong(buffer.getInt(block + PACKET_TIME_LOW, order));
        return take(block + PACKET_DATA, captured, original, on.scale().toNanos(ticks), port);
    }

    private boolean readSimplePacket(final int length) {
        checkHolds(length, SIMPLE_DATA + TRAILER);
        final int original = window.buffer().getInt(window.position() + SIMPLE_ORIGINAL, order);
        final int snapLength = interfaceOf(0).snapLength();
        final int captured =
                snapLength == 0 || Integer.compareUnsigned(original, snapLength) < 0 ? original : snapLength;
        checkLengths(window.fileOffset() + SIMPLE_ORIGINAL, captured, original);
        checkHolds(length, SIMPLE_DATA + captured + TRAILER);
        return take(window.position() + SIMPLE_DATA, captured, original, timestamp(), 0);
    }

    private CaptureInterface interfaceOf(final int port) {
        if (Integer.compareUnsigned(port, interfaces.size()) >= 0) {
            throw window.invalid(window.fileOffset(), "a frame of interface " + Integer.toUnsignedString(port),
                    "one of the " + interfaces.size() + " interfaces that its section described before it");
        }
        final CaptureInterface on = interfaces.get(port);
        if (on.linkType() != LinkType.ETHERNET) {
            throw window.invalid(window.fileOffset(),
                    "a frame of interface " + port + " with " + LinkType.describe(on.linkType()), LinkType.wanted());
        }
        return on;
    }

    private ByteOrder sectionOrder() {
        final int magic = window.buffer().getInt(window.position() + SECTION_MAGIC_OFFSET, BIG_ENDIAN);
        if (magic == SECTION_MAGIC) {
            return BIG_ENDIAN;
        }
        if (Integer.reverseBytes(magic) == SECTION_MAGIC) {
            return LITTLE_ENDIAN;
        }
        throw window.invalid(window.fileOffset() + SECTION_MAGIC_OFFSET,
                String.format("byte-order magic %08x", magic), "1a2b3c4d or 4d3c2b1a");
    }

    private static boolean isUsed(final int type) {
        return type == ENHANCED_PACKET || type == SIMPLE_PACKET || type == OLD_PACKET
                || type == INTERFACE_DESCRIPTION || type == SECTION_HEADER;
    }

    private void checkBlockLength(final int type, final int length) {
        final int most = isUsed(type) ? MAX_BLOCK : MAX_SKIPPED_BLOCK;
        if (length < MIN_BLOCK || length > most || length % Integer.BYTES != 0) {
            throw window.invalid(window.fileOffset() + LENGTH,
                    "a length of " + Integer.toUnsignedString(length) + " for a block of type "
                            + Integer.toUnsignedString(type),
                    "a multiple of 4 from " + MIN_BLOCK + " to " + most + "; the file is damaged from here on");
        }
    }

    private void checkTrailer(final long start, final int trailer, final int length) {
        final int repeated = window.buffer().getInt(trailer, order);
        if (repeated != length) {
            throw window.invalid(start + length - TRAILER,
                    "a block that ends with length " + Integer.toUnsignedString(repeated),
                    length + " as at its beginning; the file is damaged from here on");
        }
    }

    private void checkHolds(final int length, final int needed) {
        if (length < needed) {
            throw window.invalid(window.fileOffset() + LENGTH, "a block of " + length + " bytes",
                    "at least " + needed + " for what it says it holds");
        }
    }

    @Override
    public String format() {
        return "pcapng";
    }
}
