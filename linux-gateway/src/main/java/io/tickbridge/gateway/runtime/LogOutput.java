package io.tickbridge.gateway.runtime;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The log is written by a thread of its own, and what it has not written when the process ends would be lost. */
public final class LogOutput {

    private LogOutput() {
    }

    /** Writes what waits and ends logging: the last thing that a process does. */
    public static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
