package io.tickbridge.gateway.link;

import io.tickbridge.protocol.FrameHeaderEncoder;
import io.tickbridge.protocol.Link;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The newest sequenced frames, as sent, for peers that resume. Off-heap, written once at start so that no page is
 * missing later, then overwritten oldest first. One thread.
 */
final class RetainedFrames {
    /** Bytes of a slot; the longest sequenced frame is a Signal's. */
    static final int SLOT_LENGTH = BitUtil.align(Link.HEADER_LENGTH + SignalDecoder.BLOCK_LENGTH, 64);

    private static final int LENGTH_OFFSET = FrameHeaderEncoder.frameLengthEncodingOffset();
    private static final int TEMPLATE_OFFSET = FrameHeaderEncoder.templateIdEncodingOffset();
    private static final int RECEIVE_TIME_OFFSET = Link.HEADER_LENGTH + SignalDecoder.receiveTimeEncodingOffset();

    private final UnsafeBuffer slots;
    private final int capacity;
    private long last;

    /**
     * Reserves the memory.
     *
     * @param capacity frames kept, a power of two
     */
    RetainedFrames(final int capacity) {
        if (!BitUtil.isPowerOfTwo(capacity) || (long) capacity * SLOT_LENGTH > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("link.retain is " + capacity + ", allowed is a power of two up to "
                    + Integer.highestOneBit(Integer.MAX_VALUE / SLOT_LENGTH));
        }
        this.capacity = capacity;
        slots = new UnsafeBuffer(ByteBuffer.allocateDirect(capacity * SLOT_LENGTH));
        slots.setMemory(0, slots.capacity(), (byte) 0);
    }

    /** Gives the next number; its frame must then be written to {@link #buffer} at {@link #offset}. */
    long next() {
        return ++last;
    }

    MutableDirectBuffer buffer() {
        return slots;
    }

    int offset(final long sequence) {
        return (int) (sequence & (capacity - 1)) * SLOT_LENGTH;
    }

    int length(final long sequence) {
        return slots.getInt(offset(sequence) + LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /** The oldest number still here; 1 when none was given yet. */
    long first() {
        return Math.max(1, last - capacity + 1);
    }

    /** The newest number; 0 when none was given yet. */
    long last() {
        return last;
    }

    /**
     * Whether a frame is a signal received before a point in time.
     *
     * @param sequence  from {@link #first} to {@link #last}
     * @param notBefore ns since the Unix epoch
     * @return false for everything that is not a signal
     */
    boolean isSignalReceivedBefore(final long sequence, final long notBefore) {
        final int offset = offset(sequence);
        return slots.getShort(offset + TEMPLATE_OFFSET, ByteOrder.LITTLE_ENDIAN) == SignalDecoder.TEMPLATE_ID
                && slots.getLong(offset + RECEIVE_TIME_OFFSET, ByteOrder.LITTLE_ENDIAN) < notBefore;
    }
}
