package io.tickbridge.gateway.book.order;

import java.lang.ref.Cleaner;
import jnr.ffi.LibraryLoader;
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
    private static final long HUGE_PAGE = 2 << 20;
    private static final int MADV_HUGEPAGE = 14; // include/uapi/asm-generic/mman-common.h
    private static final Cleaner CLEANER = Cleaner.create();

    private final long address;
    private final long bytes;

    /** As the C library declares it. */
    public interface Calls {
        /** madvise(2). */
        int madvise(long address, long length, int advice);
    }

    /** Loaded with the first large piece: a feed without many orders does not need it. */
    private static final class CLibrary {
        private static final Calls CALLS = LibraryLoader.create(Calls.class).load("c");
    }

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
            CLibrary.CALLS.madvise(address, bytes & -HUGE_PAGE, MADV_HUGEPAGE);
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
