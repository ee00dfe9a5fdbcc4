package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Logging never waits for whoever reads the log, and says what it left out. */
class BoundedLogAppenderTest {
    private static final int QUEUE = 16;
    private static final int EVENTS = 1000;

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final BoundedLogAppender appender = new BoundedLogAppender();
    private final CountDownLatch taken = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);
    private final List<String> written = new CopyOnWriteArrayList<>();

    /** Standard error that nobody reads, until someone does. */
    private final class Stuck extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(final ILoggingEvent event) {
            taken.countDown();
            try {
                read.await();
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            written.add(event.getFormattedMessage());
        }
    }

    @Test
    @Timeout(60)
    void discardsCountsAndReportsWhatFindsNoRoom() throws InterruptedException {
        final Stuck stuck = new Stuck();
        stuck.setContext(context);
        stuck.start();
        appender.setContext(context);
        appender.setQueueSize(QUEUE);
        appender.addAppender(stuck);
        appender.start();
        final Logger logger = context.getLogger("log of which nobody takes the lines");
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(appender);
        logger.info("0");
        taken.await(); // the writer holds one: what follows fills the queue alone
        for (int i = 1; i <= EVENTS; i++) {
            logger.info(Integer.toString(i));
        }
        assertEquals(EVENTS - QUEUE, appender.discarded());
        assertEquals(List.of(), written);
        read.countDown();
        while (appender.getRemainingCapacity() < QUEUE) {
            Thread.onSpinWait();
        }
        logger.info("last");
        assertEquals(EVENTS - QUEUE, appender.discarded());
        appender.stop();
        logger.detachAppender(appender);
        assertEquals(1 + QUEUE + 2, written.size());
        assertEquals("last", written.get(written.size() - 1));
        assertTrue(written.get(written.size() - 2).startsWith(EVENTS - QUEUE + " log events were discarded"),
                () -> written.toString());
    }
}
