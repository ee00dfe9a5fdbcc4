package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.MessageInspector;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whole captures of IEX's test facility, against counts that two independent programs made. */
class IexCaptureTest {
    private static final String TOPS = "iex-tops16-20170710.pcap.gz";
    private static final String DEEP = "iex-deep10-20170425.pcap.gz";
    /** Counted by an independent program: order books still in transition 50 ms of send time after they began. */
    private static final long UNFINISHED_DEEP_TRANSITIONS = 500;

    @Test
    void topsMessagesAreCountedByType() {
        final IexCapture capture = IexCapture.read(TOPS);
        assertEquals(13_022, capture.payloads().size());
        assertFalse(capture.cutShort());
        assertEquals(
                Map.of("Q", 27_217, "H", 7_803, "P", 7_802, "O", 7_801, "T", 6_390, "A", 642, "D", 10, "S", 6, "B", 3,
                        "heartbeat", 237),
                countByType(capture));
    }

    @Test
    void deepMessagesAreCountedByType() {
        final IexCapture capture = IexCapture.read(DEEP);
        // 121,315 frames begin in the file; the last one is cut short.
        assertEquals(121_314, capture.payloads().size());
        assertTrue(capture.cutShort());
        assertEquals(
                Map.of("H", 93_638, "O", 93_638, "P", 93_636, "T", 83_343, "5", 14_627, "8", 12_941, "B", 73, "E", 59,
                        "S", 44, "heartbeat", 7_937),
                countByType(capture));
    }

    @Test
    void aCutCaptureGivesWhatIsWhole() {
        final IexCapture capture = IexCapture.read("iex-truncated.pcapng");
        assertEquals(2, capture.payloads().size());
        assertTrue(capture.cutShort());
        final FeedCounts counts = play(capture, IexProtocol.TOPS, new EventLog());
        assertCounts(counts, Map.of(
                FeedCounter.DATAGRAMS, 2L, FeedCounter.PACKETS, 1L,
                FeedCounter.MESSAGES, 53L, FeedCounter.HEARTBEATS, 1L));
    }

    @Test
    void topsIsOneSessionFromItsFirstMessage() {
        final IexCapture capture = IexCapture.read(TOPS);
        final EventLog log = new EventLog();
        final FeedCounts counts = play(capture, IexProtocol.TOPS, log);
        assertCounts(counts, Map.of(
                FeedCounter.DATAGRAMS, 13_022L, FeedCounter.PACKETS, 13_022L - 237,
                FeedCounter.MESSAGES, 57_674L, FeedCounter.HEARTBEATS, 237L));
        final Map<String, Integer> said = countByFirstWord(log.take());
        assertEquals(1, said.get("reset"));
        assertEquals(27_217, said.get("quote"));
        assertEquals(6_390, said.get("trade"));
    }

    @Test
    void deepBeginsAnewElevenTimesWithinOneSession() {
        final IexCapture capture = IexCapture.read(DEEP);
        final EventLog log = new EventLog();
        final FeedCounts counts = play(capture, IexProtocol.DEEP, log);
        assertCounts(counts, Map.of(
                FeedCounter.DATAGRAMS, 121_314L, FeedCounter.PACKETS, 121_314L - 7_937,
                FeedCounter.MESSAGES, 391_999L, FeedCounter.HEARTBEATS, 7_937L,
                FeedCounter.RESETS, 11L, FeedCounter.OVERDUE_EVENTS, UNFINISHED_DEEP_TRANSITIONS));
        final List<String> lines = log.take();
        final Map<String, Integer> said = countByFirstWord(lines);
        assertEquals(12, said.get("reset"));
        assertEquals(83_343, said.get("trade"));
        // The whole last segment is 36 updates of one transition, whose end lies past the end of the file.
        assertEquals(14_627 + 12_941 - 36, said.get("level"));
        assertEquals("reset", lines.get(0));
        assertEquals(1, capture.payloads().stream()
                .map(payload -> capture.bytes().getInt(payload.offset() + 8, ByteOrder.LITTLE_ENDIAN)).distinct().count());
    }

    @Test
    void aSecondLineCutDifferentlyAndLateChangesNothing() {
        final IexCapture capture = IexCapture.read(TOPS);
        final EventLog alone = new EventLog();
        play(capture, IexProtocol.TOPS, alone);

        final EventLog both = new EventLog();
        final IexFeedHandler feed = new IexFeedHandler(IexProtocol.TOPS, 2, 64, 60_000_000_000L, 60_000_000_000L, both);
        final RecutLine line = new RecutLine(capture);
        final int delay = 30;
        for (int i = 0; i < capture.payloads().size() + delay; i++) {
            if (i < capture.payloads().size() && !isLostOnLineA(i)) {
                final IexCapture.Payload payload = capture.payloads().get(i);
                feed.onDatagram(capture.bytes(), payload.offset(), payload.length(), payload.time(), 0);
            }
            if (i >= delay) {
                line.play(i - delay, feed, 1, !isLostOnLineA(i - delay));
            }
        }
        feed.onEndOfInput();

        final FeedCounts counts = feed.counts();
        assertEquals(57_674, counts.get(FeedCounter.MESSAGES));
        assertEquals(0, counts.get(FeedCounter.GAPS));
        assertEquals(0, counts.get(FeedCounter.RESETS));
        assertTrue(counts.get(FeedCounter.HELD_BACK) > 1_000);
        assertEquals(alone.take(), both.take());
    }

    private static boolean isLostOnLineA(final int datagram) {
        return datagram % 7 == 3;
    }

    private static FeedCounts play(final IexCapture capture, final IexProtocol protocol, final EventLog log) {
        final IexFeedHandler feed = new IexFeedHandler(protocol, 1, 16, 1_000_000L, 1_000_000L, log);
        capture.forEach((buffer, offset, length, time) -> feed.onDatagram(buffer, offset, length, time, 0));
        feed.onEndOfInput();
        return feed.counts();
    }

    /** Every counter, those not named being 0. */
    private static void assertCounts(final FeedCounts counts, final Map<FeedCounter, Long> expected) {
        final Map<FeedCounter, Long> found = new EnumMap<>(FeedCounter.class);
        final Map<FeedCounter, Long> all = new EnumMap<>(FeedCounter.class);
        for (final FeedCounter counter : FeedCounter.values()) {
            found.put(counter, counts.get(counter));
            all.put(counter, expected.getOrDefault(counter, 0L));
        }
        assertEquals(all, found);
    }

    private static Map<String, Integer> countByFirstWord(final List<String> lines) {
        final Map<String, Integer> counts = new TreeMap<>();
        lines.forEach(line -> counts.merge(line.split(" ", 2)[0], 1, Integer::sum));
        return counts;
    }

    private static Map<String, Integer> countByType(final IexCapture capture) {
        final Map<String, Integer> counts = new TreeMap<>();
        final List<String> malformed = new ArrayList<>();
        final IexInspector inspector = new IexInspector();
        capture.forEach((buffer, offset, length, time) ->
                inspector.inspect(buffer, offset, length, new MessageInspector.Sink() {
                    @Override
                    public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
                        counts.merge(type, 1, Integer::sum);
                    }

                    @Override
                    public void onHeartbeat(final long sequence) {
                        counts.merge("heartbeat", 1, Integer::sum);
                    }

                    @Override
                    public void onMalformed(final long sequence, final String what) {
                        malformed.add(what);
                    }
                }));
        assertEquals(List.of(), malformed);
        return counts;
    }
}
