package io.tickbridge.gateway.capture.udp;

import io.netty.buffer.ByteBuf;
import io.tickbridge.gateway.capture.FrameHandler;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames of one burst, between the event loop that read them and the handler that takes them. It is filled only
 * when empty and emptied from the front, so the same memory is used again and stays in the cache.
 *
 * <p>The number of frames in a burst is bounded by construction. Memory is laid out for frames of the usual size
 * and grows, once, for larger ones: a grown backlog costs an allocation, a full one would cost frames.
 */
final class FrameBacklog {
    private static final int USUAL_FRAME = 2_048;
    // A frame's payload lies at a multiple of 8, which keeps fixed-layout messages' fields aligned.
    private static final int LEAD = BitUtil.align(FrameHeader.LENGTH, Long.BYTES) - FrameHeader.LENGTH;

    private final int[] offsets;
    private final int[] lengths;
    private final int[] ports;
    private ByteBuffer bytes;
    private UnsafeBuffer buffer;
    private int used;
    private int count;
    private int next;
    private long receiveTime;

    FrameBacklog(final int capacity) {
        offsets = new int[capacity];
        lengths = new int[capacity];
        ports = new int[capacity];
        allocate(capacity * USUAL_FRAME);
    }

    boolean isEmpty() {
        return next == count;
    }

    /** Begins a burst; the one before must have been taken. */
    void begin(final long time) {
        used = 0;
        count = 0;
        next = 0;
        receiveTime = time;
    }

    void append(final FrameHeader header, final InetSocketAddress sender, final ByteBuf payload, final int port) {
        final int payloadLength = payload.readableBytes();
        final int offset = used + LEAD;
        final int end = offset + FrameHeader.LENGTH + payloadLength;
        if (end > bytes.capacity()) {
            grow(end);
        }
        header.write(buffer, offset, sender, payloadLength);
        bytes.limit(end).position(offset + FrameHeader.LENGTH);
        payload.getBytes(payload.readerIndex(), bytes);
        offsets[count] = offset;
        lengths[count] = FrameHeader.LENGTH + payloadLength;
        ports[count] = port;
        count++;
        used = BitUtil.align(end, Long.BYTES);
    }

    /** Hands over the oldest frame. */
    void take(final FrameHandler handler) {
        final int frame = next++;
        handler.onFrame(buffer, offsets[frame], lengths[frame], receiveTime, ports[frame]);
    }

    private void grow(final int needed) {
        final UnsafeBuffer old = buffer;
        allocate(2 * needed);
        buffer.putBytes(0, old, 0, used);
    }

    private void allocate(final int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity);
        buffer = new UnsafeBuffer(bytes);
    }
}
