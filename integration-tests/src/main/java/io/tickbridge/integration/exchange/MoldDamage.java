package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * MoldUDP64 packets that contradict themselves, or what is known of the session, although their checksum is good: "Downstream
 * Packets" in the MoldUDP64 Protocol Specification. A changed price is a price, and is not among them.
 */
enum MoldDamage {
    /** More messages than there are. */
    COUNT_BEYOND_PACKET,
    /** Fewer messages than there are: bytes are left over. */
    COUNT_TOO_SMALL,
    /** The first message's length is 0, and what follows is taken for lengths. */
    LENGTH_ZERO,
    /** The first message ends beyond the packet. */
    LENGTH_BEYOND_PACKET,
    /** The first message lacks its last byte, by all lengths. */
    MESSAGE_CUT,
    /** Of a session that there is not. */
    OTHER_SESSION,
    /** Message 0, which no session has. */
    SEQUENCE_ZERO,
    /** The datagram ends inside a message. */
    CUT_IN_MESSAGE,
    /** The datagram ends inside the header, so that not even its number is known. */
    CUT_IN_HEADER;

    private static final int SEQUENCE = 10;
    private static final int COUNT = 18;
    private static final int HEADER = 20;

    /** A damaged copy of a packet. */
    static byte[] apply(final byte[] packet, final RandomGenerator random) {
        final MoldDamage[] all = values();
        MoldDamage damage = all[random.nextInt(all.length)];
        if (packet.length == HEADER && damage != OTHER_SESSION && damage != SEQUENCE_ZERO) {
            damage = CUT_IN_HEADER; // there is no message to be damaged
        }
        final ByteBuffer copy = ByteBuffer.wrap(packet.clone());
        final int count = copy.getShort(COUNT);
        switch (damage) {
            case COUNT_BEYOND_PACKET -> copy.putShort(COUNT, (short) (count + 1 + random.nextInt(1_000)));
            case COUNT_TOO_SMALL -> copy.putShort(COUNT, (short) (count - 1));
            case LENGTH_ZERO -> copy.putShort(HEADER, (short) 0);
            case LENGTH_BEYOND_PACKET -> copy.putShort(HEADER, (short) (packet.length + random.nextInt(20_000)));
            case MESSAGE_CUT -> {
                return messageCut(packet);
            }
            case OTHER_SESSION -> copy.put(random.nextInt(SEQUENCE), (byte) ('a' + random.nextInt(26)));
            case SEQUENCE_ZERO -> copy.putLong(SEQUENCE, 0);
            case CUT_IN_MESSAGE -> {
                return Arrays.copyOf(packet, random.nextInt(HEADER + 1, packet.length));
            }
            default -> {
                return Arrays.copyOf(packet, random.nextInt(HEADER));
            }
        }
        return copy.array();
    }

    private static byte[] messageCut(final byte[] packet) {
        final ByteBuffer original = ByteBuffer.wrap(packet);
        final int length = original.getShort(HEADER);
        final ByteBuffer shorter = ByteBuffer.allocate(packet.length - 1);
        final int end = HEADER + Short.BYTES + length;
        shorter.put(packet, 0, end - 1).put(packet, end, packet.length - end);
        return shorter.putShort(HEADER, (short) (length - 1)).array();
    }
}
