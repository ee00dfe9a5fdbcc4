package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.CmeFeedHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteOrder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A dead line is seen although the feed lives on by the other. */
class LineWatchTest {
    private static final long LIMIT = 1000;
    private static final int HEADER = 12; // CME binary packet header: sequence and sending time
    private static final int A = 0;
    private static final int B = 1;

    private final CmeFeedHandler feed = new CmeFeedHandler(2, 16, 1_000_000_000, 1_000_000_000, (MarketDataListener) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {MarketDataListener.class},
            (proxy, method, args) -> method.getReturnType() == boolean.class ? false : null));
    private String others = "";
    private final LineWatch watch = new LineWatch("cme", feed.lineCounts(), LIMIT, () -> others);
    private int sequence;

    private void packet(final int... lines) {
        sequence++;
        final UnsafeBuffer packet = new UnsafeBuffer(new byte[HEADER]);
        packet.putInt(0, sequence, ByteOrder.LITTLE_ENDIAN);
        packet.putLong(4, sequence, ByteOrder.LITTLE_ENDIAN);
        for (final int line : lines) {
            feed.onDatagram(packet, 0, HEADER, sequence, line);
        }
    }

    /** Twice: what is judged is what the look before has seen. */
    private void look(final long now) {
        watch.look(now);
        watch.look(now);
    }

    private String silent() {
        return watch.silent(A) + " " + watch.silent(B);
    }

    @Test
    void aLineThatFallsSilentWhileTheOtherSpeaks() {
        packet(A, B);
        look(5_000);
        packet(B);
        look(5_000 + LIMIT);
        assertEquals("0 0", silent());
        packet(B);
        look(5_001 + LIMIT);
        assertEquals("1 0", silent());
        look(5_001 + 10 * LIMIT);
        assertEquals("1 0", silent(), "still dead though the other is quiet now");
        packet(A);
        look(5_002 + 10 * LIMIT);
        assertEquals("0 1", silent(), "now the other was quiet for nine limits");
    }

    @Test
    void theOtherLineHasUntilTheNextLookToDeliverTheSame() {
        packet(A, B);
        look(1);
        packet(A);
        watch.look(100 * LIMIT);
        packet(B);
        look(100 * LIMIT + 1);
        assertEquals("0 0", silent());
    }

    @Test
    void aLineThatNeverSpokeWhileTheOtherDoes() {
        look(0);
        look(LIMIT);
        assertEquals("0 0", silent(), "nobody has spoken yet");
        packet(A);
        look(LIMIT + 1);
        assertEquals("0 1", silent());
        packet(A);
        look(102 * LIMIT);
        assertEquals("0 1", silent());
        packet(B);
        look(102 * LIMIT + 1);
        assertEquals("0 0", silent());
    }

    @Test
    void aFeedThatIsNeverHeardAtAllIsSaidOnceForEachLine() {
        final ListAppender<ILoggingEvent> log = new ListAppender<>();
        final Logger logger = (Logger) LoggerFactory.getLogger(LineWatch.class);
        log.start();
        logger.addAppender(log);
        try {
            look(7_000_000);
            look(7_000_000 + LIMIT);
            assertEquals("0 0", silent());
            others = "224.0.31.9:14310 (5 frames)";
            look(9_000_000);
            look(90_000_000);
            assertEquals("1 1", silent());
            packet(A);
            look(90_000_001);
            assertEquals("0 1", silent());
        } finally {
            logger.detachAppender(log);
        }
        final String rest = " in the 2 ms since the start; check its group, port, interface and cable, and that the switch "
                + "delivers the group; no line is configured for what did come: 224.0.31.9:14310 (5 frames)";
        assertEquals(List.of("feed cme: nothing was heard on line-A" + rest, "feed cme: nothing was heard on line-B" + rest,
                "feed cme: line-A speaks"), log.list.stream().map(ILoggingEvent::getFormattedMessage).toList());
    }

    @Test
    void aFeedThatIsSilentOnAllLinesHasNoSilentLine() {
        packet(A, B);
        look(1);
        look(100 * LIMIT);
        assertEquals("0 0", silent());
    }

    @Test
    void countsWhatEachLineDeliveredAndDeliveredFirst() {
        packet(A, B);
        packet(B, A);
        packet(B);
        assertEquals(2, feed.lineCounts().datagrams(A));
        assertEquals(3, feed.lineCounts().datagrams(B));
        assertEquals(1, feed.lineCounts().firsts(A));
        assertEquals(2, feed.lineCounts().firsts(B));
    }
}
