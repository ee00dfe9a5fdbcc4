package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.random.RandomGenerator;

/**
 * The same CME packet as a later version of the schema would send it: the first message's root block has fields that were
 * appended, and a message of an unknown template follows the last one. Readers pass over both.
 */
final class CmeExtension {
    private static final int HEADER = 12;
    private static final int MESSAGE_HEADER = 10;
    private static final int LATER_VERSION = 14;
    private static final int MOST_PAYLOAD = 1_472; // of an Ethernet frame of ordinary size

    private CmeExtension() {
    }

    static byte[] apply(final byte[] packet, final RandomGenerator random) {
        final int more = random.nextInt(1, 9);
        final int unknown = random.nextInt(0, 20);
        if (packet.length + more + MESSAGE_HEADER + unknown > MOST_PAYLOAD) {
            return packet;
        }
        final ByteBuffer original = ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN);
        final ByteBuffer result = ByteBuffer.allocate(packet.length + more + MESSAGE_HEADER + unknown)
                .order(ByteOrder.LITTLE_ENDIAN);
        final int blockEnd = HEADER + MESSAGE_HEADER + original.getShort(HEADER + 2);
        result.put(packet, 0, blockEnd);
        for (int i = 0; i < more; i++) {
            result.put((byte) random.nextInt());
        }
        result.put(packet, blockEnd, packet.length - blockEnd);
        result.putShort(HEADER, (short) (original.getShort(HEADER) + more));
        result.putShort(HEADER + 2, (short) (original.getShort(HEADER + 2) + more));
        result.putShort(HEADER + 8, (short) LATER_VERSION);
        result.putShort((short) (MESSAGE_HEADER + unknown)).putShort((short) unknown);
        result.putShort((short) random.nextInt(200, 60_000)).putShort((short) 1).putShort((short) LATER_VERSION);
        while (result.hasRemaining()) {
            result.put((byte) random.nextInt());
        }
        return result.array();
    }
}
