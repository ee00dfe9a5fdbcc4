package io.tickbridge.gateway.runtime;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.OffsetEpochNanoClock;

/** The one clock of a run: receive times, the link, the journal's start, latencies and silences are told by it. */
public final class RunClock {
    private static final int RETRIES = 100;
    private static final long THRESHOLD = 250; // ns that the reading of both clocks may take; Agrona's own default

    private RunClock() {
    }

    /**
     * A clock set once against the wall clock, now, and going on by the monotonic one.
     *
     * <p>The wall clock steps when it is set, backwards too: a frame would then be received before an earlier one,
     * heartbeats and silences would come at wrong times, and add-ons would measure an offset that no longer holds
     * (SPECIFICATION.md, section 7). The monotonic clock never steps, yet follows NTP's corrections of its rate, so it
     * does not run away in a long run. Agrona's clock by default sets itself anew every hour, which is a step again:
     * here it never does.
     *
     * @return ns since the Unix epoch, never less than before
     */
    public static EpochNanoClock start() {
        return new OffsetEpochNanoClock(RETRIES, THRESHOLD, Long.MAX_VALUE);
    }
}
