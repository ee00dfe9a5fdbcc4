package io.tickbridge.gateway.book.order;

import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;

/** What the C library does with memory. Loaded with the first call. */
final class LibC {
    // include/uapi/asm-generic/mman-common.h, of x86-64 and AArch64 alike
    static final int PROT_NONE = 0;
    static final int PROT_READ_WRITE = 3;
    static final int MADV_HUGEPAGE = 14;
    /** MAP_PRIVATE and MAP_ANONYMOUS. */
    static final int MAP_OWN_MEMORY = 0x22;
    static final int NO_FILE = -1;
    /** What mmap(2) returns when it refuses. */
    static final long MAP_FAILED = -1;

    static final Calls CALLS = LibraryLoader.create(Calls.class).load("c");

    /** As the C library declares them. */
    public interface Calls {
        /**
         * mmap(2). The first parameter is a pointer, and null, since the machine code that JNR generates for six numbers hands over
         * a wrong sixth one on x86-64 (jffi 1.4.3: EINVAL); it generates none where there is a pointer.
         */
        long mmap(Pointer near, long length, int protection, int flags, int file, long offset);

        /** munmap(2). */
        int munmap(long address, long length);

        /** mprotect(2). */
        int mprotect(long address, long length, int protection);

        /** madvise(2). */
        int madvise(long address, long length, int advice);
    }

    private LibC() {
    }
}
