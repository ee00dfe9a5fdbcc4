package io.tickbridge.gateway.link;

import org.agrona.concurrent.EpochNanoClock;

/** A clock that moves when told to, and by 1 ns at every reading, so that no two readings are alike. */
final class ManualClock implements EpochNanoClock {
    private long time = 1_732_287_600_000_000_000L;

    @Override
    public long nanoTime() {
        return time++;
    }

    long now() {
        return time;
    }

    void advance(final long nanos) {
        time += nanos;
    }
}
