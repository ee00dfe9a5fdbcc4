package io.tickbridge.gateway.placement;

import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import jnr.ffi.annotations.In;

/** The C library's calls that Java has no other way to. Linux; any thread. */
final class LibC implements MemoryCalls {
    /** Stands for the calling thread: sched_setaffinity(2). */
    static final int CALLER = 0;
    static final int EPERM = 1;
    static final int ESRCH = 3;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EINVAL = 22;
    static final int ENOSYS = 38;

    // include/uapi/asm-generic/mman.h, the same on x86-64 and AArch64.
    static final int MCL_CURRENT = 1;
    static final int MCL_FUTURE = 2;
    static final int MCL_ONFAULT = 4;

    private static final int MASK_BYTES = 1024; // 8192 CPUs: CONFIG_NR_CPUS of the largest distribution kernels

    /** As the C library declares them. */
    public interface Calls {
        /** sched_setaffinity(2): thread 0 is the caller. */
        int sched_setaffinity(int thread, long size, @In byte[] mask);

        /** mlockall(2). */
        int mlockall(int flags);

        /** munlockall(2). */
        int munlockall();
    }

    private final Calls calls;
    private final Runtime runtime;

    private LibC() {
        calls = LibraryLoader.create(Calls.class).load("c");
        runtime = Runtime.getRuntime(calls);
    }

    /** Loaded when first asked for: a gateway that places nothing does not need it. */
    private static final class Loaded {
        private static final LibC INSTANCE = new LibC();
    }

    static LibC loaded() {
        return Loaded.INSTANCE;
    }

    /** Lets a thread run on these CPUs alone. Returns 0, or the error's number. */
    int place(final int thread, final CpuSet cpus) {
        return calls.sched_setaffinity(thread, MASK_BYTES, cpus.mask(MASK_BYTES)) == 0 ? 0 : LastError.getLastError(runtime);
    }

    @Override
    public int lockMemory(final int flags) {
        return calls.mlockall(flags) == 0 ? 0 : LastError.getLastError(runtime);
    }

    @Override
    public void unlockMemory() {
        calls.munlockall();
    }
}
