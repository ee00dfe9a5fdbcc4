package io.tickbridge.gateway.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.agrona.DirectBuffer;
import org.junit.jupiter.api.Test;

/** Once its instruments are known, the engine with every built-in rule allocates nothing. */
class SignalAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int EVENTS = 50_000;
    private static final int ROUNDS = 5;

    @Test
    void steadyStateAllocatesNothing() {
        final Sum sum = new Sum();
        final RandomMarket market = new RandomMarket(99, sum);
        // Loads classes, links method handles, and touches every branch.
        market.run(EVENTS);
        THREADS.getCurrentThreadAllocatedBytes();
        final long signalsBefore = sum.signals;
        // Code that is compiled anew meanwhile costs some bytes once; rules that allocate would do so in every round.
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && allocated > 0; round++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            market.run(EVENTS);
            allocated = Math.min(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, allocated, "bytes in " + EVENTS + " events");
        assertTrue(sum.signals - signalsBefore > EVENTS / 2, "the market must have made rules fire");
    }

    @Test
    void theMeasureSeesOneSmallObject() {
        THREADS.getCurrentThreadAllocatedBytes();
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        final byte[] small = new byte[16];
        assertTrue(THREADS.getCurrentThreadAllocatedBytes() - before >= small.length);
    }

    private static final class Sum implements SignalListener {
        private long signals;
        private long sum;

        @Override
        public void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
            signals++;
            sum += body.getLong(offset + BODY_LENGTH - Long.BYTES) + receiveTime;
        }
    }
}
