package io.tickbridge.gateway.feed.nasdaq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.GapWatch;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** From a start in mid-session, or a loss, to whole books. */
class SnapshotStartTest {
    private static final String SESSION = "000010059B";
    private static final long MS = 1_000_000;
    private static final long MIDNIGHT = ZonedDateTime.of(2023, 8, 22, 4, 0, 0, 0, ZoneOffset.UTC).toEpochSecond()
            * 1_000_000_000L;
    private static final long OPEN = 34_200_000_000_000L;
    private static final long NOW = MIDNIGHT + OPEN;
    private static final int SMALL = 1 << 14;

    private final MarketLog log = new MarketLog();
    private final List<String> asked = new ArrayList<>();
    private final NasdaqFeedHandler feed = new NasdaqFeedHandler(1, 0, 1_000 * MS, 10 * MS, SMALL, new GapWatch() {
        @Override
        public void onSnapshotWanted(final long stream, final long session) {
            asked.add("wanted");
        }

        @Override
        public void onSnapshotSettled() {
            asked.add("settled");
        }
    }, log);

    private static ItchPacket packet(final long sequence) {
        return new ItchPacket(SESSION, sequence, 7, "ZTEST");
    }

    private List<String> line(final UnsafeBuffer packet) {
        feed.onDatagram(packet, 0, packet.capacity(), NOW, 0);
        return log.take();
    }

    private List<String> snapshot(final UnsafeBuffer packet) {
        feed.onDatagram(packet, 0, packet.capacity(), NOW, 2);
        return log.take();
    }

    private void join() {
        line(packet(500).add(1, 'B', 1, 10_000).packet());
    }

    private List<String> whole(final long sequence) {
        return snapshot(packet(1).system('Q').directory().trading('T').add(1, 'B', 5, 10_000)
                .endOfSnapshot(String.valueOf(sequence)).packet());
    }

    @Test
    void aStartInMidSessionWaitsForASnapshotAndGoesOnWhereThatEnds() {
        join();
        assertEquals(List.of("wanted"), asked);
        assertEquals(List.of("late", "rebuild", "late", "system open", "end " + NOW, "instrument ZTEST",
                        "ZTEST does not trade", "end " + NOW), snapshot(packet(1).system('Q').directory().packet()));
        // Kept, but for a trade that changes no book.
        assertEquals(List.of("trade ZTEST 3 at 200000000 by -1", "end " + NOW),
                line(packet(501).delete(9).trade(3, 2_000).packet()));
        assertEquals(List.of(), line(packet(503).at(OPEN + 5).cancel(1, 2).packet()));
        // The number is one further than the first packet, in the midst of the second.
        assertEquals(List.of("late", "ZTEST trades", "end " + NOW, "add ZTEST 1 buy 5 at 1000000000", "end " + NOW,
                        "late", "late", "reduce ZTEST 1 by 2", "end " + (NOW + 5), "late", "rebuilt " + (NOW + 5)),
                snapshot(packet(3).trading('T').add(1, 'B', 5, 10_000).endOfSnapshot("502").packet()));
        assertEquals(List.of("wanted", "settled"), asked);
        assertEquals(List.of("delete ZTEST 1", "end " + NOW), line(packet(504).delete(1).packet()));
        assertEquals(1, feed.counts().get(FeedCounter.REBUILDS));
        assertEquals(0, feed.counts().get(FeedCounter.UNUSABLE_SNAPSHOTS));
    }

    @Test
    void aSnapshotThatIsAheadOfTheLineWaitsForIt() {
        join();
        assertFalse(whole(503).contains("rebuilt " + NOW));
        assertEquals(List.of("trade ZTEST 1 at 200000000 by -1", "end " + NOW),
                line(packet(501).delete(1).trade(1, 2_000).packet()).subList(0, 2));
        assertEquals(List.of("wanted", "settled"), asked);
        assertEquals(List.of("delete ZTEST 1", "end " + NOW), line(packet(503).delete(1).packet()));
    }

    @Test
    void aLossBeforeItsNumberIsNoMatterAndOneBehindItIs() {
        join();
        whole(510);
        assertEquals(List.of(), line(packet(505).delete(9).packet()));
        assertEquals(List.of("wanted"), asked);
        line(packet(510).delete(1).packet());
        assertEquals(List.of("wanted", "settled"), asked);
        assertEquals(List.of("gap 511..511", "delete ZTEST 2", "end " + NOW), line(packet(512).delete(2).packet()));
        whole(520);
        line(packet(525).delete(9).packet());
        assertEquals(List.of("wanted", "settled", "wanted", "wanted"), asked);
    }

    @Test
    void oneThatIsTooOldOrOfAnotherDayIsOfNoUseAndTheNextOneIsAskedFor() {
        join();
        assertTrue(whole(499).contains("gap 500..500"));
        assertTrue(whole(500 + (1L << 23)).contains("gap 500..500"));
        assertEquals(2, feed.counts().get(FeedCounter.UNUSABLE_SNAPSHOTS));
        assertEquals(List.of("wanted", "wanted", "wanted"), asked);
        assertTrue(whole(501).contains("rebuilt " + NOW));
    }

    @Test
    void oneThatBreaksOffIsFollowedByAnother() {
        join();
        snapshot(packet(1).system('Q').directory().packet());
        assertTrue(whole(501).contains("rebuilt " + NOW));
        assertEquals(List.of("wanted", "settled"), asked);
        assertEquals(1, feed.counts().get(FeedCounter.UNUSABLE_SNAPSHOTS));
    }

    @Test
    void oneWithAHoleOrAMessageThatNoSnapshotHasIsOfNoUse() {
        join();
        snapshot(packet(1).system('Q').directory().packet());
        assertEquals(List.of("gap 500..500"), snapshot(packet(4).trading('T').packet()));
        // What is left of it on the way.
        assertEquals(List.of(), snapshot(packet(5).add(1, 'B', 5, 10_000).packet()));
        assertTrue(snapshot(packet(1).directory().delete(1).packet()).contains("gap 500..500"));
        assertEquals(List.of("wanted", "wanted", "wanted"), asked);
        assertTrue(whole(501).contains("rebuilt " + NOW));
    }

    @Test
    void aLossWhileItComesIsNoMatterWhenItTakesAccountOfIt() {
        join();
        snapshot(packet(1).system('Q').directory().packet());
        assertEquals(List.of(), line(packet(505).delete(9).packet()));
        assertEquals(4, feed.counts().get(FeedCounter.LOST));
        assertTrue(snapshot(packet(3).endOfSnapshot("505").packet()).contains("rebuilt " + NOW));
        assertEquals(List.of("wanted", "settled"), asked);
    }

    @Test
    void aLossAfterItsNumberMakesItUseless() {
        join();
        snapshot(packet(1).system('Q').directory().packet());
        line(packet(505).delete(9).packet());
        assertEquals(List.of("late", "gap 505..505"), snapshot(packet(3).endOfSnapshot("503").packet()));
        assertEquals(List.of("wanted", "wanted"), asked);
    }

    @Test
    void moreThanCanBeKeptEndsIt() {
        join();
        snapshot(packet(1).system('Q').directory().packet());
        long sequence = 501;
        while (feed.counts().get(FeedCounter.SNAPSHOT_OVERFLOWS) == 0) {
            line(packet(sequence++).raw('I', 50).packet());
            assertTrue(sequence < 501 + SMALL / 50);
        }
        assertEquals(List.of("wanted", "wanted"), asked);
        // Before a snapshot begins to come, the latest packets are kept, however many there are.
        for (int i = 0; i < 1_000; i++) {
            line(packet(sequence++).raw('I', 50).packet());
        }
        assertEquals(1, feed.counts().get(FeedCounter.SNAPSHOT_OVERFLOWS));
        assertTrue(whole(sequence - 100).contains("rebuilt " + NOW));
    }

    @Test
    void aNewSessionNeedsNone() {
        join();
        snapshot(packet(1).system('Q').directory().packet());
        final UnsafeBuffer next = new ItchPacket("000010060A", 1, 3, "ZTEST").system('O').packet();
        assertTrue(line(next).contains("reset"));
        assertEquals(List.of("wanted", "settled"), asked);
        // The old session's, of which the rest is still on its way.
        assertEquals(List.of(), snapshot(packet(3).trading('T').endOfSnapshot("501").packet()));
        assertEquals(List.of(), snapshot(packet(1).system('Q').directory().packet()));
    }

    @Test
    void aTradeIsBroken() {
        line(packet(1).system('O').system('S').directory().trading('T').packet());
        assertEquals(List.of("break ZTEST 78 time " + NOW, "end " + NOW), line(packet(5).broken(78).packet()));
        assertEquals(List.of(), asked);
    }

    @Test
    void aNumberIsReadAsItIsWritten() {
        assertEquals(42, number("                  42"));
        assertEquals(42, number("42                  "));
        assertEquals(42, number("00000000000000000042"));
        assertEquals(EndOfSnapshot.INVALID, number("                    "));
        assertEquals(EndOfSnapshot.INVALID, number("                   0"));
        assertEquals(EndOfSnapshot.INVALID, number("99999999999999999999"));
        assertEquals(EndOfSnapshot.INVALID, number("                  4x"));
        assertEquals(EndOfSnapshot.INVALID, number("                4 2 "));
    }

    private static long number(final String text) {
        final UnsafeBuffer packet = packet(1).endOfSnapshot(text).packet();
        return EndOfSnapshot.sequence(packet, MoldPacket.HEADER_LENGTH + MoldPacket.BLOCK_LENGTH_SIZE, 21);
    }
}
