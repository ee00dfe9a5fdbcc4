package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a service manager hears from a gateway, and when it must not. */
final class ServiceWatchdogTest {
    private static final String READY = "READY=1\nSTATUS=receiving";
    private static final String ALIVE = "WATCHDOG=1";
    private static final long LIMIT = 2_000;

    private final List<String> heard = new ArrayList<>();
    private boolean receiving;
    private long polls;

    @Test
    void nothingIsSaidBeforeFramesMayCome() {
        final ServiceWatchdog watchdog = watchdog(LIMIT);
        watchdog.look(0);
        watchdog.look(10 * LIMIT);
        assertEquals(List.of(), heard);
    }

    @Test
    void aThreadThatGoesRoundIsAliveTwiceWithinTheLimit() {
        final ServiceWatchdog watchdog = watchdog(LIMIT);
        receiving = true;
        for (long now = 0; now < 2 * LIMIT; now += LIMIT / 10) {
            polls++;
            watchdog.look(now);
        }
        assertEquals(List.of(READY, ALIVE, ALIVE, ALIVE, ALIVE), heard);
    }

    @Test
    void aThreadThatHangsIsNotCalledAlive() {
        final ServiceWatchdog watchdog = watchdog(LIMIT);
        receiving = true;
        polls = 7;
        watchdog.look(0);
        for (long now = LIMIT; now < 10 * LIMIT; now += LIMIT) {
            watchdog.look(now);
        }
        assertEquals(List.of(READY, ALIVE), heard);
    }

    @Test
    void withoutALimitThereIsOnlyReadiness() {
        final ServiceWatchdog watchdog = watchdog(0);
        receiving = true;
        polls = 1;
        watchdog.look(0);
        polls = 2;
        watchdog.look(LIMIT);
        assertEquals(List.of(READY), heard);
    }

    @Test
    void theLimitIsForTheProcessThatItNames() {
        assertEquals(30_000_000_000L, ServiceWatchdog.limit("30000000", null, 5));
        assertEquals(30_000_000_000L, ServiceWatchdog.limit("30000000", "5", 5));
        assertEquals(0, ServiceWatchdog.limit("30000000", "6", 5));
        assertEquals(0, ServiceWatchdog.limit(null, null, 5));
        assertEquals(0, ServiceWatchdog.limit("soon", null, 5));
    }

    private ServiceWatchdog watchdog(final long limit) {
        return new ServiceWatchdog(heard::add, limit, () -> receiving, () -> polls);
    }
}
