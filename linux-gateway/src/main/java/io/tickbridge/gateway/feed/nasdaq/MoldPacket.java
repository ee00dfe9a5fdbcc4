package io.tickbridge.gateway.feed.nasdaq;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A MoldUDP64 downstream packet: a header of 20 bytes and the message blocks that it counts, each a 16-bit length and
 * that many bytes. From "Downstream Packets" in the MoldUDP64 Protocol Specification V 1.00; big-endian.
 *
 * <p>A flyweight without state: each getter takes the buffer and where the packet begins.
 */
public final class MoldPacket {
    /** Bytes of the header, and where the first message block begins. */
    public static final int HEADER_LENGTH = 20;
    /** Bytes of the length that each message block begins with; it does not count itself. */
    static final int BLOCK_LENGTH_SIZE = 2;
    /** Bytes of a session's name: ASCII, padded with spaces on the right. */
    static final int SESSION_LENGTH = 10;
    /** Message count of the packet that ends a session ("End of Session"). */
    static final int END_OF_SESSION = 0xffff;

    private static final int SEQUENCE = 10;
    private static final int COUNT = 18;

    /** Leaves room to add a message count to any sequence without overflow. */
    private static final long LAST_SEQUENCE = Long.MAX_VALUE - 0xffff;

    private MoldPacket() {
    }

    /** First eight characters of the session's name, only compared. */
    static long sessionHead(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset, BIG_ENDIAN);
    }

    /** Last two characters of the session's name, only compared. */
    static short sessionTail(final DirectBuffer buffer, final int offset) {
        return buffer.getShort(offset + Long.BYTES, BIG_ENDIAN);
    }

    /**
     * Number of the first message, or of the one that comes next when there is none.
     *
     * @param buffer holds the datagram
     * @param offset where it begins
     * @return as on the wire
     */
    public static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SEQUENCE, BIG_ENDIAN);
    }

    /** As on the wire: 0 for a heartbeat, {@link #END_OF_SESSION} for a session's end. */
    static int count(final DirectBuffer buffer, final int offset) {
        return u16(buffer, offset + COUNT);
    }

    /**
     * How many messages follow.
     *
     * @param buffer holds the datagram
     * @param offset where it begins
     * @return 0 for a heartbeat and for the end of a session
     */
    public static int messages(final DirectBuffer buffer, final int offset) {
        final int count = count(buffer, offset);
        return count == END_OF_SESSION ? 0 : count;
    }

    /**
     * What tells messages from others with the same numbers.
     *
     * @param buffer holds a sound datagram
     * @param offset where it begins
     * @param prints takes a hash of each message in turn, never 0
     * @return how many messages there are
     */
    public static int fingerprints(final DirectBuffer buffer, final int offset, final long[] prints) {
        final int messages = messages(buffer, offset);
        int block = offset + HEADER_LENGTH;
        for (int i = 0; i < messages; i++) {
            final int end = block + BLOCK_LENGTH_SIZE + messageLength(buffer, block);
            long hash = 1;
            for (int at = block; at < end; at++) {
                hash = hash * 0x100_0000_01b3L ^ buffer.getByte(at); // FNV's 64-bit prime
            }
            prints[i] = hash | 1;
            block = end;
        }
        return messages;
    }

    /** Length of the message whose block begins here, the length field itself not counted. */
    static int messageLength(final DirectBuffer buffer, final int block) {
        return u16(buffer, block);
    }

    /**
     * The time that the first message states, as far as it has one.
     *
     * @param buffer holds a sound packet
     * @param offset where it begins
     * @param length its bytes
     * @return ns since midnight, or -1
     */
    public static long firstTimestamp(final DirectBuffer buffer, final int offset, final int length) {
        final int message = HEADER_LENGTH + BLOCK_LENGTH_SIZE;
        return messages(buffer, offset) > 0 && length >= message + ItchLayout.HEADER_LENGTH
                ? ItchLayout.timestamp(buffer, offset + message) : -1;
    }

    /**
     * Whether everything in a datagram can be read as a packet: the message blocks fill it exactly.
     *
     * <p>Looking at the whole before anything of it is used means that a spoilt datagram counts as not received:
     * another line's copy may still fill its place, and if none does, it is a gap like any other.
     *
     * @param bytes the datagram
     */
    static boolean isSound(final WireBytes bytes, final int offset, final int length) {
        if (length < HEADER_LENGTH) {
            return false;
        }
        final long sequence = sequence(bytes, offset);
        if (sequence < 1 || sequence > LAST_SEQUENCE) {
            return false;
        }
        final int end = offset + length;
        final int count = count(bytes, offset);
        int block = offset + HEADER_LENGTH;
        for (int i = count == END_OF_SESSION ? 0 : count; i > 0; i--) {
            if (end - block < BLOCK_LENGTH_SIZE) {
                return false;
            }
            block += BLOCK_LENGTH_SIZE + (bytes.getShort(block, BIG_ENDIAN) & 0xffff);
            if (block > end) {
                return false;
            }
        }
        return block == end;
    }

    // The same of a sound packet that is read without checks, as every one that a line brings is.

    static long sessionHead(final WireBytes packet, final int offset) {
        return packet.getLong(offset, BIG_ENDIAN);
    }

    static short sessionTail(final WireBytes packet, final int offset) {
        return packet.getShort(offset + Long.BYTES, BIG_ENDIAN);
    }

    static long sequence(final WireBytes packet, final int offset) {
        return packet.getLong(offset + SEQUENCE, BIG_ENDIAN);
    }

    static int count(final WireBytes packet, final int offset) {
        return packet.getShort(offset + COUNT, BIG_ENDIAN) & 0xffff;
    }

    /** As {@link #firstTimestamp(DirectBuffer, int, int)}. */
    static long firstTimestamp(final WireBytes packet, final int offset, final int length, final int messages) {
        final int message = HEADER_LENGTH + BLOCK_LENGTH_SIZE;
        return messages > 0 && length >= message + ItchLayout.HEADER_LENGTH
                ? packet.getLong(offset + message + ItchLayout.TRACKING_NUMBER, BIG_ENDIAN) & ItchLayout.TIMESTAMP_MASK : -1;
    }

    /**
     * Whether everything in a datagram can be read as a packet. For who looks at packets now and then.
     *
     * @param buffer holds the datagram
     * @param offset where it begins
     * @param length its bytes
     * @return what {@link #isSound(WireBytes, int, int)} says
     */
    public static boolean isSound(final DirectBuffer buffer, final int offset, final int length) {
        final WireBytes bytes = new WireBytes();
        bytes.wrap(buffer, offset, length);
        return isSound(bytes, offset, length);
    }

    /**
     * The session's name.
     *
     * @param buffer holds the datagram
     * @param offset where it begins
     * @return its ten characters
     */
    public static String session(final DirectBuffer buffer, final int offset) {
        return buffer.getStringWithoutLengthAscii(offset, SESSION_LENGTH);
    }

    /**
     * A packet without its first messages.
     *
     * @param buffer holds a sound packet
     * @param offset where it begins
     * @param length its bytes
     * @param skip   how many are left out; no more than it has
     * @return a packet of the rest, in memory of its own
     */
    public static DirectBuffer withoutFirst(final DirectBuffer buffer, final int offset, final int length, final int skip) {
        int block = offset + HEADER_LENGTH;
        for (int i = 0; i < skip; i++) {
            block += BLOCK_LENGTH_SIZE + messageLength(buffer, block);
        }
        final UnsafeBuffer rest = new UnsafeBuffer(new byte[length - (block - offset - HEADER_LENGTH)]);
        rest.putBytes(0, buffer, offset, SESSION_LENGTH);
        putNumbers(rest, sequence(buffer, offset) + skip, messages(buffer, offset) - skip);
        rest.putBytes(HEADER_LENGTH, buffer, block, offset + length - block);
        return rest;
    }

    /** Writes a session's name at the beginning of a packet. */
    static void putSession(final MutableDirectBuffer packet, final long head, final short tail) {
        packet.putLong(0, head, BIG_ENDIAN);
        packet.putShort(Long.BYTES, tail, BIG_ENDIAN);
    }

    /** Writes sequence number and message count of a packet that begins where the buffer does. */
    static void putNumbers(final MutableDirectBuffer packet, final long sequence, final int count) {
        packet.putLong(SEQUENCE, sequence, BIG_ENDIAN);
        packet.putShort(COUNT, (short) count, BIG_ENDIAN);
    }

    private static int u16(final DirectBuffer buffer, final int index) {
        return buffer.getShort(index, BIG_ENDIAN) & 0xffff;
    }
}
