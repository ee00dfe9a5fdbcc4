package io.tickbridge.gateway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each reason alone makes a gateway unready, and only threads that stand still make it dead. */
class HealthTest {
    private static final List<String> FEEDS = List.of("es", "nq");

    @Test
    void isWell() {
        final Health health = with(Map.of());
        assertTrue(health.live());
        assertTrue(health.ready());
        assertEquals(List.of(), health.reasons());
    }

    @Test
    void isNotLiveWhenThreadsStandStill() {
        assertDead("the receive thread has not polled for 2001 ms", with(Map.of("receive.stalled", 2_001_000_000L)));
        assertDead("figures were not published for 3000 ms: the status thread hangs, or the machine does",
                Health.of(Map.of("receive.open", 1L), 3_000_000_000L, FEEDS));
        assertTrue(with(Map.of("receive.stalled", Health.LIMIT)).ready());
    }

    @Test
    void isNotReadyWhenSignalsCannotBeReliedUpon() {
        assertUnready("nothing is received yet: the source is not open, or waits for the first add-on", with(Map.of("receive.open", 0L)));
        assertUnready("the journal has stopped; the log says why", with(Map.of("journal.stopped", 1L)));
        assertUnready("signals are withheld because nothing is journalled", with(Map.of("signals.stopped", 1L)));
        assertUnready("all feeds are silent", with(Map.of("feed.es.stale", 1L, "feed.nq.stale", 1L)));
    }

    @Test
    void isReadyWhileOneFeedSpeaks() {
        assertTrue(with(Map.of("feed.es.stale", 1L)).ready());
        assertTrue(with(Map.of("feed.es.stale", 1L, "feed.nq.line-A.silent", 1L, "feed.nq.line-B.silent", 0L)).ready());
        assertFalse(with(Map.of("feed.es.stale", 1L, "feed.nq.line-A.silent", 1L, "feed.nq.line-B.silent", 1L)).ready());
    }

    private static Health with(final Map<String, Long> figures) {
        final Map<String, Long> all = new HashMap<>(Map.of("receive.open", 1L, "receive.stalled", 0L));
        all.putAll(figures);
        return Health.of(all, 100_000_000, FEEDS);
    }

    private static void assertDead(final String reason, final Health health) {
        assertFalse(health.live());
        assertFalse(health.ready());
        assertEquals(List.of(reason), health.reasons());
    }

    private static void assertUnready(final String reason, final Health health) {
        assertTrue(health.live());
        assertFalse(health.ready());
        assertEquals(List.of(reason), health.reasons());
    }
}
