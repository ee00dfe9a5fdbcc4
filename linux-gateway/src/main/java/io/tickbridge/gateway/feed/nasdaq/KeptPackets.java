package io.tickbridge.gateway.feed.nasdaq;

import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets in the order in which they came, in memory taken once: a ring of records, each in one piece.
 *
 * <p>One thread; allocates nothing after construction.
 */
final class KeptPackets {
    private static final int LENGTH = 0;
    private static final int SKIP = 4;
    private static final int SEQUENCE = 8;
    private static final int RECEIVE_TIME = 16;
    private static final int PACKET = 24;
    /** In place of a length: the next record begins at the start of the memory. */
    private static final int PADDING = -1;

    private final UnsafeBuffer memory;
    private final int capacity;
    private int head;
    private int tail;
    /** Bytes in use, padding included. */
    private int used;

    /**
     * Empty.
     *
     * @param capacity bytes, a multiple of 8; 24 of them go with each packet
     */
    KeptPackets(final int capacity) {
        this.capacity = capacity;
        memory = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity));
    }

    boolean isEmpty() {
        return used == 0;
    }

    void clear() {
        head = 0;
        tail = 0;
        used = 0;
    }

    /**
     * Copies a packet behind the others; false when there is no room.
     *
     * @param skip messages at its head that are not wanted
     */
    boolean add(
            final DirectBuffer buffer, final int offset, final int length, final long sequence, final int skip,
            final long receiveTime) {
        final int record = BitUtil.align(PACKET + length, Long.BYTES);
        final int padding = tail + record > capacity ? capacity - tail : 0;
        if (used + padding + record > capacity) {
            return false;
        }
        if (padding > 0) {
            memory.putInt(tail, PADDING);
            tail = 0;
        }
        memory.putInt(tail + LENGTH, length);
        memory.putInt(tail + SKIP, skip);
        memory.putLong(tail + SEQUENCE, sequence);
        memory.putLong(tail + RECEIVE_TIME, receiveTime);
        memory.putBytes(tail + PACKET, buffer, offset, length);
        tail = (tail + record) % capacity;
        used += padding + record;
        return true;
    }

    /** The oldest packet is no longer needed. */
    void removeFirst() {
        final int record = BitUtil.align(PACKET + length(), Long.BYTES);
        head = (head + record) % capacity;
        used -= record;
        if (used == 0) {
            clear();
        } else if (memory.getInt(head) == PADDING) {
            used -= capacity - head;
            head = 0;
        }
    }

    DirectBuffer memory() {
        return memory;
    }

    /** Where the oldest packet lies. */
    int offset() {
        return head + PACKET;
    }

    /** Bytes of the oldest packet. */
    int length() {
        return memory.getInt(head + LENGTH);
    }

    /** Number of the oldest packet's first message. */
    long sequence() {
        return memory.getLong(head + SEQUENCE);
    }

    /** Messages at the head of the oldest packet that are not wanted. */
    int skip() {
        return memory.getInt(head + SKIP);
    }

    /** When the oldest packet came. */
    long receiveTime() {
        return memory.getLong(head + RECEIVE_TIME);
    }
}
