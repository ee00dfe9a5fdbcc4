package io.tickbridge.gateway.cli;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The process's logs. They are written by a thread that dies with the process, whatever it still has to write. */
final class Logs {
    private Logs() {
    }

    /** Writes what waits, and stops logging: the last thing before the process ends. */
    static void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.stop();
        }
    }
}
