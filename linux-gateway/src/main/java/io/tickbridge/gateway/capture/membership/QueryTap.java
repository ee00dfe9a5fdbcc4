package io.tickbridge.gateway.capture.membership;

import io.tickbridge.gateway.capture.FrameHandler;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Takes queries out of the frames that are no UDP, and keeps copies for the thread that answers them. The receive thread
 * pays for a look at frames that the filter has refused already, and for a copy of a query, of which a querier sends a
 * few a minute; it never waits.
 */
public final class QueryTap implements FrameHandler {
    private static final int CAPACITY = 64 * 1024; // a message may take an eighth of it: 8 KiB, longer than any query

    private final OneToOneRingBuffer ring = new OneToOneRingBuffer(
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY + RingBufferDescriptor.TRAILER_LENGTH)));
    private final MembershipCounts counts;

    /**
     * A tap with no query in it.
     *
     * @param counts told of queries that find no room
     */
    public QueryTap(final MembershipCounts counts) {
        this.counts = counts;
    }

    @Override
    public void onFrame(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int port) {
        if (IgmpQuery.isLikely(buffer, offset, length)
                && (length > ring.maxMsgLength() || !ring.write(port + 1, buffer, offset, length))) {
            counts.queryMissed();
        }
    }

    /** Hands over what is there; the message type is the port, from 1. */
    int drain(final MessageHandler handler) {
        return ring.read(handler);
    }
}
