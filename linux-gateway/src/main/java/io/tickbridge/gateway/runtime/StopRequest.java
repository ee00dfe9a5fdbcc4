package io.tickbridge.gateway.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * How a gateway comes to an end: by a signal from outside, by the end of a capture, or by a failure. The first word
 * counts. While the process is being terminated, the virtual machine waits until {@link #completed}.
 */
final class StopRequest {
    private static final long COMPLETION_LIMIT = 30; // seconds; then the process may die with work undone

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch completed = new CountDownLatch(1);
    private String reason;
    private Throwable failure;

    /** A request that SIGINT and SIGTERM make. */
    static StopRequest byTermination() {
        final StopRequest stop = new StopRequest();
        Runtime.getRuntime().addShutdownHook(new Thread(stop::terminate, "stop"));
        return stop;
    }

    private void terminate() {
        end("terminated", null);
        try {
            completed.await(COMPLETION_LIMIT, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // The virtual machine goes without waiting for the thread that would have done this.
        LogOutput.close();
    }

    void finished(final String why) {
        end(why, null);
    }

    void failed(final Throwable why) {
        end("failed", why);
    }

    private synchronized void end(final String why, final Throwable cause) {
        if (reason == null) {
            reason = why;
            failure = cause;
            requested.countDown();
        }
    }

    void await() throws InterruptedException {
        requested.await();
    }

    /** Everything is closed; the process may go. */
    void completed() {
        completed.countDown();
    }

    synchronized String reason() {
        return reason;
    }

    /** Why it failed; null when it did not. */
    synchronized Throwable failure() {
        return failure;
    }
}
