package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * IEX-TP segments that contradict themselves, or are not of this feed, although their checksum is good: "Outbound Segment
 * Format" in the IEX Transport Specification. Another session identifier is not among them: that is how a session begins.
 */
enum IexDamage {
    /** A version of the transport that there is not. */
    WRONG_VERSION,
    /** Of another feed's messages. */
    WRONG_PROTOCOL,
    /** Of another channel. */
    OTHER_CHANNEL,
    /** More payload than there is. */
    PAYLOAD_BEYOND_SEGMENT,
    /** More messages than there are. */
    COUNT_BEYOND_SEGMENT,
    /** Fewer messages than there are: bytes are left over. */
    COUNT_TOO_SMALL,
    /** The first message ends beyond the segment. */
    LENGTH_BEYOND_SEGMENT,
    /** The first message is shorter than its type. */
    MESSAGE_CUT,
    /** Message 0, which no session has. */
    SEQUENCE_ZERO,
    /** Sent in 1970. */
    NO_SEND_TIME,
    /** The datagram ends inside a message. */
    CUT_IN_MESSAGE,
    /** The datagram ends inside the header, so that not even its number is known. */
    CUT_IN_HEADER;

    private static final int PROTOCOL = 2;
    private static final int CHANNEL = 4;
    private static final int PAYLOAD = 12;
    private static final int COUNT = 14;
    private static final int SEQUENCE = 24;
    private static final int SEND_TIME = 32;
    private static final int HEADER = 40;

    /** A damaged copy of a segment. */
    static byte[] apply(final byte[] segment, final RandomGenerator random) {
        final IexDamage[] all = values();
        IexDamage damage = all[random.nextInt(all.length)];
        if (segment.length == HEADER && damage.needsMessages()) {
            damage = CUT_IN_HEADER;
        }
        final ByteBuffer copy = ByteBuffer.wrap(segment.clone()).order(ByteOrder.LITTLE_ENDIAN);
        final int count = copy.getShort(COUNT);
        switch (damage) {
            case WRONG_VERSION -> copy.put(0, (byte) random.nextInt(2, 256));
            case WRONG_PROTOCOL -> copy.putShort(PROTOCOL, (short) (copy.getShort(PROTOCOL) ^ 1 << random.nextInt(Short.SIZE)));
            case OTHER_CHANNEL -> copy.putInt(CHANNEL, random.nextInt(2, 1_000));
            case PAYLOAD_BEYOND_SEGMENT -> copy.putShort(PAYLOAD, (short) (segment.length + random.nextInt(20_000)));
            case COUNT_BEYOND_SEGMENT -> copy.putShort(COUNT, (short) (count + 1 + random.nextInt(1_000)));
            case COUNT_TOO_SMALL -> copy.putShort(COUNT, (short) (count - 1));
            case LENGTH_BEYOND_SEGMENT -> copy.putShort(HEADER, (short) (segment.length + random.nextInt(20_000)));
            case MESSAGE_CUT -> {
                return messageCut(segment, random);
            }
            case SEQUENCE_ZERO -> copy.putLong(SEQUENCE, 0);
            case NO_SEND_TIME -> copy.putLong(SEND_TIME, 0);
            case CUT_IN_MESSAGE -> {
                return Arrays.copyOf(segment, random.nextInt(HEADER + 1, segment.length));
            }
            default -> {
                return Arrays.copyOf(segment, random.nextInt(HEADER));
            }
        }
        return copy.array();
    }

    private boolean needsMessages() {
        return switch (this) {
            case COUNT_BEYOND_SEGMENT, COUNT_TOO_SMALL, LENGTH_BEYOND_SEGMENT, MESSAGE_CUT, CUT_IN_MESSAGE -> true;
            default -> false;
        };
    }

    /** The first message with a few bytes only: fewer than any type has. */
    private static byte[] messageCut(final byte[] segment, final RandomGenerator random) {
        final ByteBuffer original = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
        final int length = original.getShort(HEADER);
        final int left = Math.min(length, 1 + random.nextInt(9));
        final int end = HEADER + Short.BYTES + length;
        final ByteBuffer shorter = ByteBuffer.allocate(segment.length - length + left).order(ByteOrder.LITTLE_ENDIAN);
        shorter.put(segment, 0, HEADER + Short.BYTES + left).put(segment, end, segment.length - end);
        shorter.putShort(PAYLOAD, (short) (shorter.capacity() - HEADER));
        return shorter.putShort(HEADER, (short) left).array();
    }
}
