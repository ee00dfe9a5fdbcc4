package io.tickbridge.gateway.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.CmeFeedHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A dead line is seen although the feed lives on by the other. */
class LineWatchTest {
    private static final long LIMIT = 1000;
    private static final int HEADER = 12; // CME binary packet header: sequence and sending time
    private static final int A = 0;
    private static final int B = 1;

    private final CmeFeedHandler feed = new CmeFeedHandler(2, 16, 1_000_000_000, 1_000_000_000, (MarketDataListener) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {MarketDataListener.class},
            (proxy, method, args) -> method.getReturnType() == boolean.class ? false : null));
    private final LineWatch watch = new LineWatch("cme", feed.lineCounts(), LIMIT);
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
    void aLineThatNeverSpoke() {
        look(0);
        look(90 * LIMIT);
        assertEquals("0 0", silent(), "nobody has spoken yet");
        packet(A);
        look(100 * LIMIT);
        assertEquals("0 0", silent());
        packet(A);
        look(101 * LIMIT + 1);
        assertEquals("0 1", silent());
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
