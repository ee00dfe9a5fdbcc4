package io.tickbridge.gateway.feed.iex;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * An IEX-TP segment: a header of 40 bytes and the message blocks that it counts, each a 16-bit length and that many
 * bytes. From "Outbound Segment Format" in the IEX Transport Specification 1.2x; little-endian.
 *
 * <p>A flyweight without state: each getter takes the bytes and where the segment begins. Those that take a
 * {@link DirectBuffer} are for who looks at headers alone and now and then.
 */
public final class Segment {
    /** Bytes of the header, and where the first message block begins. */
    public static final int HEADER_LENGTH = 40;
    /** Bytes of the length that each message block begins with; it does not count itself. */
    static final int BLOCK_LENGTH_SIZE = 2;
    /** The only version there is. */
    static final int VERSION_1 = 1;

    /** Stands in a segment that did not come from a line, and so has no send time to go by. */
    static final long NO_SEND_TIME = 0;

    private static final int VERSION = 0;
    private static final int PROTOCOL_ID = 2;
    private static final int CHANNEL = 4;
    private static final int SESSION = 8;
    private static final int PAYLOAD_LENGTH = 12;
    private static final int MESSAGE_COUNT = 14;
    private static final int STREAM_OFFSET = 16;
    private static final int FIRST_SEQUENCE = 24;
    private static final int SEND_TIME = 32;

    /** Leaves room to add a message count to any sequence without overflow. */
    private static final long LAST_SEQUENCE = Long.MAX_VALUE - 0xffff;

    private Segment() {
    }

    static int version(final WireBytes bytes, final int offset) {
        return bytes.getByte(offset + VERSION) & 0xff;
    }

    /**
     * Which messages follow.
     *
     * @param buffer holds the datagram
     * @param offset where it begins
     * @return Message Protocol ID, unsigned 16 bits
     */
    public static int protocolId(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + PROTOCOL_ID, LITTLE_ENDIAN) & 0xffff;
    }

    static int protocolId(final WireBytes bytes, final int offset) {
        return u16(bytes, offset + PROTOCOL_ID);
    }

    /**
     * What all lines of one stream have in common.
     *
     * @param buffer holds the datagram
     * @param offset where it begins
     * @return protocol, channel and session, for people
     */
    public static String stream(final DirectBuffer buffer, final int offset) {
        return "%x/%x/%x".formatted(protocolId(buffer, offset), buffer.getInt(offset + CHANNEL, LITTLE_ENDIAN),
                buffer.getInt(offset + SESSION, LITTLE_ENDIAN));
    }

    /** Numbers one stream of messages; unsigned, only compared. */
    static int channel(final WireBytes bytes, final int offset) {
        return bytes.getInt(offset + CHANNEL, LITTLE_ENDIAN);
    }

    /** Names a session; unsigned, only compared. */
    static int session(final WireBytes bytes, final int offset) {
        return bytes.getInt(offset + SESSION, LITTLE_ENDIAN);
    }

    static int payloadLength(final WireBytes bytes, final int offset) {
        return u16(bytes, offset + PAYLOAD_LENGTH);
    }

    /** 0 for a heartbeat. */
    static int messageCount(final WireBytes bytes, final int offset) {
        return u16(bytes, offset + MESSAGE_COUNT);
    }

    /** Bytes of payload that the stream had before this segment. */
    static long streamOffset(final WireBytes bytes, final int offset) {
        return bytes.getLong(offset + STREAM_OFFSET, LITTLE_ENDIAN);
    }

    /**
     * Number of the first message, or of the one that comes next when there is none.
     *
     * @param buffer holds the datagram
     * @param offset where it begins
     * @return as on the wire
     */
    public static long firstSequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + FIRST_SEQUENCE, LITTLE_ENDIAN);
    }

    static long firstSequence(final WireBytes bytes, final int offset) {
        return bytes.getLong(offset + FIRST_SEQUENCE, LITTLE_ENDIAN);
    }

    /**
     * When it was sent; set by each line's sender for itself.
     *
     * @param buffer holds the datagram
     * @param offset where it begins
     * @return ns since the Unix epoch
     */
    public static long sendTime(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SEND_TIME, LITTLE_ENDIAN);
    }

    static long sendTime(final WireBytes bytes, final int offset) {
        return bytes.getLong(offset + SEND_TIME, LITTLE_ENDIAN);
    }

    static void clearSendTime(final MutableDirectBuffer buffer, final int offset) {
        buffer.putLong(offset + SEND_TIME, NO_SEND_TIME, LITTLE_ENDIAN);
    }

    /** Length of the message whose block begins here, the length field itself not counted. */
    static int messageLength(final WireBytes bytes, final int block) {
        return u16(bytes, block);
    }

    /**
     * Whether everything in a datagram can be read as a segment of a protocol: the header says what it must, the
     * message blocks fill the payload exactly, and no message is too short for its type. Bytes after the payload
     * are nobody's and allowed.
     *
     * <p>Looking at the whole before anything of it is used means that a spoilt datagram counts as not received:
     * another line's copy may still fill its place, and if none does, it is a gap like any other.
     */
    static boolean isSound(
            final WireBytes bytes, final int offset, final int length, final IexProtocol protocol) {
        if (length < HEADER_LENGTH
                || version(bytes, offset) != VERSION_1
                || protocolId(bytes, offset) != protocol.id()
                || payloadLength(bytes, offset) > length - HEADER_LENGTH
                || sendTime(bytes, offset) <= 0) {
            return false;
        }
        final long sequence = firstSequence(bytes, offset);
        return sequence >= 1 && sequence <= LAST_SEQUENCE && blocksAreSound(bytes, offset, protocol);
    }

    private static boolean blocksAreSound(final WireBytes bytes, final int offset, final IexProtocol protocol) {
        final int end = offset + HEADER_LENGTH + payloadLength(bytes, offset);
        int block = offset + HEADER_LENGTH;
        for (int i = messageCount(bytes, offset); i > 0; i--) {
            if (end - block < BLOCK_LENGTH_SIZE) {
                return false;
            }
            final int message = block + BLOCK_LENGTH_SIZE;
            final int messageLength = messageLength(bytes, block);
            if (messageLength > end - message) {
                return false;
            }
            if (messageLength > 0 && messageLength < protocol.minimumLength(bytes.getByte(message) & 0xff)) {
                return false;
            }
            block = message + messageLength;
        }
        return block == end;
    }

    private static int u16(final WireBytes bytes, final int index) {
        return bytes.getShort(index, LITTLE_ENDIAN) & 0xffff;
    }
}
