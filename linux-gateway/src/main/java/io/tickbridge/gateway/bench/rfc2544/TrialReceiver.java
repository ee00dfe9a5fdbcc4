package io.tickbridge.gateway.bench.rfc2544;

import io.tickbridge.gateway.bench.wire.TestFrame;
import io.tickbridge.gateway.capture.FrameHandler;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/** Takes the frames of one trial at a time. Allocates between trials only. */
final class TrialReceiver implements FrameHandler {
    private static final long LONGEST_LATENCY = 60_000_000_000L; // ns
    private static final int FIRST_CAPACITY = 1 << 20;

    private Histogram latency = new Histogram(LONGEST_LATENCY, 3);
    private long[] seen = new long[FIRST_CAPACITY / Long.SIZE];
    private int trial;
    private int received;
    private int duplicates;
    private int reordered;
    private int highest;
    private long lastLatency;
    private long differences;
    private long strays;

    /**
     * Begins a trial.
     *
     * @param number which the frames carry
     * @param frames most that can come
     */
    void begin(final int number, final int frames) {
        trial = number;
        final int words = frames / Long.SIZE + 1;
        seen = new long[Math.max(words, FIRST_CAPACITY / Long.SIZE)];
        latency = new Histogram(LONGEST_LATENCY, 3);
        received = 0;
        duplicates = 0;
        reordered = 0;
        highest = -1;
        lastLatency = 0;
        differences = 0;
    }

    @Override
    public void onFrame(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int port) {
        if (!TestFrame.is(buffer, offset, length)) {
            return;
        }
        final long now = System.nanoTime();
        final int number = TestFrame.number(buffer, offset);
        if (TestFrame.trial(buffer, offset) != trial || number < 0 || number >= seen.length * (long) Long.SIZE) {
            strays++;
            return;
        }
        final long bit = 1L << number;
        if ((seen[number / Long.SIZE] & bit) != 0) {
            duplicates++;
            return;
        }
        seen[number / Long.SIZE] |= bit;
        if (number < highest) {
            reordered++;
        } else {
            highest = number;
        }
        final long nanos = Math.min(LONGEST_LATENCY, Math.max(0, now - TestFrame.scheduled(buffer, offset)));
        latency.recordValue(nanos);
        if (received > 0) {
            differences += Math.abs(nanos - lastLatency);
        }
        lastLatency = nanos;
        received++;
    }

    /** Frames of this trial so far. */
    int received() {
        return received;
    }

    /** Frames of trials that were over, since the beginning. */
    long strays() {
        return strays;
    }

    /** The trial's frames. */
    Arrivals arrivals() {
        return new Arrivals(received, duplicates, reordered, latency,
                received > 1 ? (double) differences / (received - 1) : 0);
    }
}
