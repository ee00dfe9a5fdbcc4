package io.tickbridge.gateway.link;

import java.util.concurrent.TimeUnit;

/** Counts what one peer sends in a second. One thread. */
final class FrameRate {
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    private final int limit;
    private long begun;
    private int count;

    FrameRate(final int limit) {
        this.limit = limit;
    }

    /** Counts one frame; whether it is one of as many as may come. */
    boolean allows(final long now) {
        if (now - begun >= PERIOD) {
            begun = now;
            count = 0;
        }
        return ++count <= limit;
    }
}
