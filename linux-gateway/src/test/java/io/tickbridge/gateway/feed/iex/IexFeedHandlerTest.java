package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.FeedCounter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a feed says of segments put together by hand. Prices go in as 1e-4 and come out as 1e-9. */
class IexFeedHandlerTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final int IN_TRANSITION = 0;
    private static final int COMPLETE = 1;
    private static final long MS = 1_000_000;
    private static final long START = 1_500_000_000_000_000_000L;
    private static final long TIMEOUT = 10 * MS;

    /** Of each sequence, as far as the segments so far tell. */
    private final Map<Long, Long> streamOffsets = new HashMap<>(Map.of(1L, 0L));
    private final EventLog log = new EventLog();
    private final IexFeedHandler tops = new IexFeedHandler(IexProtocol.TOPS, 2, 8, TIMEOUT, TIMEOUT, log);
    private final IexFeedHandler deep = new IexFeedHandler(IexProtocol.DEEP, 2, 8, TIMEOUT, TIMEOUT, log);

    @Test
    void aQuoteIsAnEvent() {
        offer(tops, A, topsAt(1, 0)
                .quote(0, 11, "ZIEXT", 9_700, 990_500, 990_700, 1_000)
                .quote(0, 12, "A", 0, 0, 0, 0));
        assertEquals(List.of(
                "reset",
                "ZIEXT trades", "quote ZIEXT 99050000000 x 9700 / 99070000000 x 1000", "end 11",
                "A trades", "quote A none x 0 / none x 0", "end 12"), log.take());
    }

    @Test
    void aSideOfNoSharesIsNoQuoteWhateverItsPrice() {
        offer(tops, A, topsAt(1, 0).quote(0, 11, "A", 0, 990_500, 990_700, 5).quote(0, 12, "A", 5, 990_500, 990_700, 0));
        assertEquals(List.of("reset", "A trades", "quote A none x 0 / 99070000000 x 5", "end 11",
                "quote A 99050000000 x 5 / none x 0", "end 12"), log.take());
    }

    @Test
    void aStrayFirstSegmentDoesNotLeaveTheFeedDeaf() {
        offer(tops, A, topsAt(1, 0).channel(9).quote(0, 10, "STRAY", 1, 1, 2, 1));
        log.take();
        for (int i = 0; i < 15; i++) {
            offer(tops, A, topsAt(500 + i, i).quote(0, 11 + i, "A", 1, 10_000, 10_200, 1));
        }
        offer(tops, A, topsAt(2, 15).channel(9).quote(0, 30, "STRAY", 1, 1, 2, 1));
        assertEquals(2, log.take().size(), "the followed channel in between: they were the strays");
        assertEquals(15, tops.counts().get(FeedCounter.MALFORMED));
        for (int i = 15; i < 31; i++) {
            assertEquals(List.of(), log.take());
            offer(tops, A, topsAt(500 + i, 1 + i).quote(0, 31 + i, "A", 1, 10_000, 10_200, 1));
        }
        assertEquals(List.of("restart", "A trades", "quote A 1000000000 x 1 / 1020000000 x 1", "end 61"), log.take());
        offer(tops, A, topsAt(531, 33).quote(0, 70, "A", 2, 10_000, 10_200, 1));
        assertEquals(List.of("quote A 1000000000 x 2 / 1020000000 x 1", "end 70"), log.take());
        assertEquals(30, tops.counts().get(FeedCounter.MALFORMED));
        assertEquals(1, tops.counts().get(FeedCounter.RESETS));
        offer(tops, A, topsAt(3, 34).channel(9));
        assertEquals(31, tops.counts().get(FeedCounter.MALFORMED));
    }

    @Test
    void tradesAndTheQuoteOfOneTimestampAreOneEvent() {
        offer(tops, A, topsAt(1, 0)
                .trade(11, "A", 100, 10_000)
                .trade(11, "A", 200, 10_100));
        offer(tops, A, topsAt(3, 1)
                .quote(0, 11, "A", 1, 10_000, 10_200, 1)
                .trade(12, "A", 300, 10_200)
                .trade(12, "B", 400, 20_000)
                .trade(13, "B", 500, 20_000));
        offer(tops, A, topsAt(7, 1_001));
        assertEquals(List.of(
                "reset",
                "trade A 1000000000 x 100 at 11", "trade A 1010000000 x 200 at 11",
                "A trades", "quote A 1000000000 x 1 / 1020000000 x 1", "end 11",
                "trade A 1020000000 x 300 at 12", "end 12",
                "trade B 2000000000 x 400 at 12", "end 12",
                "trade B 2000000000 x 500 at 13", "end 13"), log.take());
    }

    @Test
    void theEndOfInputEndsTheLastTrade() {
        offer(tops, A, topsAt(1, 0).trade(11, "A", 100, 10_000));
        tops.onEndOfInput();
        assertEquals(List.of("reset", "trade A 1000000000 x 100 at 11", "end 11"), log.take());
    }

    @Test
    void aBookInTransitionIsNotShownUntilItIsComplete() {
        offer(deep, A, deepAt(1, 0)
                .trade(11, "A", 100, 251_000)
                .priceLevel('5', IN_TRANSITION, 11, "A", 0, 251_000)
                .priceLevel('8', COMPLETE, 9, "B", 7, 10_000)
                .priceLevel('5', COMPLETE, 11, "A", 0, 252_000));
        assertEquals(List.of(
                "reset",
                "trade A 25100000000 x 100 at 11", "end 11",
                "level B bid 1000000000 x 7", "end 9",
                "level A ask 25100000000 x 0", "level A ask 25200000000 x 0", "end 11"), log.take());
        assertEquals(0, deep.counts().get(FeedCounter.OVERDUE_EVENTS));
    }

    @Test
    void aSweepIsOneEvent() {
        offer(deep, A, deepAt(1, 0)
                .trade(11, "A", 100, 251_000)
                .trade(11, "A", 100, 252_000)
                .priceLevel('5', IN_TRANSITION, 11, "A", 0, 251_000)
                .priceLevel('5', COMPLETE, 11, "A", 0, 252_000));
        assertEquals(List.of(
                "reset",
                "trade A 25100000000 x 100 at 11", "trade A 25200000000 x 100 at 11",
                "level A ask 25100000000 x 0", "level A ask 25200000000 x 0", "end 11"), log.take());
    }

    @Test
    void aTransitionWhoseEndIsNotSentIsCompleteAfterAWhile() {
        offer(deep, A, deepAt(1, 0).priceLevel('5', IN_TRANSITION, 11, "A", 0, 251_000));
        offer(deep, A, deepAt(2, 50).systemEvent('S', 12));
        assertEquals(List.of("reset"), log.take());
        offer(deep, A, deepAt(3, 51).systemEvent('R', 13));
        assertEquals(List.of("level A ask 25100000000 x 0", "end 11"), log.take());
        assertEquals(1, deep.counts().get(FeedCounter.OVERDUE_EVENTS));
    }

    @Test
    void moreUnfinishedUpdatesThanFitCompleteTheOldest() {
        final SegmentBuilder segment = deepAt(1, 0);
        segment.priceLevel('8', IN_TRANSITION, 11, "A", 1, 10_000);
        for (int i = 1; i <= EventAssembler.UNFINISHED_CAPACITY; i++) {
            segment.priceLevel('8', IN_TRANSITION, 12, "B", i, 20_000);
        }
        offer(deep, A, segment);
        assertEquals(List.of("reset", "level A bid 1000000000 x 1", "end 11"), log.take());
        assertEquals(1, deep.counts().get(FeedCounter.OVERDUE_EVENTS));
    }

    @Test
    void eitherHaltHalts() {
        offer(deep, A, deepAt(1, 0)
                .operationalHalt('N', 1, "A")
                .tradingStatus('T', 2, "A")
                .tradingStatus('H', 3, "A")
                .operationalHalt('O', 4, "A")
                .tradingStatus('T', 5, "A")
                .operationalHalt('N', 6, "A")
                .tradingStatus('P', 7, "A")
                .tradingStatus('O', 8, "A")
                .tradingStatus('T', 9, "A"));
        assertEquals(List.of(
                "reset", "A trades", "end 2", "A does not trade", "end 3", "A trades", "end 6",
                "A does not trade", "end 7", "A trades", "end 9"), log.take());
    }

    @Test
    void aQuoteOfASymbolNotAvailableHalts() {
        offer(tops, A, topsAt(1, 0)
                .tradingStatus('T', 1, "A")
                .quote(0xc0, 2, "A", 1, 10_000, 10_100, 1)
                .quote(0x40, 3, "A", 1, 10_000, 10_100, 1));
        assertEquals(List.of(
                "reset", "A trades", "end 1",
                "A does not trade", "quote A 1000000000 x 1 / 1010000000 x 1", "end 2",
                "A trades", "quote A 1000000000 x 1 / 1010000000 x 1", "end 3"), log.take());
    }

    @Test
    void aFeedFirstSeenInMidSessionSaysNothingOfEmptyBooks() {
        offer(deep, A, deepAt(500, 0).priceLevel('8', COMPLETE, 11, "A", 1, 10_000));
        assertEquals(List.of("level A bid 1000000000 x 1", "end 11"), log.take());
    }

    @Test
    void aLossOnAllLinesIsAGapAndStatusesAreForgotten() {
        offer(deep, A, deepAt(1, 0).operationalHalt('O', 1, "A").priceLevel('8', IN_TRANSITION, 2, "A", 5, 10_000));
        offer(deep, A, deepAt(9, 1).systemEvent('S', 3));
        offer(deep, B, deepAt(10, 12).tradingStatus('T', 4, "A"));
        assertEquals(List.of(
                "reset", "A does not trade", "end 1",
                "gap 3..8", "level A bid 1000000000 x 5", "end 2",
                "A trades", "end 4"), log.take());
        assertEquals(1, deep.counts().get(FeedCounter.GAPS));
        assertEquals(6, deep.counts().get(FeedCounter.LOST));
    }

    @Test
    void aHeartbeatRevealsALossAtTheTail() {
        offer(deep, A, deepAt(1, 0).systemEvent('O', 1));
        offer(deep, A, deepAt(3, 1_000));
        offer(deep, A, deepAt(3, 2_000));
        assertEquals(List.of("reset", "gap 2..2"), log.take());
        assertEquals(2, deep.counts().get(FeedCounter.HEARTBEATS));
    }

    @Test
    void theOtherLineFillsInThoughItsSegmentsAreCutDifferently() {
        offer(tops, A, topsAt(1, 0).systemEvent('O', 1));
        offer(tops, A, topsAt(4, 1).trade(4, "A", 4, 10_000));
        offer(tops, B, topsAt(1, 2).systemEvent('O', 1).trade(2, "A", 2, 10_000));
        offer(tops, B, topsAt(3, 3).trade(3, "A", 3, 10_000).trade(4, "A", 4, 10_000));
        tops.onEndOfInput();
        assertEquals(List.of(
                "reset",
                "trade A 1000000000 x 2 at 2", "end 2", "trade A 1000000000 x 3 at 3", "end 3",
                "trade A 1000000000 x 4 at 4", "end 4"), log.take());
        assertEquals(0, tops.counts().get(FeedCounter.GAPS));
        assertEquals(4, tops.counts().get(FeedCounter.MESSAGES));
    }

    @Test
    void aDelayedDuplicateOfMessageOneResetsNothing() {
        offer(tops, A, topsAt(1, 0).systemEvent('O', 1));
        offer(tops, A, topsAt(2, 1).systemEvent('S', 2));
        log.take();
        offer(tops, B, topsAt(1, 0).systemEvent('O', 1));
        // Its own sender may have stamped it later than all that line A sent, and later than the timeout.
        offer(tops, A, topsAt(3, 2).systemEvent('R', 3));
        offer(tops, B, topsAt(2, 500).systemEvent('S', 2));
        assertEquals(List.of(), log.take());
        assertEquals(0, tops.counts().get(FeedCounter.RESETS));
        assertEquals(2, tops.counts().get(FeedCounter.DUPLICATES));
    }

    @Test
    void aSequenceThatBeginsAnewResets() {
        offer(deep, A, deepAt(1, 0).priceLevel('8', COMPLETE, 1, "A", 1, 10_000));
        offer(deep, A, deepAt(2, 1).priceLevel('8', IN_TRANSITION, 2, "A", 2, 10_000).trade(2, "A", 1, 10_000));
        offer(deep, B, deepAt(1, 0).priceLevel('8', COMPLETE, 1, "A", 1, 10_000));
        log.take();
        offer(deep, A, deepAt(1, 42_000));
        assertEquals(List.of("end 2", "reset"), log.take(), "the unfinished update is of a book that is no more");
        offer(deep, B, deepAt(2, 1).priceLevel('8', COMPLETE, 2, "A", 9, 10_000));
        offer(deep, B, deepAt(1, 42_001));
        assertEquals(List.of(), log.take(), "late, and a second announcement");
        offer(deep, B, deepAt(1, 42_002).priceLevel('8', COMPLETE, 3, "A", 3, 10_000));
        assertEquals(List.of("level A bid 1000000000 x 3", "end 3"), log.take());
        assertEquals(1, deep.counts().get(FeedCounter.RESETS));
        assertEquals(0, deep.counts().get(FeedCounter.GAPS));
    }

    @Test
    void aRestartWhoseBeginningWasLostResetsAndIsAGap() {
        offer(deep, A, deepAt(1, 0).systemEvent('O', 1).systemEvent('S', 2).systemEvent('R', 3));
        log.take();
        offer(deep, A, deepAt(2, 42_000).priceLevel('8', COMPLETE, 3, "A", 3, 10_000));
        offer(deep, A, deepAt(3, 42_011).systemEvent('M', 4));
        assertEquals(List.of("reset", "gap 1..1", "level A bid 1000000000 x 3", "end 3"), log.take());
        assertEquals(1, deep.counts().get(FeedCounter.LOST));
    }

    @Test
    void anotherSessionResets() {
        offer(deep, A, deepAt(1, 0).systemEvent('O', 1));
        log.take();
        offer(deep, A, deepAt(1, 42_000).session(SegmentBuilder.SESSION + 1).systemEvent('O', 2));
        assertEquals(List.of("reset"), log.take());
        assertEquals(1, deep.counts().get(FeedCounter.RESETS));
        assertEquals(2, deep.counts().get(FeedCounter.MESSAGES));
    }

    @Test
    void unknownTypesAndFurtherBytesAreSkipped() {
        final byte[] longer = new byte[50];
        longer[0] = 'T';
        longer[10] = 'A';
        for (int i = 11; i < 18; i++) {
            longer[i] = ' ';
        }
        longer[18] = 5;
        longer[22] = 1;
        offer(tops, A, topsAt(1, 0)
                .message((byte) 'z', (byte) 1)
                .message()
                .message((byte) '8', (byte) 1)
                .message(longer)
                .quote(0, 11, "A", 0, 0, 0, 0));
        assertEquals(List.of(
                "reset", "trade A 100000 x 5 at 0", "end 0",
                "A trades", "quote A none x 0 / none x 0", "end 11"), log.take());
        assertEquals(3, tops.counts().get(FeedCounter.UNKNOWN_MESSAGES), "z, one without type, and a DEEP type");
        assertEquals(2, tops.counts().get(FeedCounter.MESSAGES));
        assertEquals(0, tops.counts().get(FeedCounter.MALFORMED));
    }

    @Test
    void sizesBeyondAnIntAreShownAsTheLargest() {
        offer(tops, A, topsAt(1, 0).quote(0, 11, "A", -1, 10_000, 10_100, Integer.MIN_VALUE));
        assertEquals("quote A 1000000000 x 2147483647 / 1010000000 x 2147483647", log.take().get(2));
    }

    private static SegmentBuilder topsAt(final long sequence, final long milliseconds) {
        return SegmentBuilder.tops().sequence(sequence).sendTime(START + milliseconds * MS);
    }

    private static SegmentBuilder deepAt(final long sequence, final long milliseconds) {
        return SegmentBuilder.deep().sequence(sequence).sendTime(START + milliseconds * MS);
    }

    private void offer(final IexFeedHandler feed, final int line, final SegmentBuilder segment) {
        UnsafeBuffer bytes = segment.build();
        final long sequence = bytes.getLong(24);
        final long streamOffset = streamOffsets.computeIfAbsent(sequence, lost -> lost * 1_000);
        streamOffsets.put(sequence + bytes.getShort(14), streamOffset + bytes.getShort(12));
        bytes = segment.streamOffset(streamOffset).build();
        feed.onDatagram(bytes, 0, bytes.capacity(), 0, line);
    }
}
