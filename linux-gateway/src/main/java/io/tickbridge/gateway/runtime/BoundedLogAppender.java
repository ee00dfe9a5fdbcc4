package io.tickbridge.gateway.runtime;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands log events to a thread of its own and never keeps whoever logs waiting: what finds no room is discarded, counted,
 * and reported once there is room again. Otherwise a terminal or pipe that nobody reads would stop the receive thread.
 * Named in logback.xml.
 */
public final class BoundedLogAppender extends AsyncAppender {
    private final AtomicLong discarded = new AtomicLong();
    private long unreported;

    /** As logback.xml makes it. */
    public BoundedLogAppender() {
        setNeverBlock(true);
        setDiscardingThreshold(0); // Logback's own discarding, by level, is not counted
    }

    /** Locked, so that the room seen is still there: other threads only make more of it. */
    @Override
    protected synchronized void append(final ILoggingEvent event) {
        reportDiscarded();
        if (unreported > 0 || getRemainingCapacity() == 0) {
            unreported++;
            discarded.incrementAndGet();
        } else {
            super.append(event);
        }
    }

    synchronized void reportDiscarded() {
        // Two places: the report, and the event that found room.
        if (unreported > 0 && isStarted() && getRemainingCapacity() > 1) {
            super.append(new LoggingEvent(BoundedLogAppender.class.getName(),
                    ((LoggerContext) getContext()).getLogger(BoundedLogAppender.class), Level.WARN,
                    unreported + " log events were discarded: standard error is not read fast enough", null, null));
            unreported = 0;
        }
    }

    /** Log events that found no room. */
    long discarded() {
        return discarded.get();
    }
}
