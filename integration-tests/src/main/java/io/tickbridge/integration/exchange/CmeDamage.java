package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * CME packets that contradict themselves although their checksum is good, as a broken sender would make them. What is changed
 * can be noticed by whoever checks lengths: a changed price cannot, and no gateway could be blamed for it.
 */
enum CmeDamage {
    /** The first message's size is 0: who steps by it never ends. */
    SIZE_ZERO,
    /** The first message ends beyond the packet. */
    SIZE_BEYOND_PACKET,
    /** A schema that is not CME's market data. */
    WRONG_SCHEMA,
    /** The root block is longer than its message. */
    BLOCK_BEYOND_MESSAGE,
    /** The group claims more entries than its message holds. */
    GROUP_BEYOND_MESSAGE,
    /** The datagram ends inside a message. */
    CUT_IN_MESSAGE,
    /** The datagram ends inside the packet header, so that not even its number is known. */
    CUT_IN_HEADER;

    private static final int HEADER = 12; // MsgSeqNum u32, SendingTime u64
    private static final int MESSAGE_HEADER = 10; // size, block length, template, schema, version

    /** A damaged copy of a packet. */
    static byte[] apply(final byte[] packet, final RandomGenerator random) {
        final CmeDamage damage = values()[random.nextInt(values().length)];
        final ByteBuffer copy = ByteBuffer.wrap(packet.clone()).order(ByteOrder.LITTLE_ENDIAN);
        final int block = copy.getShort(HEADER + 2);
        switch (damage) {
            case SIZE_ZERO -> copy.putShort(HEADER, (short) 0);
            case SIZE_BEYOND_PACKET -> copy.putShort(HEADER, (short) (packet.length + random.nextInt(1, 20_000)));
            case WRONG_SCHEMA -> copy.putShort(HEADER + 6, (short) random.nextInt(2, 500));
            case BLOCK_BEYOND_MESSAGE -> copy.putShort(HEADER + 2, (short) (packet.length + random.nextInt(20_000)));
            case CUT_IN_MESSAGE -> {
                return Arrays.copyOf(packet, random.nextInt(HEADER + 1, packet.length));
            }
            case CUT_IN_HEADER -> {
                return Arrays.copyOf(packet, random.nextInt(HEADER));
            }
            default -> {
                final int count = HEADER + MESSAGE_HEADER + block + 2;
                if (count >= packet.length) {
                    return Arrays.copyOf(packet, HEADER + 1); // a message without a group
                }
                copy.put(count, (byte) 0xff);
            }
        }
        return copy.array();
    }
}
