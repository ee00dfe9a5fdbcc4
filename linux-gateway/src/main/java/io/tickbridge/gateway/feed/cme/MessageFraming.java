package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.cme.codec.MessageHeaderDecoder;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * What stands before every message in a packet: its size in 2 bytes, counting themselves (CME Globex MDP 3.0,
 * "Message Header"), then the SBE header. All offsets count from the size.
 */
final class MessageFraming {
    /** Bytes of the size. */
    static final int SIZE_LENGTH = 2;
    /** Where the root block begins; no message is shorter. */
    static final int BLOCK = SIZE_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH;

    private static final int BLOCK_LENGTH = SIZE_LENGTH + MessageHeaderDecoder.blockLengthEncodingOffset();
    private static final int TEMPLATE = SIZE_LENGTH + MessageHeaderDecoder.templateIdEncodingOffset();
    private static final int SCHEMA = SIZE_LENGTH + MessageHeaderDecoder.schemaIdEncodingOffset();
    private static final int VERSION = SIZE_LENGTH + MessageHeaderDecoder.versionEncodingOffset();

    private MessageFraming() {
    }

    /** Bytes of the message, this number included. */
    static int size(final WireBytes buffer, final int message) {
        return unsigned(buffer, message);
    }

    static int blockLength(final WireBytes buffer, final int message) {
        return unsigned(buffer, message + BLOCK_LENGTH);
    }

    static int template(final WireBytes buffer, final int message) {
        return unsigned(buffer, message + TEMPLATE);
    }

    static int schema(final WireBytes buffer, final int message) {
        return unsigned(buffer, message + SCHEMA);
    }

    static int version(final WireBytes buffer, final int message) {
        return unsigned(buffer, message + VERSION);
    }

    private static int unsigned(final WireBytes buffer, final int index) {
        return buffer.getShort(index, LITTLE_ENDIAN) & 0xFFFF;
    }
}
