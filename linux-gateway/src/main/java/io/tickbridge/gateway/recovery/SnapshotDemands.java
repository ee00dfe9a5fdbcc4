package io.tickbridge.gateway.recovery;

import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.SnapshotFault;
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
    private static final int UNUSABLE = 3;
    private static final int OVERDUE = 4;
    private static final SnapshotFault[] FAULTS = SnapshotFault.values();

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
    private boolean givenUp;
    private boolean news;
    private SnapshotFault fault;

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

    @Override
    public void onSnapshotUnusable(final SnapshotFault why) {
        demand.putLong(0, why.ordinal());
        put(UNUSABLE);
    }

    @Override
    public void onSnapshotOverdue() {
        put(OVERDUE);
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
        news = false;
        while (ring.read(this) > 0) {
            continue;
        }
        return news;
    }

    @Override
    public void onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        if (type == UNUSABLE) {
            fault = FAULTS[(int) buffer.getLong(index)];
            return;
        }
        if (type == OVERDUE) {
            // What was handed over has not arrived. While somebody is asked, or nobody shall be, that is no news.
            wanted |= !settled && !givenUp;
            return;
        }
        news = true;
        givenUp = false;
        wanted = type == WANTED;
        settled |= type == SETTLED;
        stream = buffer.getLong(index);
        session = buffer.getLong(index + BitUtil.SIZE_OF_LONG);
    }

    boolean isWanted() {
        return wanted;
    }

    /** Nobody is to be asked before the receive thread wants a snapshot anew. */
    void giveUp() {
        done();
        givenUp = true;
    }

    /** Why the last snapshot was of no use, if that was said since this was asked last; else null. */
    SnapshotFault takeFault() {
        final SnapshotFault was = fault;
        fault = null;
        return was;
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
