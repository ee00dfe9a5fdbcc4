package io.tickbridge.gateway.feed.arbitration;

import org.agrona.concurrent.UnsafeBuffer;

/** Offers packets that carry their own sequence number, always from the same memory, as a source would. */
final class PacketOffers {
    private static final int OFFSET = 7;
    private final UnsafeBuffer memory = new UnsafeBuffer(new byte[1024]);
    private final LineArbiter arbiter;

    PacketOffers(final LineArbiter arbiter) {
        this.arbiter = arbiter;
    }

    void offer(final long sequence, final int units, final long eventTime, final int line) {
        offer(sequence, units, eventTime, line, 16);
    }

    void offer(final long sequence, final int units, final long eventTime, final int line, final int length) {
        offer(sequence, units, eventTime, eventTime + 5, line, length);
    }

    void offer(
            final long sequence, final int units, final long eventTime, final long receiveTime, final int line,
            final int length) {
        memory.setMemory(0, memory.capacity(), (byte) 0);
        memory.putLong(OFFSET, sequence);
        memory.putInt(OFFSET + 8, units);
        memory.putInt(OFFSET + length - 4, ~units);
        arbiter.offer(memory, OFFSET, length, sequence, units, eventTime, receiveTime, line);
        memory.setMemory(0, memory.capacity(), (byte) 0xEE);
    }
}
