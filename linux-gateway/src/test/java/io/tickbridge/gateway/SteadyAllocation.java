package io.tickbridge.gateway;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether code allocates once it is warm. Classes are loaded and code is compiled anew at moments that nobody chooses,
 * and that costs the running thread some bytes in a round or two; code that allocates does so in every round, as long as
 * a round is long enough: it must be many times what the code may do before it allocates again, hundreds of bursts and not
 * one. So most rounds must allocate nothing; a single one would also be found in code that allocates now and then.
 */
public final class SteadyAllocation {
    /** Classes are loaded, and what is hot is compiled, mostly here. */
    private static final int WARMING_ROUNDS = 3;
    private static final int ROUNDS = 11;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private SteadyAllocation() {
    }

    /** Runs the round until most of {@value #ROUNDS} have allocated nothing; fails when they did not. */
    public static void assertNoneIn(final Runnable round) {
        assertNoneIn(() -> { }, round);
    }

    /** As above, with something before each round that may allocate. */
    public static void assertNoneIn(final Runnable before, final Runnable round) {
        final List<Long> allocated = new ArrayList<>();
        for (int i = -WARMING_ROUNDS; i < ROUNDS && !isSteady(allocated); i++) {
            before.run();
            final long earlier = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            final long bytes = THREADS.getCurrentThreadAllocatedBytes() - earlier;
            if (i >= 0) {
                allocated.add(bytes);
            }
        }
        assertTrue(isSteady(allocated), () -> "bytes allocated in each round: " + allocated);
    }

    /**
     * Whether the median of {@value #ROUNDS} rounds is 0, however the rest of them ends.
     *
     * @param allocated bytes in each round so far
     */
    public static boolean isSteady(final List<Long> allocated) {
        return allocated.stream().filter(bytes -> bytes == 0).count() > ROUNDS / 2;
    }
}
