package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How long records wait, seen at looks. */
class JournalLagTest {
    private long recorded;
    private long written;
    private final JournalLag lag = new JournalLag(() -> recorded, () -> written);

    @Test
    void risesWhileTheOldestRecordWaitsAndIsGoneWithIt() {
        look(0, 0, 0, 0, 0);
        look(500, 400, 100, 0, 100);
        look(900, 450, 200, 100, 450);
        look(1_300, 499, 300, 200, 801);
        // Everything seen at the first of these looks is written; what came later waits since the next mark.
        look(1_400, 500, 400, 0, 900);
        look(1_400, 900, 500, 100, 500);
        look(1_400, 1_400, 600, 0, 0);
    }

    private void look(final long nowRecorded, final long nowWritten, final long now, final long expectedLag, final long expectedWaiting) {
        recorded = nowRecorded;
        written = nowWritten;
        lag.look(now);
        assertEquals(expectedLag, lag.lag(), "lag at " + now);
        assertEquals(expectedWaiting, lag.waiting(), "waiting at " + now);
    }
}
