package io.tickbridge.gateway.bench;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.capture.FrameHandler;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Plays a capture again and again: first until its time has settled, then to measure. Allocates in its constructor. */
final class PassTimer {
    private static final int MAX_PASSES = 1 << 18;
    /** Passes whose median is compared with that of the passes before them. */
    private static final int WINDOW = 100;
    private static final int SETTLED_WINDOWS = 5;
    private static final double SETTLED = 0.02;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long[] times = new long[MAX_PASSES];
    private final LoopedCapture capture;
    private int passes;
    private long allocated;

    PassTimer(final LoopedCapture capture) {
        this.capture = capture;
    }

    /**
     * Plays until it gets no faster: no window of five in a row has a median 2 % below the fastest before. What other
     * processes slow down does not prolong it.
     *
     * @param shortest ns it takes at least, the compiler being busy while nothing seems to change
     */
    void warmUp(final FrameHandler handler, final long shortest) {
        double fastest = Double.MAX_VALUE;
        long played = 0;
        for (int settled = 0; settled < SETTLED_WINDOWS || played < shortest; settled++) {
            passes = 0;
            while (passes < WINDOW) {
                played += pass(handler);
            }
            final double median = median();
            if (median < fastest * (1 - SETTLED)) {
                settled = 0;
            }
            fastest = Math.min(fastest, median);
        }
    }

    /** Measures for this many ns. */
    void measure(final FrameHandler handler, final long nanos) {
        passes = 0;
        final long before = threads.getCurrentThreadAllocatedBytes();
        for (long played = 0; played < nanos && passes < MAX_PASSES;) {
            played += pass(handler);
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** Median ns of a pass; sorts what was measured. */
    double median() {
        Arrays.sort(times, 0, passes);
        return times[passes / 2];
    }

    /** Bytes allocated by this thread in all passes measured, by whatever runs in them. */
    long allocated() {
        return allocated;
    }

    int passes() {
        return passes;
    }

    private long pass(final FrameHandler handler) {
        capture.prepare();
        capture.playReset(handler);
        final long start = System.nanoTime();
        capture.play(handler);
        final long time = System.nanoTime() - start;
        times[passes++] = time;
        return time;
    }
}
