package io.tickbridge.gateway.book.order;

import jnr.ffi.LibraryLoader;

/** What the C library does with memory. Loaded with the first call. */
final class LibC {
    // include/uapi/asm-generic/mman-common.h, of x86-64 and AArch64 alike
    static final int PROT_NONE = 0;
    static final int PROT_READ_WRITE = 3;
    static final int MADV_HUGEPAGE = 14;

    static final Calls CALLS = LibraryLoader.create(Calls.class).load("c");

    /** As the C library declares them. */
    public interface Calls {
        /** mprotect(2). */
        int mprotect(long address, long length, int protection);

        /** madvise(2). */
        int madvise(long address, long length, int advice);
    }

    private LibC() {
    }
}
