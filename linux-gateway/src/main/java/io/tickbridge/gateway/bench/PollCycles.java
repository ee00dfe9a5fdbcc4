package io.tickbridge.gateway.bench;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.burst.BurstSource;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.agrona.DirectBuffer;

/**
 * What a poll costs, by the processor's time stamp counter read around it: medians over bursts, so that those in which
 * another program had the processor do not count, less what reading the counter takes. On the calling thread.
 *
 * @param frame      cycles from calling poll to its return, a frame of the burst: reading the EtherType and giving the burst
 *                   before back included
 * @param firstFrame cycles from calling poll to the handler's being called with the burst's first frame
 */
record PollCycles(double frame, double firstFrame) {
    private static final int BURSTS = 20_000;
    private static final double FRACTION = 1000; // of a cycle
    private static final int WARM_UP_ROUNDS = 5;
    private static final long LONGEST_ROUND = 1_000_000_000; // ns: where frames must be waited for

    /** Notes when the first frame since it was told to look comes. */
    private static final class FirstFrame implements FrameHandler {
        private final BurstSource source;
        private long cycles;
        private boolean isAwaited;

        private FirstFrame(final BurstSource source) {
            this.source = source;
        }

        @Override
        public void onFrame(
                final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int port) {
            if (isAwaited) {
                isAwaited = false;
                cycles = source.cycles();
            }
        }
    }

    /**
     * Measures, after the rate: a further kind of handler makes the compiler's work on polling less good.
     *
     * @param source polled by this thread
     * @param limit  most frames a poll
     */
    static PollCycles measure(final BurstSource source, final int limit) {
        final double reading = median(() -> -source.cycles() + source.cycles());
        final PolledRate.Touch touch = new PolledRate.Touch();
        final double frame = median(() -> {
            final long start = source.cycles();
            final int frames = source.poll(touch, limit);
            final long end = source.cycles();
            return frames == 0 ? 0 : Math.max(1, Math.round((end - start - reading) * FRACTION / frames));
        }) / FRACTION;
        final FirstFrame first = new FirstFrame(source);
        final double firstFrame = median(() -> {
            first.isAwaited = true;
            final long start = source.cycles();
            return source.poll(first, limit) == 0 ? 0 : Math.max(1, first.cycles - start);
        }) - reading;
        return new PollCycles(frame, firstFrame);
    }

    /** The last of several rounds; what is 0 does not count. NaN when nothing does. */
    private static double median(final LongSupplier sample) {
        final long[] samples = new long[BURSTS];
        int taken = 0;
        for (int round = 0; round <= WARM_UP_ROUNDS; round++) {
            taken = 0;
            for (final long start = System.nanoTime(); taken < BURSTS && System.nanoTime() - start < LONGEST_ROUND;) {
                samples[taken] = sample.getAsLong();
                taken += samples[taken] > 0 ? 1 : 0;
            }
        }
        Arrays.sort(samples, 0, taken);
        return taken == 0 ? Double.NaN : samples[taken / 2];
    }
}
