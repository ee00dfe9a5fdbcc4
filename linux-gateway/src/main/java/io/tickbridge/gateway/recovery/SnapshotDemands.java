package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.feed.GapWatch;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Whether the receive thread wants a snapshot, on its way to whoever asks for one: the latest word counts. Allocates nothing
 * after construction, takes no lock.
 */
final class SnapshotDemands implements GapWatch, MessageHandler {
    /** Words that wait at most: each takes 24 bytes, and the other thread looks many times a second. */
    private static final int RING = 1 << 14;
    private static final int WANTED = 1;
    private static final int SETTLED = 2;

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(RING + RingBufferDescriptor.TRAILER_LENGTH)));
    private final UnsafeBuffer demand = new UnsafeBuffer(ByteBuffer.allocateDirect(2 * BitUtil.SIZE_OF_LONG));
    private final SnapshotCounts counts;

    private volatile boolean outstanding;

    // The asking thread's.
    private boolean wanted;
    private long stream;
    private long session;
    private boolean settled;

    SnapshotDemands(final SnapshotCounts counts) {
        this.counts = counts;
    }

    @Override
    public void onSnapshotWanted(final long wantedStream, final long wantedSession) {
        counts.increment(SnapshotCounter.WANTED);
        outstanding = true;
        demand.putLong(0, wantedStream);
        demand.putLong(BitUtil.SIZE_OF_LONG, wantedSession);
        put(WANTED);
    }

    @Override
    public void onSnapshotSettled() {
        outstanding = false;
        put(SETTLED);
    }

    /** Whether the feed waits for a snapshot. Any thread. */
    boolean isOutstanding() {
        return outstanding;
    }

    private void put(final int type) {
        if (!ring.write(type, demand, 0, demand.capacity())) {
            counts.increment(SnapshotCounter.OVERFLOWS);
        }
    }

    /**
     * Takes what was said since, on the asking thread.
     *
     * @return whether anything was: a snapshot that is on its way is of no use then
     */
    boolean refresh() {
        int read = 0;
        for (int more = ring.read(this); more > 0; more = ring.read(this)) {
            read += more;
        }
        return read > 0;
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        wanted = type == WANTED;
        settled |= type == SETTLED;
        stream = buffer.getLong(index);
        session = buffer.getLong(index + BitUtil.SIZE_OF_LONG);
    }

    boolean isWanted() {
        return wanted;
    }

    /** Nothing more is to be done before the receive thread says something new. */
    void done() {
        wanted = false;
    }

    /** Whether the feed was whole since this was asked last. */
    boolean takeSettled() {
        final boolean was = settled;
        settled = false;
        return was;
    }

    long stream() {
        return stream;
    }

    long session() {
        return session;
    }
}
