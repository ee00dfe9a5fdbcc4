package io.tickbridge.gateway.bench.wire;

import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Which cores a thread may run on. */
public final class Cores {
    private static final int MASK_BYTES = 128; // cpu_set_t of the C library: 1024 cores

    private Cores() {
    }

    /**
     * The cores that the calling thread may run on.
     *
     * @return their numbers, ascending
     */
    public static List<Integer> allowed() {
        final UnsafeBuffer mask = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(MASK_BYTES));
        if (CLibrary.C.sched_getaffinity(0, MASK_BYTES, mask.addressOffset()) < 0) {
            throw new IllegalStateException("cannot ask which cores there are: " + CLibrary.reason());
        }
        final List<Integer> cores = new ArrayList<>();
        for (int core = 0; core < MASK_BYTES * Byte.SIZE; core++) {
            if ((mask.getByte(core / Byte.SIZE) >> core % Byte.SIZE & 1) != 0) {
                cores.add(core);
            }
        }
        return cores;
    }

    /**
     * Keeps the calling thread, and threads that it starts from now on, on some cores.
     *
     * @param cores their numbers
     * @throws IllegalArgumentException when there is no such core, or this process may not use it
     */
    public static void pin(final List<Integer> cores) {
        final UnsafeBuffer mask = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(MASK_BYTES));
        for (final int core : cores) {
            if (core < 0 || core >= MASK_BYTES * Byte.SIZE) {
                throw new IllegalArgumentException("core " + core + ": there is no such core; allowed: " + allowed());
            }
            mask.putByte(core / Byte.SIZE, (byte) (mask.getByte(core / Byte.SIZE) | 1 << core % Byte.SIZE));
        }
        if (CLibrary.C.sched_setaffinity(0, MASK_BYTES, mask.addressOffset()) < 0) {
            throw new IllegalArgumentException(
                    "cores " + cores + " cannot be had (" + CLibrary.reason() + "); allowed: " + allowed());
        }
    }
}
