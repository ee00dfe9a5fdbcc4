package io.tickbridge.gateway.feed.nasdaq;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Makes times since the Unix epoch of ITCH's times since midnight in New York. The day is that on which the packet was
 * received, read from the packet's own receive time, never from a clock.
 *
 * <p>One thread. Allocates once a day, when the first packet of another day is seen.
 */
final class EasternDay {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** The day lasts from here, ns since the Unix epoch, … */
    private long midnight = 1;
    /** … to before here. */
    private long nextMidnight;

    /** Midnight of the day in which the time lies, both ns since the Unix epoch. */
    long midnightBefore(final long receiveTime) {
        if (receiveTime < midnight || receiveTime >= nextMidnight) {
            final LocalDate day = Instant.ofEpochSecond(Math.floorDiv(receiveTime, NANOS_PER_SECOND))
                    .atZone(NEW_YORK).toLocalDate();
            midnight = startOf(day);
            nextMidnight = startOf(day.plusDays(1));
        }
        return midnight;
    }

    private static long startOf(final LocalDate day) {
        return day.atStartOfDay(NEW_YORK).toEpochSecond() * NANOS_PER_SECOND;
    }
}
