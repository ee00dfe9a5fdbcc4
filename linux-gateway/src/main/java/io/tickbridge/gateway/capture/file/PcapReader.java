package io.tickbridge.gateway.capture.file;

import io.tickbridge.gateway.capture.SourceCounts;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Reads pcap (draft-ietf-opsawg-pcap): a file header of 24 bytes, then records of a 16-byte header (seconds,
 * fraction, captured length, original length; 32 bits each, unsigned) and the frame.
 */
final class PcapReader extends FrameCursor {
    private static final int FILE_HEADER = 24;
    private static final int VERSION_MAJOR = 4;
    private static final int LINK_TYPE = 20;
    // The upper bits of that field tell of a frame check sequence.
    private static final int LINK_TYPE_MASK = 0xffff;
    private static final int WANTED_VERSION = 2;

    private static final int RECORD_HEADER = 16;
    private static final int SECONDS = 0;
    private static final int FRACTION = 4;
    private static final int CAPTURED = 8;
    private static final int ORIGINAL = 12;
    private static final long NANOS_A_SECOND = 1_000_000_000;
    private static final long NANOS_A_MICROSECOND = 1_000;

    private final ByteOrder order;
    private final long nanosAFraction;

    PcapReader(
            final CaptureWindow window, final SourceCounts counts, final ByteOrder order, final boolean nanoseconds) {
        super(window, counts);
        this.order = order;
        this.nanosAFraction = nanoseconds ? 1 : NANOS_A_MICROSECOND;
        if (!window.require(FILE_HEADER)) {
            throw window.invalid(
                    0, "a pcap file header cut to " + window.available() + " bytes", FILE_HEADER + " bytes");
        }
        final int start = window.position();
        final int version = window.buffer().getShort(start + VERSION_MAJOR, order);
        if (version != WANTED_VERSION) {
            throw window.invalid(VERSION_MAJOR, "pcap version " + version, "version " + WANTED_VERSION);
        }
        final int linkType = window.buffer().getInt(start + LINK_TYPE, order) & LINK_TYPE_MASK;
        if (linkType != LinkType.ETHERNET) {
            throw window.invalid(LINK_TYPE, LinkType.describe(linkType), LinkType.wanted());
        }
        window.advance(FILE_HEADER);
    }

    @Override
    boolean advance() {
        while (true) {
            if (!window.require(RECORD_HEADER)) {
                return end();
            }
            final int captured = window.buffer().getInt(window.position() + CAPTURED, order);
            final int original = window.buffer().getInt(window.position() + ORIGINAL, order);
            checkLengths(window.fileOffset() + CAPTURED, captured, original);
            if (!window.require(RECORD_HEADER + captured)) {
                return cut(window.fileOffset());
            }
            final int record = window.position();
            window.advance(RECORD_HEADER + captured);
            if (take(record + RECORD_HEADER, captured, original, timeOf(record), 0)) {
                return true;
            }
        }
    }

    private long timeOf(final int record) {
        final DirectBuffer buffer = window.buffer();
        return Integer.toUnsignedLong(buffer.getInt(record + SECONDS, order)) * NANOS_A_SECOND
                + Integer.toUnsignedLong(buffer.getInt(record + FRACTION, order)) * nanosAFraction;
    }

    @Override
    public String format() {
        return "pcap";
    }
}
