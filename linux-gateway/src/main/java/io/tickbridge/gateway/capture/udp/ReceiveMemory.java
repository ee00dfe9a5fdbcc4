package io.tickbridge.gateway.capture.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Where one channel's datagrams are received: the same buffer each time, since every payload is copied out of it
 * before the next read. It also bounds what one turn of the event loop can bring in.
 */
final class ReceiveMemory implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
    private final int bufferLength;
    private final int readsATurn;
    private ByteBuf buffer;
    private int reads;
    private int lastBytesRead;
    private int attemptedBytesRead;

    /**
     * Memory for a channel.
     *
     * @param bufferLength bytes of one read, which may hold several datagrams
     * @param readsATurn   reads in one turn of the event loop
     */
    ReceiveMemory(final int bufferLength, final int readsATurn) {
        this.bufferLength = bufferLength;
        this.readsATurn = readsATurn;
    }

    /** Gives the memory back, once the channel is closed. */
    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    @Override
    public ExtendedHandle newHandle() {
        return this;
    }

    @Override
    public ByteBuf allocate(final ByteBufAllocator allocator) {
        if (buffer == null) {
            buffer = Unpooled.directBuffer(bufferLength, bufferLength);
        }
        if (buffer.refCnt() == 1) {
            return buffer.clear().retain();
        }
        // NIO reads a whole turn before it passes on the first datagram.
        return allocator.directBuffer(bufferLength, bufferLength);
    }

    @Override
    public int guess() {
        return bufferLength;
    }

    @Override
    public void reset(final ChannelConfig config) {
        reads = 0;
    }

    @Override
    public void incMessagesRead(final int messages) {
        reads++;
    }

    @Override
    public boolean continueReading(final UncheckedBooleanSupplier mayHaveMore) {
        return continueReading();
    }

    @Override
    public boolean continueReading() {
        return reads < readsATurn;
    }

    @Override
    public void lastBytesRead(final int bytes) {
        lastBytesRead = bytes;
    }

    @Override
    public int lastBytesRead() {
        return lastBytesRead;
    }

    @Override
    public void attemptedBytesRead(final int bytes) {
        attemptedBytesRead = bytes;
    }

    @Override
    public int attemptedBytesRead() {
        return attemptedBytesRead;
    }

    @Override
    public void readComplete() {
        // Nothing is learnt from one turn for the next.
    }
}
