package io.tickbridge.gateway.feed.cme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** One wrong time changes nothing; two that go together are believed. */
class SendingTimesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_700_000_000L * SECOND;
    private static final long YEAR = 365L * 86_400 * SECOND;

    private final SendingTimes times = new SendingTimes();

    @Test
    void timesThatGoWithTheTimeThatPassedAreTaken() {
        assertEquals(NOW, times.of(NOW, 5 * SECOND));
        assertEquals(NOW - SECOND, times.of(NOW - SECOND, 5 * SECOND), "the other line's copy of an earlier packet");
        assertEquals(NOW, times.latest());
        assertEquals(NOW + 7_200 * SECOND, times.of(NOW + 7_200 * SECOND, 7_205 * SECOND), "after a quiet night");
        assertEquals(NOW + 7_200 * SECOND, times.latest());
    }

    @Test
    void oneFromTheFutureIsReplacedAndForgotten() {
        times.of(NOW, SECOND);
        assertEquals(NOW + SECOND, times.of(NOW + YEAR, 2 * SECOND));
        assertEquals(NOW, times.latest());
        assertEquals(NOW + 2 * SECOND, times.of(NOW + 2 * SECOND, 3 * SECOND));
        assertEquals(NOW + 3 * SECOND, times.of(NOW - YEAR, 4 * SECOND), "and one from the past");
        assertEquals(NOW + 2 * SECOND, times.latest());
    }

    @Test
    void aFirstOneThatWasWrongIsCorrectedByTheNextTwo() {
        times.of(NOW + YEAR, SECOND);
        assertEquals(NOW + YEAR, times.of(NOW, SECOND));
        assertEquals(NOW + 1, times.of(NOW + 1, SECOND));
        assertEquals(NOW + 1, times.latest());
        final SendingTimes early = new SendingTimes();
        early.of(0, SECOND);
        assertEquals(0, early.of(NOW, SECOND));
        assertEquals(NOW + 1, early.of(NOW + 1, SECOND));
        assertEquals(NOW + 1, early.latest());
    }
}
