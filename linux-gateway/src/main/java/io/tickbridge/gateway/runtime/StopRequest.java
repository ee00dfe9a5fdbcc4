package io.tickbridge.gateway.runtime;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a gateway comes to an end: by a signal from outside, by the end of a capture, or by a failure. The first word
 * counts. While the process is being terminated, the virtual machine waits until {@link #completed}, and the exit code
 * is then 0 unless something failed: left to itself it would be 128 and the signal's number, as if it had been killed.
 */
final class StopRequest {
    private static final long COMPLETION_LIMIT = 30; // seconds; then the process may die with work undone

    private static final Logger LOG = LoggerFactory.getLogger(StopRequest.class);

    private final Thread hook = new Thread(this::terminate, "stop");
    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch completed = new CountDownLatch(1);
    private String reason;
    private Throwable failure;

    /** A request that SIGINT and SIGTERM make. */
    static StopRequest byTermination() {
        final StopRequest stop = new StopRequest();
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    private void terminate() {
        end("terminated", null);
        final boolean ordered = awaitCompletion();
        final Throwable cause = failure();
        if (!ordered) {
            LOG.error("not closed within {} s; what was still to be written may be lost", COMPLETION_LIMIT);
        } else if (cause != null) {
            LOG.error("failed: {}", cause.getMessage(), cause);
        }
        // The virtual machine goes without waiting for the thread that would have done this.
        LogOutput.close();
        Runtime.getRuntime().halt(ordered && cause == null ? 0 : 1);
    }

    private boolean awaitCompletion() {
        try {
            return completed.await(COMPLETION_LIMIT, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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

    /** Everything is closed; the process may go, with the exit code of whoever ends it now. */
    void completed() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException terminating) {
            // The hook runs already, and waits for this.
        }
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
