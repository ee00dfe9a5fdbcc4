package io.tickbridge.gateway.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** However many connections fail to log on, the log stays readable, and says how many they were. */
class RejectionLogTest {
    private static final long SECOND = 1_000_000_000L;

    private final Logger logger = (Logger) LoggerFactory.getLogger(RejectionLog.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final RejectionLog log = new RejectionLog(LinkJournal.NONE);

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
    }

    private List<String> lines() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void logsTheFirstAndThenOneSummaryASecond() {
        for (int i = 0; i < 1000; i++) {
            log.rejected("peer " + i, "rejected", 5 + i);
        }
        log.report(4 + SECOND);
        assertEquals(List.of("link: peer 0 rejected"), lines());
        log.report(5 + SECOND);
        assertEquals(List.of("link: peer 0 rejected",
                "link: 999 more connections ended without a logon, the latest from peer 999"), lines());
        log.rejected("peer 1000", "rejected", 6 + SECOND);
        assertEquals(2, lines().size());
        assertEquals(1, log.unlogged());
        log.report(5 + 2 * SECOND);
        assertEquals(3, lines().size());
        assertEquals(0, log.unlogged());
    }

    @Test
    void afterAQuietSecondTheNextIsLoggedInFull() {
        log.rejected("a", "rejected", 0);
        log.report(SECOND);
        log.rejected("b", "left", SECOND + 1);
        assertEquals(List.of("link: a rejected", "link: b left"), lines());
    }
}
