package io.tickbridge.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Whether code allocates once it is warm. Classes are loaded and code is compiled anew at moments that nobody chooses,
 * and that costs the running thread some bytes; code that allocates does so in every round. One round without a byte
 * therefore shows that it does not.
 */
public final class SteadyAllocation {
    private static final int ROUNDS = 10;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private SteadyAllocation() {
    }

    /** Runs the round until it has allocated nothing; fails when it always does. */
    public static void assertNoneIn(final Runnable round) {
        assertNoneIn(() -> { }, round);
    }

    /** As above, with something before each round that may allocate. */
    public static void assertNoneIn(final Runnable before, final Runnable round) {
        long allocated = -1;
        for (int i = 0; i < ROUNDS && allocated != 0; i++) {
            before.run();
            final long earlier = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - earlier;
        }
        assertEquals(0, allocated, "bytes allocated in the last of " + ROUNDS + " rounds");
    }
}
