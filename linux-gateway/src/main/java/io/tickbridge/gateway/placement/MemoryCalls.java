package io.tickbridge.gateway.placement;

/** The kernel's calls that lock memory, as the C library has them: a kernel that refuses is hard to come by in a test. */
interface MemoryCalls {
    /** Locks memory, mlockall(2). Returns 0, or the error's number. */
    int lockMemory(int flags);

    /** Takes all locks away, munlockall(2). */
    void unlockMemory();
}
