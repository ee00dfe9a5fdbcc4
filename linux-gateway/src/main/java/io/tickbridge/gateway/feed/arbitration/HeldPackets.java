package io.tickbridge.gateway.feed.arbitration;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Packets that came early, in sequence order, in memory taken once. Each is copied: the source's memory is gone
 * when the arbiter returns. A slot stays intact between {@link #removeFirst} and {@link #free}, so that the packet
 * can be handed over from where it lies.
 */
final class HeldPackets {
    private final int slotLength;
    private final UnsafeBuffer memory;
    private final long[] sequences;
    private final int[] units;
    private final int[] lengths;
    private final long[] eventTimes;
    private final long[] receiveTimes;
    /** Slots in use by rising sequence, then nothing. */
    private final int[] order;
    private int count;
    private final int[] freeSlots;
    private int freeCount;

    HeldPackets(final int capacity, final int slotLength) {
        this.slotLength = slotLength;
        memory = new UnsafeBuffer(ByteBuffer.allocateDirect(Math.multiplyExact(capacity, slotLength)));
        sequences = new long[capacity];
        units = new int[capacity];
        lengths = new int[capacity];
        eventTimes = new long[capacity];
        receiveTimes = new long[capacity];
        order = new int[capacity];
        freeSlots = new int[capacity];
        for (int slot = capacity - 1; slot >= 0; slot--) {
            freeSlots[freeCount++] = slot;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean hasRoomFor(final int length) {
        return freeCount > 0 && length <= slotLength;
    }

    /** Whether one held packet has all units of [sequence, end). */
    boolean covers(final long sequence, final long end) {
        for (int i = 0; i < count; i++) {
            final int slot = order[i];
            if (sequences[slot] <= sequence && sequences[slot] + units[slot] >= end) {
                return true;
            }
        }
        return false;
    }

    void insert(
            final DirectBuffer buffer, final int offset, final int length,
            final long sequence, final int unitCount, final long eventTime, final long receiveTime) {
        final int slot = freeSlots[--freeCount];
        memory.putBytes(slot * slotLength, buffer, offset, length);
        lengths[slot] = length;
        sequences[slot] = sequence;
        units[slot] = unitCount;
        eventTimes[slot] = eventTime;
        receiveTimes[slot] = receiveTime;

        // From the end: what comes while something is missing is nearly always later than all that is held.
        int position = count++;
        while (position > 0 && sequences[order[position - 1]] > sequence) {
            order[position] = order[position - 1];
            position--;
        }
        order[position] = slot;
    }

    long firstSequence() {
        return sequences[order[0]];
    }

    long firstEventTime() {
        return eventTimes[order[0]];
    }

    /** When the packet that has waited longest arrived; it need not be the first in sequence. */
    long earliestReceiveTime() {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            earliest = Math.min(earliest, receiveTimes[order[i]]);
        }
        return earliest;
    }

    /** Takes the first packet out of the order; its slot must be given back with {@link #free}. */
    int removeFirst() {
        final int slot = order[0];
        System.arraycopy(order, 1, order, 0, --count);
        return slot;
    }

    void free(final int slot) {
        freeSlots[freeCount++] = slot;
    }

    DirectBuffer memory() {
        return memory;
    }

    int offset(final int slot) {
        return slot * slotLength;
    }

    int length(final int slot) {
        return lengths[slot];
    }

    long sequence(final int slot) {
        return sequences[slot];
    }

    int units(final int slot) {
        return units[slot];
    }

    long eventTime(final int slot) {
        return eventTimes[slot];
    }

    long receiveTime(final int slot) {
        return receiveTimes[slot];
    }
}
