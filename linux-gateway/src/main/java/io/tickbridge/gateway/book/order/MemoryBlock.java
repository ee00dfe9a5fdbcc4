package io.tickbridge.gateway.book.order;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/** A piece of zeroed memory outside the heap, aligned to a cache line; its pages are there. */
final class MemoryBlock {
    private static final int CACHE_LINE = 64;

    private final ByteBuffer memory;
    private final long bytes;

    /** Takes it from the system, which may last: 0.2 ms a MiB. */
    MemoryBlock(final long bytes) {
        // The buffer writes zeros over all of it, so that no page is missing when it is used.
        this.memory = BufferUtil.allocateDirectAligned(Math.toIntExact(bytes), CACHE_LINE);
        this.bytes = bytes;
    }

    /** Where it begins. */
    long address() {
        return BufferUtil.address(memory);
    }

    long bytes() {
        return bytes;
    }
}
