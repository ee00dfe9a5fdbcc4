package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.feed.GapWatch;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BitUtil;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Holes on their way from the receive thread to whoever asks for them, and how far the receive thread has come since.
 * Allocates nothing after construction, takes no lock.
 */
final class GapDemands implements GapWatch {
    /** Holes that wait at most: each takes 40 bytes. */
    private static final int RING = 1 << 16;
    private static final int DEMAND = 1;
    private static final int STREAM = 0;
    private static final int SESSION = 8;
    private static final int FROM = 16;
    private static final int TO = 24;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(RING + RingBufferDescriptor.TRAILER_LENGTH)));
    private final UnsafeBuffer demand = new UnsafeBuffer(ByteBuffer.allocateDirect(4 * BitUtil.SIZE_OF_LONG));
    private final AtomicLong next = new AtomicLong();
    private final RecoveryCounts counts;

    /** Takes a hole. */
    @FunctionalInterface
    interface Taker {
        void onHole(long stream, long session, long from, long to);
    }

    GapDemands(final RecoveryCounts counts) {
        this.counts = counts;
    }

    @Override
    public void onMissing(final long stream, final long session, final long from, final long to) {
        counts.increment(RecoveryCounter.HOLES);
        demand.putLong(STREAM, stream);
        demand.putLong(SESSION, session);
        demand.putLong(FROM, from);
        demand.putLong(TO, to);
        if (!ring.write(DEMAND, demand, 0, demand.capacity())) {
            counts.increment(RecoveryCounter.OVERFLOWS);
        }
    }

    @Override
    public void onNext(final long number) {
        next.setRelease(number);
    }

    /** The number that the receive thread waits for now. */
    long next() {
        return next.getAcquire();
    }

    /** Hands over the oldest hole that waits, on the asking thread; false when there is none. */
    boolean take(final Taker taker) {
        final MessageHandler handler = (type, buffer, index, length) -> taker.onHole(buffer.getLong(index + STREAM),
                buffer.getLong(index + SESSION), buffer.getLong(index + FROM), buffer.getLong(index + TO));
        int read = ring.read(handler, 1);
        if (read == 0 && ring.size() > 0) {
            // What was there was only the padding at the ring's end.
            read = ring.read(handler, 1);
        }
        return read > 0;
    }
}
