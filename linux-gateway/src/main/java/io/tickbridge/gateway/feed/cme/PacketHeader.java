package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/**
 * Head of every datagram: packet sequence number and sending time. CME Globex MDP 3.0, "Binary Packet Header"
 * (Message Sequence Number uint32, Sending Time uint64), little-endian.
 */
final class PacketHeader {
    /** Bytes before the first message. */
    static final int LENGTH = 12;
    private static final int SEQUENCE = 0;
    private static final int SENDING_TIME = 4;

    private PacketHeader() {
    }

    static long sequence(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + SEQUENCE, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }

    /** ns since the Unix epoch, by the exchange's clock; the same on both lines. */
    static long sendingTime(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + SENDING_TIME, LITTLE_ENDIAN);
    }
}
