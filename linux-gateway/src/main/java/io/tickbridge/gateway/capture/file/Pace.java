package io.tickbridge.gateway.capture.file;

import org.agrona.concurrent.NanoClock;

/** Tells when a recorded frame is due: as long after the first one as it was recorded, divided by a factor. */
final class Pace {
    private final double factor;
    private final NanoClock clock;
    private boolean started;
    private long firstRecorded;
    private long firstPlayed;

    private Pace(final double factor, final NanoClock clock) {
        this.factor = factor;
        this.clock = clock;
    }

    /** A pace; null for 0, which does not wait. */
    static Pace of(final double factor, final NanoClock clock) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    "pace " + factor + " must be 0 (as fast as possible) or a positive number");
        }
        return factor == 0 ? null : new Pace(factor, clock);
    }

    long now() {
        return clock.nanoTime();
    }

    /** Whether a frame recorded at that time may be played. The first one asked about always may. */
    boolean isDue(final long recorded, final long now) {
        if (!started) {
            started = true;
            firstRecorded = recorded;
            firstPlayed = now;
        }
        // A double holds 104 days of ns exactly.
        return now - firstPlayed >= (long) ((recorded - firstRecorded) / factor);
    }

    @Override
    public String toString() {
        return factor + " times the recorded pace";
    }
}
