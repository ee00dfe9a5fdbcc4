package io.tickbridge.gateway.bench;

import com.sun.management.ThreadMXBean;
import io.tickbridge.gateway.capture.FrameHandler;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Plays a capture again and again: first until its time has settled, then to measure. Allocates in its constructor.
 *
 * <p>A pass is timed in four parts, and what counts is the sum of the parts' medians. A part takes about as long as a
 * whole pass of the yardstick, so that being interrupted by another process spoils as much of the one as of the other.
 */
final class PassTimer {
    private static final int MAX_PASSES = 1 << 16;
    private static final int PARTS = 4;
    /** Passes whose median is compared with that of the passes before them. */
    private static final int WINDOW = 100;
    private static final double SETTLED = 0.02;
    private static final long LONGEST_WARM_UP = 60_000_000_000L;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final long[][] times = new long[PARTS][MAX_PASSES];
    private final LoopedCapture capture;
    private int passes;
    private long allocated;

    PassTimer(final LoopedCapture capture) {
        this.capture = capture;
    }

    /**
     * Plays until for a while neither has the compiler finished anything nor has it gone 2 % faster than ever before.
     * What other processes slow down does not prolong it.
     *
     * @param quiet ns that this while lasts
     */
    void warmUp(final FrameHandler handler, final long quiet) {
        final long latest = System.nanoTime() + LONGEST_WARM_UP;
        double fastest = Double.MAX_VALUE;
        long compiled = -1;
        for (long since = System.nanoTime(); System.nanoTime() - since < quiet && System.nanoTime() < latest;) {
            passes = 0;
            while (passes < WINDOW) {
                pass(handler);
            }
            final double median = median();
            final long compiledNow = compiler.getTotalCompilationTime();
            if (compiledNow != compiled || median < fastest * (1 - SETTLED)) {
                since = System.nanoTime();
            }
            compiled = compiledNow;
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
        double sum = 0;
        for (final long[] part : times) {
            Arrays.sort(part, 0, passes);
            sum += part[passes / 2];
        }
        return sum;
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
        final int frames = capture.frameCount();
        final long first = System.nanoTime();
        long start = first;
        for (int part = 0; part < PARTS; part++) {
            capture.play(handler, frames * part / PARTS, frames * (part + 1) / PARTS);
            final long end = System.nanoTime();
            times[part][passes] = end - start;
            start = end;
        }
        passes++;
        return start - first;
    }
}
