package io.tickbridge.gateway.book.order;

import java.lang.ref.Cleaner;
import org.agrona.UnsafeApi;

/**
 * A piece of zeroed memory outside the heap, aligned to a cache line; its pages are there. It is given back when nobody
 * refers to the piece any more.
 *
 * <p>A large piece asks the kernel for huge pages (madvise(2), MADV_HUGEPAGE). Orders lie all over it, and of ordinary pages a
 * processor can remember the addresses of a few megabytes' worth only. Where the kernel gives none, ordinary ones serve.
 */
final class MemoryBlock {
    private static final int CACHE_LINE = 64;
    /** Of x86-64, and of AArch64 with pages of 4 KiB. */
    static final long HUGE_PAGE = 2 << 20;
    private static final Cleaner CLEANER = Cleaner.create();

    private final long address;
    private final long bytes;

    /** Takes it from the system, which may last: 0.2 ms a MiB. */
    MemoryBlock(final long bytes) {
        final boolean isLarge = bytes >= HUGE_PAGE;
        final long alignment = isLarge ? HUGE_PAGE : CACHE_LINE;
        final long memory = UnsafeApi.allocateMemory(bytes + alignment);
        CLEANER.register(this, () -> UnsafeApi.freeMemory(memory));
        this.address = memory + alignment - 1 & -alignment;
        this.bytes = bytes;
        if (isLarge) {
            // What it answers is nobody's concern: the memory serves either way.
            LibC.CALLS.madvise(address, bytes & -HUGE_PAGE, LibC.MADV_HUGEPAGE);
        }
        // Zeros are written over all of it, so that no page is missing when it is used.
        UnsafeApi.setMemory(address, bytes, (byte) 0);
    }

    /** Where it begins. */
    long address() {
        return address;
    }

    long bytes() {
        return bytes;
    }
}
