package io.tickbridge.gateway.runtime;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log is written by a thread of its own, and what it has not written when the process ends would be lost. */
public final class LogOutput {
    private static final String APPENDER = "ASYNC"; // its name in logback.xml
    private static final long PATIENCE = 3_000; // ms

    private LogOutput() {
    }

    /**
     * Writes what waits and ends logging: the last thing that a process does. When nobody takes what is written, it is
     * given up after a while: standard error that nobody reads must not keep the process.
     */
    public static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            final Thread closing = new Thread(context::stop, "log-close");
            closing.setDaemon(true);
            closing.start();
            try {
                closing.join(PATIENCE);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Log events that found no room since the process began. Safe to call from any thread. */
    static long discarded() {
        final BoundedLogAppender appender = appender();
        return appender == null ? 0 : appender.discarded();
    }

    /** Says in the log how many events were discarded, once there is room again. */
    static void reportDiscarded() {
        final BoundedLogAppender appender = appender();
        if (appender != null) {
            appender.reportDiscarded();
        }
    }

    private static BoundedLogAppender appender() {
        return LoggerFactory.getILoggerFactory() instanceof LoggerContext context
                && context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER) instanceof BoundedLogAppender bounded
                ? bounded : null;
    }
}
