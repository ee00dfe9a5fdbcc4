package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.FeedCounter;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What the feed makes of packets. */
class NasdaqFeedHandlerTest {
    private static final String SESSION = "000010059B";
    private static final long MS = 1_000_000;
    /** 22 August 2023, 04:00 UTC: midnight in New York in summer. */
    private static final long MIDNIGHT = ZonedDateTime.of(2023, 8, 22, 4, 0, 0, 0, ZoneOffset.UTC).toEpochSecond()
            * 1_000_000_000L;
    private static final long OPEN = 34_200_000_000_000L;

    private final MarketLog log = new MarketLog();
    private final NasdaqFeedHandler feed = new NasdaqFeedHandler(2, 64, 1_000 * MS, 10 * MS, log);
    private long now = MIDNIGHT + OPEN;

    private static ItchPacket packet(final long sequence) {
        return new ItchPacket(SESSION, sequence, 7, "ZTEST");
    }

    private List<String> play(final UnsafeBuffer packet) {
        feed.onDatagram(packet, 0, packet.capacity(), now, 0);
        return log.take();
    }

    private void begin() {
        play(packet(1).system('O').system('S').directory().trading('T').packet());
    }

    @Test
    void aSessionBeginsWithEmptyBooksAndNothingTradesBeforeItIsSaid() {
        assertEquals(List.of("reset", "system closed", "end " + now, "system open", "end " + now,
                        "instrument ZTEST", "ZTEST does not trade", "end " + now, "ZTEST trades", "end " + now),
                play(packet(1).system('O').system('S').directory().trading('T').packet()));
    }

    @Test
    void tellsOrdersOneByOneAndEventsByTheirTime() {
        begin();
        assertEquals(List.of("add ZTEST 1001 buy 300 at 100120000000", "add ZTEST 1002 sell 100 at 100130000000 of VIRT",
                        "end " + now, "execute ZTEST 1001 by 100 time " + (now + 5),
                        "execute ZTEST 1002 by 50 at 100150000000 time " + (now + 5),
                        "execute ZTEST 1002 by 10 at 100150000000 silently time " + (now + 5), "end " + (now + 5),
                        "reduce ZTEST 1001 by 50", "replace ZTEST 1001 with 1003 10 at 100110000000", "delete ZTEST 1002",
                        "trade ZTEST 5 at 100125000000 by -1", "trade ZTEST 2147483647 at 100000000000 by -1",
                        "end " + (now + 9)),
                play(packet(5).add(1001, 'B', 300, 1_001_200).add(1002, 'S', 100, 1_001_300, "VIRT")
                        .at(OPEN + 5).execute(1001, 100).execute(1002, 50, true, 1_001_500)
                        .execute(1002, 10, false, 1_001_500)
                        .at(OPEN + 9).cancel(1001, 50).replace(1001, 1003, 10, 1_001_100).delete(1002)
                        .trade(5, 1_001_250).cross(1L << 40, 1_000_000).cross(0, 0).packet()));
        assertEquals(15, feed.counts().get(FeedCounter.MESSAGES));
    }

    @Test
    void anInstrumentNobodyIntroducedIsCountedAndPassedOver() {
        begin();
        final UnsafeBuffer stranger = new ItchPacket(SESSION, 5, 8, "OTHER").add(1, 'B', 1, 10_000).execute(1, 1)
                .execute(1, 1, true, 5).cancel(1, 1).delete(1).replace(1, 2, 1, 1).trade(1, 1).cross(1, 1).trading('T').packet();
        assertEquals(List.of(), play(stranger));
        assertEquals(9, feed.counts().get(FeedCounter.UNKNOWN_INSTRUMENTS));
    }

    @Test
    void aSessionJoinedLateTellsNothing() {
        assertEquals(List.of(), play(packet(500).add(1, 'B', 1, 10_000).delete(1).packet()));
        assertEquals(2, feed.counts().get(FeedCounter.UNKNOWN_INSTRUMENTS));
    }

    @Test
    void eitherKindOfHaltStopsAndOtherMarketsDoNot() {
        begin();
        assertEquals(List.of("ZTEST does not trade", "end " + now), play(packet(5).trading('H').packet()));
        assertEquals(List.of("ZTEST trades", "end " + now), play(packet(6).trading('T').packet()));
        assertEquals(List.of("ZTEST does not trade", "end " + now), play(packet(7).halt('Q', 'H').packet()));
        assertEquals(List.of("ZTEST does not trade", "end " + now), play(packet(8).trading('T').packet()));
        assertEquals(List.of(), play(packet(9).halt('B', 'T').packet()));
        assertEquals(List.of("ZTEST trades", "end " + now), play(packet(10).halt('Q', 'T').packet()));
        assertEquals(List.of("system closed", "end " + now), play(packet(11).system('E').packet()));
    }

    @Test
    void everyKnownTypeOfTheWrongLengthIsMalformedAndOnlyThoseOfBooksAreLost() {
        begin();
        long sequence = 5;
        long lost = 0;
        for (char type = 0; type < 256; type++) {
            final int length = ItchLayout.length(type);
            if (length == 0) {
                continue;
            }
            for (final int wrong : new int[] {length - 1, length + 1}) {
                final boolean concerns = "SRHhAFECXDU".indexOf(type) >= 0;
                final List<String> said = play(packet(sequence).raw(type, wrong).packet());
                assertEquals(concerns ? List.of("gap " + sequence + ".." + sequence) : List.of(), said);
                sequence++;
                lost += concerns ? 1 : 0;
            }
        }
        assertEquals(46, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(lost, feed.counts().get(FeedCounter.LOST));
    }

    @Test
    void anUnknownTypeIsSkippedAndWhatFollowsIsRead() {
        begin();
        assertEquals(List.of("delete ZTEST 5", "end " + now),
                play(packet(5).raw('z', 100).raw('!', 11).delete(5).packet()));
        assertEquals(2, feed.counts().get(FeedCounter.UNKNOWN_MESSAGES));
        assertEquals(0, feed.counts().get(FeedCounter.MALFORMED));
    }

    @Test
    void anAddOrderWithoutSideOrOfAnotherSymbolIsLost() {
        begin();
        assertEquals(List.of("gap 5..5"), play(packet(5).add(1, 'X', 1, 1).packet()).stream()
                .filter(line -> line.startsWith("gap")).toList());
        assertEquals(List.of("gap 6..6"), play(new ItchPacket(SESSION, 6, 7, "OTHER").add(1, 'B', 1, 1).packet()).stream()
                .filter(line -> line.startsWith("gap")).toList());
        assertEquals(2, feed.counts().get(FeedCounter.MALFORMED));
    }

    @Test
    void linesMayCutTheSameMessagesDifferently() {
        begin();
        play(packet(5).delete(1).delete(2).packet());
        feed.onDatagram(packet(5).delete(1).packet(), 0, 20 + 21, now, 1);
        assertEquals(List.of(), log.take());
        final UnsafeBuffer both = packet(6).delete(2).delete(3).packet();
        feed.onDatagram(both, 0, both.capacity(), now, 1);
        assertEquals(List.of("delete ZTEST 3", "end " + now), log.take());
        assertEquals(1, feed.counts().get(FeedCounter.DUPLICATES));
    }

    @Test
    void whatIsMissingIsWaitedForAndThenAGap() {
        begin();
        assertEquals(List.of(), play(packet(6).delete(6).packet()));
        assertEquals(List.of("delete ZTEST 5", "end " + now, "delete ZTEST 6", "end " + now),
                play(packet(5).delete(5).packet()));
        assertEquals(List.of(), play(packet(8).delete(8).packet()));
        now += 20 * MS;
        assertEquals(List.of("gap 7..7", "late", "delete ZTEST 8", "end " + (now - 20 * MS)), play(packet(9).packet()));
        assertEquals(1, feed.counts().get(FeedCounter.LOST));
    }

    @Test
    void aHeartbeatShowsALossAtTheTail() {
        begin();
        assertEquals(List.of(), play(packet(7).packet()));
        now += 20 * MS;
        assertEquals(List.of("gap 5..6"), play(packet(7).packet()));
        assertEquals(2, feed.counts().get(FeedCounter.HEARTBEATS));
    }

    @Test
    void theEndOfASessionStopsTradingOnceAndTheNextSessionBeginsAnew() {
        begin();
        assertEquals(List.of("system closed", "end " + now), play(packet(5).endOfSession()));
        assertEquals(List.of(), play(packet(5).endOfSession()));
        assertEquals(List.of("late", "reset", "system closed", "end " + now),
                play(new ItchPacket("0000100600", 1, 7, "ZTEST").system('O').packet()));
        // Late copies of the old session are no news.
        assertEquals(List.of(), play(packet(5).delete(1).packet()));
        assertEquals(1, feed.counts().get(FeedCounter.MALFORMED));
        assertEquals(1, feed.counts().get(FeedCounter.RESETS));
    }

    @Test
    void aStrayPacketOfAnotherSessionChangesNothing() {
        begin();
        assertEquals(List.of(), play(new ItchPacket("ANOTHER", 900, 7, "ZTEST").delete(1).packet()));
        assertEquals(List.of("delete ZTEST 1", "end " + now), play(packet(5).delete(1).packet()));
        for (int i = 1; i < FollowedSession.STRAYS_IN_A_ROW; i++) {
            assertEquals(List.of(), play(new ItchPacket("ANOTHER", 900 + i, 7, "ZTEST").delete(1).packet()));
        }
        final List<String> adopted = play(new ItchPacket("ANOTHER", 1000, 7, "ZTEST").delete(1).packet());
        assertTrue(adopted.contains("reset"), adopted.toString());
        now += 20 * MS;
        assertEquals("gap 1..999", play(new ItchPacket("ANOTHER", 1001, 7, "ZTEST").packet()).get(0));
    }

    @Test
    void timesAreThoseOfNewYorkWhateverTheSeason() {
        begin();
        now = ZonedDateTime.of(2024, 1, 9, 14, 30, 0, 0, ZoneOffset.UTC).toEpochSecond() * 1_000_000_000L;
        assertEquals(List.of("delete ZTEST 1", "end " + now), play(packet(5).delete(1).packet()));
    }

    @Test
    void noPacketWhateverItHoldsThrows() {
        begin();
        final UnsafeBuffer packet = packet(5).add(1, 'B', 300, 1_001_200).execute(1, 5).replace(1, 2, 5, 5).packet();
        long refused = 0;
        for (int cut = 0; cut < packet.capacity(); cut++) {
            feed.onDatagram(packet, 0, cut, now, 0);
            refused++;
        }
        assertEquals(refused, feed.counts().get(FeedCounter.MALFORMED));
    }
}
