package io.tickbridge.gateway.capture.file;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * One interface of a pcapng section.
 *
 * @param linkType   registered number
 * @param snapLength most bytes kept of a frame; 0 for all
 * @param scale      how it counts time
 */
record CaptureInterface(int linkType, int snapLength, TimestampScale scale) {
    private static final int LINK_TYPE = 8;
    private static final int SNAP_LENGTH = 12;
    private static final int OPTIONS = 16;
    private static final int OPTION_HEADER = 4;
    private static final int OPTION_END = 0;
    private static final int OPTION_TS_RESOLUTION = 9;
    private static final int OPTION_TS_OFFSET = 14;
    private static final int SHORT_MASK = 0xffff;
    private static final int TRAILER = 4;
    /** Bytes of the smallest block. */
    static final int MIN_BLOCK = OPTIONS + TRAILER;

    /**
     * Reads an Interface Description Block (draft-ietf-opsawg-pcapng, "Interface Description Block"), which lies
     * in the window as a whole.
     */
    static CaptureInterface read(final CaptureWindow window, final int blockLength, final ByteOrder order) {
        final DirectBuffer buffer = window.buffer();
        final int block = window.position();
        int resolution = TimestampScale.DEFAULT_RESOLUTION;
        long offsetSeconds = 0;
        int option = block + OPTIONS;
        final int end = block + blockLength - TRAILER;
        while (option + OPTION_HEADER <= end) {
            final int code = buffer.getShort(option, order) & SHORT_MASK;
            final int length = buffer.getShort(option + Short.BYTES, order) & SHORT_MASK;
            final int value = option + OPTION_HEADER;
            if (code == OPTION_END) {
                break;
            }
            if (value + length > end) {
                throw window.invalid(window.fileOffset() + option - block,
                        "interface option " + code + " of " + length + " bytes", "at most " + (end - value));
            }
            if (code == OPTION_TS_RESOLUTION && length >= 1) {
                resolution = buffer.getByte(value) & 0xff;
            } else if (code == OPTION_TS_OFFSET && length >= Long.BYTES) {
                offsetSeconds = buffer.getLong(value, order);
            }
            option = value + (length + 3 & ~3);
        }
        if (!TimestampScale.isSupported(resolution)) {
            throw window.invalid(window.fileOffset(), String.format("timestamp resolution 0x%02x", resolution),
                    "10^-0 to 10^-18 or 2^-0 to 2^-63 s");
        }
        return new CaptureInterface(
                buffer.getShort(block + LINK_TYPE, order) & SHORT_MASK,
                buffer.getInt(block + SNAP_LENGTH, order),
                TimestampScale.of(resolution, offsetSeconds));
    }
}
