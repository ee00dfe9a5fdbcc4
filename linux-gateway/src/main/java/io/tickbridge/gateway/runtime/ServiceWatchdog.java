package io.tickbridge.gateway.runtime;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells the service manager that the gateway receives, and from then on that its receive thread still goes round. A thread that
 * hangs, for whatever reason, is so restarted; one that merely has nothing to do still polls. Status thread.
 */
final class ServiceWatchdog {
    private final Consumer<String> notices;
    private final long interval;
    private final BooleanSupplier receiving;
    private final LongSupplier polls;
    private boolean ready;
    private long lastPolls = -1;
    private long nextTime;

    /**
     * A watchdog.
     *
     * @param notices   to the service manager
     * @param limit     ns within which it wants a sign of life (WATCHDOG_USEC); 0 for none
     * @param receiving whether the source is open and polled
     * @param polls     of the source, ever rising
     */
    ServiceWatchdog(final Consumer<String> notices, final long limit, final BooleanSupplier receiving, final LongSupplier polls) {
        this.notices = notices;
        // Half of what is allowed, as sd_watchdog_enabled(3) advises.
        this.interval = limit / 2;
        this.receiving = receiving;
        this.polls = polls;
    }

    /** Limit as the service manager has put it into the environment: microseconds, for the process that it names. */
    static long limit(final String microseconds, final String process, final long self) {
        final boolean ours = process == null || process.equals(Long.toString(self));
        return ours && microseconds != null && microseconds.matches("\\d{1,15}") ? Long.parseLong(microseconds) * 1_000 : 0;
    }

    /**
     * Looks, now and then.
     *
     * @param now ns on a clock that does not step
     */
    void look(final long now) {
        if (!ready && receiving.getAsBoolean()) {
            ready = true;
            notices.accept("READY=1\nSTATUS=receiving");
        }
        if (!ready || interval == 0 || now < nextTime) {
            return;
        }
        nextTime = now + interval;
        final long current = polls.getAsLong();
        if (current != lastPolls) {
            lastPolls = current;
            notices.accept("WATCHDOG=1");
        }
    }
}
