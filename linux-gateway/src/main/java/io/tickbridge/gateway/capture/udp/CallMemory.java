package io.tickbridge.gateway.capture.udp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Memory outside the heap, aligned and zeroed, whose address a call may be given for as long as the buffer is held. */
final class CallMemory {
    private static final int CACHE_LINE = 64;

    private CallMemory() {
    }

    static UnsafeBuffer of(final int length) {
        final ByteBuffer memory = BufferUtil.allocateDirectAligned(length, CACHE_LINE);
        return new UnsafeBuffer(memory.order(ByteOrder.nativeOrder()));
    }

    static UnsafeBuffer ofInt(final int value) {
        final UnsafeBuffer memory = of(Integer.BYTES);
        memory.putInt(0, value);
        return memory;
    }
}
