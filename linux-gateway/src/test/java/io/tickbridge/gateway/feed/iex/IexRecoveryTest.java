package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.feed.GapWatch;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Gap fill's bytes, and what a feed does with the datagrams of its recovery line. */
class IexRecoveryTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final int RECOVERY = 2;
    private static final int CHANNEL = 1;
    private static final long MS = 1_000_000;
    private static final long START = 1_500_000_000_000_000_000L;

    private final EventLog log = new EventLog();
    private final List<String> asked = new ArrayList<>();
    private final IexFeedHandler feed = new IexFeedHandler(IexProtocol.DEEP, 2, 8, 1000 * MS, 1000 * MS, new GapWatch() {
        @Override
        public void onMissing(final long stream, final long session, final long from, final long to) {
            asked.add(stream + "/" + Long.toHexString(session) + " " + from + ".." + to);
        }

        @Override
        public void onNext(final long next) {
            asked.add("next " + next);
        }
    }, log);
    private final IexGapFill gapFill = new IexGapFill(IexProtocol.DEEP);
    private final List<byte[]> datagrams = new ArrayList<>();

    private static SegmentBuilder segment(final int sequence, final int messages) {
        final SegmentBuilder segment = SegmentBuilder.deep().sequence(sequence)
                .streamOffset((sequence - 1) * 40L).sendTime(START + sequence);
        for (int i = sequence; i < sequence + messages; i++) {
            segment.trade(i, "ZIEXT", i, 10_000);
        }
        return segment;
    }

    private void offer(final int line, final SegmentBuilder segment) {
        final UnsafeBuffer bytes = segment.build();
        feed.onDatagram(bytes, 0, bytes.capacity(), START + 5 * MS, line);
    }

    private List<String> trades() {
        return log.take().stream().filter(text -> text.startsWith("trade") || text.startsWith("gap"))
                .map(text -> text.replaceAll(".* at ", "")).toList();
    }

    private long answer(final UnsafeBuffer bytes, final long from, final long to) {
        return gapFill.answer(bytes, bytes.capacity(), CHANNEL, SegmentBuilder.SESSION, from, to, (buffer, length) -> {
            final byte[] datagram = new byte[length];
            buffer.getBytes(0, datagram);
            datagrams.add(datagram);
        });
    }

    /** "Example Messages", Gap Fill Request of the IEX Transport Specification 1.26, with its first range alone. */
    @Test
    void aRequestIsTheSpecificationsExample() {
        final UnsafeBuffer request = new UnsafeBuffer(new byte[64]);
        final int length = gapFill.request(request, 1, 0x42870000, 12340, 12350);
        final byte[] written = new byte[length];
        request.getBytes(0, written);
        assertArrayEquals(HexFormat.of().parseHex(
                "01010480010000000000874201000000" + "3430000000000000" + "3e30000000000000"), written);
        assertEquals(1000, gapFill.mostByDatagram());
    }

    @Test
    void aHoleOnBothLinesIsToldOnceAndFilledByTheRecoveryLine() {
        offer(A, segment(1, 1));
        offer(B, segment(1, 1));
        offer(A, segment(4, 1));
        offer(B, segment(4, 1));
        offer(A, segment(5, 1));
        assertEquals(List.of("next 2", "1/43cd0000 2..3", "next 2", "next 2", "next 2"), asked.subList(1, asked.size()));
        assertEquals(List.of("1"), trades());
        // Sent again much later, by the server's clock.
        offer(RECOVERY, segment(2, 2).sendTime(START + 3_600_000 * MS));
        assertEquals(List.of("2", "3", "4", "5"), trades());
        assertEquals("next 6", asked.get(asked.size() - 1));
        assertEquals(0, feed.counts().get(FeedCounter.LOST));
        assertEquals(0, feed.counts().get(FeedCounter.RESETS));
        assertEquals(1, feed.lineCounts().recovered());
        assertEquals(2, feed.lineCounts().lines());
        offer(A, segment(6, 1));
        offer(B, segment(5, 1));
        assertEquals(List.of("6"), trades());
        assertEquals(0, feed.counts().get(FeedCounter.RESETS));
    }

    @Test
    void aHeartbeatShowsALossAtTheEnd() {
        offer(A, segment(1, 1));
        asked.clear();
        offer(A, segment(3, 0));
        assertTrue(asked.contains("1/43cd0000 2..2"), asked::toString);
        offer(RECOVERY, segment(2, 1));
        assertEquals(List.of("1", "2"), trades());
    }

    @Test
    void whatIsRecoveredTooLateIsADuplicate() {
        offer(A, segment(1, 1));
        offer(A, segment(3, 1));
        feed.onEndOfInput();
        offer(RECOVERY, segment(2, 1));
        assertEquals(List.of("1", "gap 2..2", "3"), trades());
        assertEquals(1, feed.counts().get(FeedCounter.DUPLICATES));
        assertEquals(0, feed.lineCounts().recovered());
    }

    /** It could be what a session before had under these numbers. */
    @Test
    void whatTheLinesNeverShowedIsNotTakenFromTheRecoveryLine() {
        offer(A, segment(1, 1));
        offer(RECOVERY, segment(2, 1));
        offer(A, segment(4, 1));
        offer(RECOVERY, segment(3, 3));
        offer(RECOVERY, segment(2, 1).session(77));
        offer(RECOVERY, segment(2, 2).channel(9));
        offer(RECOVERY, segment(2, 0));
        assertEquals(List.of("1"), trades());
        assertEquals(3, feed.counts().get(FeedCounter.DUPLICATES));
        assertEquals(2, feed.counts().get(FeedCounter.MALFORMED));
        offer(RECOVERY, segment(2, 2));
        assertEquals(List.of("2", "3", "4"), trades());
    }

    /** IEX's test facility counts anew within one session identifier. */
    @Test
    void whatLiesElsewhereInTheStreamIsOfAnotherCount() {
        offer(A, segment(1, 1));
        offer(A, segment(4, 1));
        offer(RECOVERY, segment(2, 2).streamOffset(41));
        assertEquals(List.of("1"), trades());
        assertEquals(1, feed.counts().get(FeedCounter.DUPLICATES));
        offer(RECOVERY, segment(2, 2));
        assertEquals(List.of("2", "3", "4"), trades());
    }

    @Test
    void nothingIsTakenBeforeALineHasSpoken() {
        offer(RECOVERY, segment(1, 1));
        assertEquals(List.of(), trades());
        assertEquals(1, feed.counts().get(FeedCounter.MALFORMED));
    }

    @Test
    void anAnswerIsCutToWhatWasAskedForAndToWhatADatagramHolds() {
        assertEquals(96, answer(segment(1, 200).build(), 5, 95));
        assertEquals(3, datagrams.size());
        int next = 5;
        for (final byte[] datagram : datagrams) {
            assertTrue(datagram.length <= 1440);
            final UnsafeBuffer bytes = new UnsafeBuffer(datagram);
            final int messages = bytes.getShort(14);
            // Every message has 38 bytes and its length.
            assertEquals(40 + 40 * messages, datagram.length);
            assertEquals(40 * messages, bytes.getShort(12));
            assertEquals(next, bytes.getLong(24));
            assertEquals((next - 1) * 40L, bytes.getLong(16));
            assertEquals(next, bytes.getInt(40 + 2 + 18), "the trade's size is its number");
            next += messages;
        }
        assertEquals(96, next);
    }

    @Test
    void aPieceFromTheMiddleIsPassedOnButTheFirstMissingNumberStays() {
        assertEquals(5, answer(segment(7, 2).build(), 5, 95));
        assertEquals(1, datagrams.size());
        assertEquals(9, answer(segment(3, 6).build(), 5, 95));
    }

    @Test
    void whatIsNoAnswerIsRefused() {
        assertEquals(GapFill.REFUSED, answer(segment(1, 4).build(), 5, 95));
        assertEquals(GapFill.REFUSED, answer(segment(96, 4).build(), 5, 95));
        assertEquals(GapFill.REFUSED, answer(segment(5, 0).build(), 5, 95));
        assertEquals(GapFill.REFUSED, answer(segment(5, 1).session(1).build(), 5, 95));
        assertEquals(GapFill.REFUSED, answer(segment(5, 1).channel(2).build(), 5, 95));
        assertEquals(GapFill.REFUSED, answer(SegmentBuilder.tops().sequence(5).sendTime(1).trade(1, "A", 1, 1).build(), 5, 95));
        assertEquals(GapFill.REFUSED, answer(new UnsafeBuffer(new byte[40]), 5, 95));
        assertEquals(GapFill.REFUSED, answer(new UnsafeBuffer(new byte[3]), 5, 95));
        assertEquals(List.of(), datagrams);
    }

    @Test
    void theLengthOfAPacketInAStreamIsItsHeaders() {
        final UnsafeBuffer bytes = segment(1, 3).build();
        assertEquals(0, gapFill.packetLength(bytes, 39));
        assertEquals(160, gapFill.packetLength(bytes, 40));
        assertTrue(gapFill.largestPacket() >= 40 + 0xffff);
    }
}
