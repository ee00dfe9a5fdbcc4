package io.tickbridge.gateway.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** So many requests a second and no more, by a clock that moves only while the pace waits. */
class RequestPaceTest {
    private static final long MS = 1_000_000;

    private final RecoveryCounts counts = new RecoveryCounts();
    private long now = -5 * MS;
    private boolean closed;

    private List<Long> times(final RequestPace pace, final int requests) {
        final List<Long> times = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            pace.await();
            times.add(now / MS);
        }
        return times;
    }

    private RequestPace pace(final int requestsPerSecond) {
        // Wakes up early, as a parked thread may.
        return new RequestPace(requestsPerSecond, counts, () -> closed, () -> now, rest -> now += Math.max(1, rest / 2));
    }

    @Test
    void requestsAreKeptApart() {
        final RequestPace pace = pace(50);
        assertEquals(List.of(-5L, 15L, 35L, 55L, 75L), times(pace, 5));
        assertEquals(4, counts.get(RecoveryCounter.THROTTLED));
        now += 100 * MS;
        assertEquals(List.of(175L, 195L), times(pace, 2));
        assertEquals(5, counts.get(RecoveryCounter.THROTTLED));
    }

    @Test
    void withoutALimitNothingWaits() {
        assertEquals(List.of(-5L, -5L, -5L), times(pace(0), 3));
        assertEquals(0, counts.get(RecoveryCounter.THROTTLED));
    }

    @Test
    void theEndIsNotWaitedFor() {
        final RequestPace pace = pace(1);
        pace.await();
        closed = true;
        assertEquals(List.of(-5L), times(pace, 1));
    }
}
