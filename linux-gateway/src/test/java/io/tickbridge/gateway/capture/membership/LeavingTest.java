package io.tickbridge.gateway.capture.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.filter.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A device that takes no frame: said while there is something to be tried again, counted when the gateway ends. */
class LeavingTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(IgmpSender.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final MembershipCounts counts = new MembershipCounts();
    private boolean isGone;
    private final MembershipAgent agent = new MembershipAgent(new QueryTap(counts), counts, () -> 0);

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
        agent.add(0, List.of(new JoinedGroup(Ipv4Address.parse("224.0.31.1"), List.of())),
                ReportSource.of("02:00:00:00:00:01", 0, 0), IgmpVersion.V3, (port, buffer, offset, length) -> {
                    if (isGone) {
                        throw new CaptureException("the device is gone", null);
                    }
                });
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
    }

    @Test
    void aDeviceThatIsGoneAtTheEndIsNotPromisedAnotherTry() {
        agent.join();
        isGone = true;
        agent.leave();
        assertEquals(2, counts.failures());
        assertEquals(List.of(), logged.list);
    }

    @Test
    void oneThatFailsBeforeIsSaid() {
        isGone = true;
        agent.join();
        agent.leave();
        assertEquals(1, logged.list.size());
        assertTrue(logged.list.get(0).getFormattedMessage().contains("tried again every second: the device is gone"));
    }
}
