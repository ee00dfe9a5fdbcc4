package io.tickbridge.gateway.bench.rfc2544;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.bench.wire.TestFrames;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Every frame of a trial is counted once, under what it is. */
class TrialReceiverTest {
    private final TrialReceiver receiver = new TrialReceiver();

    private void receive(final int trial, final int number) {
        final UnsafeBuffer frame = TestFrames.frame(64, trial, number, System.nanoTime());
        receiver.onFrame(frame, 0, frame.capacity(), 0, 0);
    }

    @Test
    void countsFramesDuplicatesAndThoseOutOfOrder() {
        receiver.begin(5, 100);

        for (final int number : new int[] {0, 1, 3, 2, 3, 99, 4}) {
            receive(5, number);
        }

        final Arrivals arrivals = receiver.arrivals();
        assertEquals(6, arrivals.received());
        assertEquals(1, arrivals.duplicates());
        assertEquals(2, arrivals.reordered());
        assertEquals(6, arrivals.latency().getTotalCount());
    }

    @Test
    void framesOfAnotherTrialAreStraysAndWhatIsNoTestFrameIsNothing() {
        receiver.begin(5, 100);

        receive(4, 0);
        receive(5, -1);
        receiver.onFrame(new UnsafeBuffer(new byte[60]), 0, 60, 0, 0);
        final UnsafeBuffer cut = TestFrames.frame(64, 5, 0, 0);
        receiver.onFrame(cut, 0, 50, 0, 0);

        assertEquals(0, receiver.received());
        assertEquals(2, receiver.strays());
    }

    @Test
    void aNewTrialBeginsAtNothing() {
        receiver.begin(5, 100);
        receive(5, 0);
        receiver.begin(6, 100);
        receive(6, 0);

        assertEquals(1, receiver.received());
        assertEquals(0, receiver.arrivals().duplicates());
    }

    @Test
    void latencyCountsFromTheScheduledTime() {
        final long late = 5_000_000_000L;
        receiver.begin(1, 10);
        final UnsafeBuffer frame = TestFrames.frame(64, 1, 0, System.nanoTime() - late);
        receiver.onFrame(frame, 0, frame.capacity(), 0, 0);

        assertTrue(receiver.arrivals().latency().getMaxValue() >= late);
    }
}
