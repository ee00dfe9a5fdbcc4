package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what must come, by asking again and again. The limit is only for what never comes. */
final class Await {
    private static final long LIMIT = 180; // seconds; a busy machine may take some
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(5);

    private Await() {
    }

    /**
     * Returns when the condition holds.
     *
     * @param what      for the message, should it never hold
     * @param condition asked often
     * @param state     what there is instead, for the message
     */
    static void until(final String what, final BooleanSupplier condition, final Supplier<String> state) {
        final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                fail("not within " + LIMIT + " s: " + what + "\n" + state.get());
            }
            LockSupport.parkNanos(INTERVAL);
        }
    }
}
