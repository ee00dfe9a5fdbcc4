package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.signal.SignalListener;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Signal bodies that wait for their counterpart, oldest first, each with the journal index where it came up. */
final class SignalBacklog {
    private final int capacity;
    private final UnsafeBuffer bodies;
    private final long[] indexes;
    private long taken;
    private long added;

    SignalBacklog(final int capacity) {
        this.capacity = BitUtil.findNextPositivePowerOfTwo(capacity);
        bodies = new UnsafeBuffer(new byte[this.capacity * SignalListener.BODY_LENGTH]);
        indexes = new long[this.capacity];
    }

    long size() {
        return added - taken;
    }

    boolean isEmpty() {
        return added == taken;
    }

    boolean isFull() {
        return size() == capacity;
    }

    void add(final DirectBuffer body, final int offset, final long index) {
        bodies.putBytes(slot(added) * SignalListener.BODY_LENGTH, body, offset, SignalListener.BODY_LENGTH);
        indexes[slot(added)] = index;
        added++;
    }

    DirectBuffer buffer() {
        return bodies;
    }

    int oldestOffset() {
        return slot(taken) * SignalListener.BODY_LENGTH;
    }

    long oldestIndex() {
        return indexes[slot(taken)];
    }

    void removeOldest() {
        taken++;
    }

    private int slot(final long position) {
        return (int) position & capacity - 1;
    }
}
