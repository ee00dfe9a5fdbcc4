package io.tickbridge.gateway.feed.arbitration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineArbiterTest {
    private static final long TIMEOUT = 100;
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final FeedCounts counts = new FeedCounts();
    private final RecordedOutput output = new RecordedOutput();
    private LineArbiter arbiter = new LineArbiter(2, 3, 64, TIMEOUT, NO_LIMIT, counts, output);
    private PacketOffers packets = new PacketOffers(arbiter);

    @Test
    void beginsWhereverTheFirstPacketIs() {
        packets.offer(5000, 1, 10, 1);
        packets.offer(5000, 1, 10, 0);
        packets.offer(5001, 1, 11, 0);
        says("start 5000", "packet 5000 @15", "packet 5001 @16");
        counted(3, 2, 1, 0, 0, 0);
        assertEquals(1, arbiter.lineCounts().firsts(1));
        assertEquals(1, arbiter.lineCounts().firsts(0));
        assertEquals(2, arbiter.lineCounts().datagrams(0));
        assertEquals(5002, arbiter.expected());
    }

    @Test
    void anEarlyPacketWaitsForTheOtherLine() {
        packets.offer(1, 1, 10, 0);
        packets.offer(3, 1, 12, 0);
        packets.offer(4, 1, 13, 0);
        packets.offer(2, 1, 11, 1);
        packets.offer(5, 1, 14, 0);
        says("start 1", "packet 1 @15", "packet 2 @16", "packet 3 @17", "packet 4 @18", "packet 5 @19");
        counted(5, 5, 0, 2, 0, 0);
    }

    @Test
    void aMissingRangeIsGivenUpWhenTheWindowIsFull() {
        packets.offer(1, 1, 10, 0);
        packets.offer(4, 1, 10, 0);
        packets.offer(5, 1, 10, 0);
        packets.offer(8, 1, 10, 0);
        says("start 1", "packet 1 @15");
        packets.offer(9, 1, 10, 0);
        says("start 1", "packet 1 @15", "gap 2..3", "packet 4 @15", "packet 5 @15");
        packets.offer(7, 1, 10, 0);
        packets.offer(6, 1, 10, 0);
        says("start 1", "packet 1 @15", "gap 2..3", "packet 4 @15", "packet 5 @15",
                "packet 6 @15", "packet 7 @15", "packet 8 @15", "packet 9 @15");
        counted(7, 7, 0, 5, 1, 2);
    }

    /** Found by fuzzing: a corrupt number makes a gap of nearly all numbers, and after a reset another one does. */
    @Test
    void gapsOfCorruptNumbersDoNotTurnTheCountNegative() {
        arbiter = new LineArbiter(2, 0, 64, TIMEOUT, NO_LIMIT, counts, output);
        packets = new PacketOffers(arbiter);
        for (int i = 0; i < 3; i++) {
            packets.offer(1, 1, 10, 0);
            packets.offer(Long.MAX_VALUE - 0xffff, 1, 10, 0);
            arbiter.reset(1);
        }
        assertEquals(3, counts.get(FeedCounter.GAPS));
        assertEquals(Long.MAX_VALUE / 2, counts.get(FeedCounter.LOST));
    }

    @Test
    void aFullWindowGivesUpOnlyWhatLiesBeforeTheLowestPacket() {
        packets.offer(1, 1, 10, 0);
        packets.offer(10, 1, 10, 0);
        packets.offer(11, 1, 10, 0);
        packets.offer(12, 1, 10, 0);
        packets.offer(5, 1, 10, 0);
        says("start 1", "packet 1 @15", "gap 2..4", "packet 5 @15");
        arbiter.flush();
        says("start 1", "packet 1 @15", "gap 2..4", "packet 5 @15",
                "gap 6..9", "packet 10 @15 late", "packet 11 @15 late", "packet 12 @15 late");
        counted(5, 5, 0, 3, 2, 7);
    }

    @Test
    void eventTimeEndsTheWait() {
        packets.offer(1, 1, 10, 0);
        packets.offer(3, 1, 20, 0);
        packets.offer(4, 1, 120, 0);
        says("start 1", "packet 1 @15");
        packets.offer(5, 1, 121, 0);
        says("start 1", "packet 1 @15", "gap 2..2", "packet 3 @25", "packet 4 @125", "packet 5 @126");
        packets.offer(2, 1, 19, 1);
        counted(5, 4, 1, 3, 1, 1);
    }

    @Test
    void whatWaitedTooLongIsHandedOverAsLateAfterTheGap() {
        waitAtMost(50);
        received(1, 1000);
        received(3, 1010);
        received(4, 1050);
        received(5, 1060);
        says("start 1", "packet 1 @1000");
        received(6, 1061);
        says("start 1", "packet 1 @1000", "gap 2..2", "packet 3 @1010 late", "packet 4 @1050", "packet 5 @1060",
                "packet 6 @1061");
        counted(5, 5, 0, 3, 1, 1);
    }

    @Test
    void theMissingPacketItselfComesTooLateWhenTheOthersHaveWaitedTooLong() {
        waitAtMost(50);
        received(1, 1000);
        received(3, 1010);
        received(2, 1061);
        says("start 1", "packet 1 @1000", "gap 2..2", "packet 3 @1010 late");
        counted(3, 2, 1, 1, 1, 1);
    }

    @Test
    void theWaitCountsFromWhatArrivedFirstNotFromWhatIsFirstInSequence() {
        waitAtMost(50);
        received(1, 1000);
        received(5, 1010);
        received(3, 1055);
        received(6, 1061);
        says("start 1", "packet 1 @1000", "gap 2..2", "packet 3 @1055", "gap 4..4", "packet 5 @1010 late",
                "packet 6 @1061");
    }

    @Test
    void whatIsReleasedAtTheEndIsLate() {
        waitAtMost(50);
        received(1, 1000);
        received(3, 1010);
        arbiter.flush();
        says("start 1", "packet 1 @1000", "gap 2..2", "packet 3 @1010 late");
    }

    @Test
    void anOldReceiveTimeIsNotLongAgoWhenTheWaitIsShort() {
        waitAtMost(50);
        received(1, 1000);
        received(3, 1010);
        received(2, 1060);
        says("start 1", "packet 1 @1000", "packet 2 @1060", "packet 3 @1010");
    }

    private void waitAtMost(final long longestWait) {
        arbiter = new LineArbiter(2, 3, 64, TIMEOUT, longestWait, counts, output);
        packets = new PacketOffers(arbiter);
    }

    /** Event time stands still: receive time alone decides. */
    private void received(final long sequence, final long receiveTime) {
        packets.offer(sequence, 1, 10, receiveTime, 0, 16);
    }

    @Test
    void withoutAWindowALossIsKnownAtOnce() {
        arbiter = new LineArbiter(1, 0, 64, TIMEOUT, NO_LIMIT, counts, output);
        packets = new PacketOffers(arbiter);
        packets.offer(1, 1, 10, 0);
        packets.offer(3, 1, 10, 0);
        packets.offer(2, 1, 10, 0);
        says("start 1", "packet 1 @15", "gap 2..2", "packet 3 @15");
        counted(3, 2, 1, 0, 1, 1);
    }

    @Test
    void aPacketTooLargeToHoldEndsTheWait() {
        packets.offer(1, 1, 10, 0);
        packets.offer(3, 1, 10, 0);
        packets.offer(5, 1, 10, 0, 65);
        says("start 1", "packet 1 @15", "gap 2..2", "packet 3 @15", "gap 4..4", "packet 5 @15");
        counted(3, 3, 0, 1, 2, 2);
    }

    @Test
    void anOverlappedHeadIsSkipped() {
        packets.offer(1, 4, 10, 0);
        packets.offer(3, 4, 11, 1);
        packets.offer(3, 2, 11, 0);
        packets.offer(5, 2, 11, 0);
        says("start 1", "packet 1 @15", "packet 3 skip 2 @16");
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L), output.units);
        counted(4, 2, 2, 0, 0, 0);
    }

    @Test
    void heldPacketsMayOverlapEachOther() {
        packets.offer(1, 1, 10, 0);
        packets.offer(6, 1, 10, 0);
        packets.offer(5, 4, 10, 1);
        packets.offer(6, 3, 10, 1);
        packets.offer(2, 4, 10, 0);
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L), output.units);
        says("start 1", "packet 1 @15", "packet 2 @15", "packet 5 skip 1 @15");
        counted(5, 3, 2, 2, 0, 0);
    }

    @Test
    void aHeartbeatRevealsALossAtTheTail() {
        packets.offer(1, 2, 10, 0);
        packets.offer(3, 0, 50, 0);
        packets.offer(5, 0, 60, 0);
        packets.offer(5, 0, 61, 1);
        packets.offer(5, 0, 160, 0);
        says("start 1", "packet 1 @15");
        packets.offer(5, 0, 161, 0);
        says("start 1", "packet 1 @15", "gap 3..4");
        packets.offer(5, 1, 170, 0);
        says("start 1", "packet 1 @15", "gap 3..4", "packet 5 @175");
        counted(7, 2, 0, 0, 1, 2);
    }

    @Test
    void aHeartbeatMayComeFirst() {
        packets.offer(7, 0, 10, 0);
        packets.offer(7, 2, 11, 0);
        says("start 7", "packet 7 @16");
        counted(2, 1, 0, 0, 0, 0);
    }

    @Test
    void anAnnouncedRestartReleasesTheOldCountFirst() {
        packets.offer(10, 1, 10, 0);
        packets.offer(12, 1, 11, 0);
        arbiter.reset(1);
        packets.offer(1, 1, 12, 0);
        says("start 10", "packet 10 @15", "gap 11..11", "packet 12 @16 late", "packet 1 @17");
    }

    @Test
    void anUnannouncedRestartIsSeenByItsLaterTime() {
        packets.offer(900, 1, 1000, 0);
        packets.offer(902, 1, 1002, 0);
        packets.offer(1, 1, 1100, 0);
        says("start 900", "packet 900 @1005");
        packets.offer(2, 1, 1103, 0);
        says("start 900", "packet 900 @1005", "gap 901..901", "packet 902 @1007", "restart 903->2", "packet 2 @1108");
        packets.offer(2, 1, 1103, 1);
        packets.offer(3, 1, 1104, 1);
        assertEquals(4, arbiter.expected());
        counted(6, 4, 2, 1, 1, 1);
    }

    @Test
    void aCorruptNumberDoesNotLeaveTheFeedDeaf() {
        packets.offer(1, 1, 1000, 0);
        packets.offer(4_000_000_000L, 1, 1001, 0);
        packets.offer(2, 1, 1090, 0);
        packets.offer(3, 1, 1191, 0);
        packets.offer(4, 1, 1500, 0);
        packets.offer(5, 1, 1501, 0);
        assertEquals(List.of(1L, 2L, 3L, 4_000_000_000L, 4L, 5L), output.units);
        assertEquals("restart 4000000001->4", output.calls.get(6));
    }

    @Test
    void theOutputMayResetFromWithin() {
        final RecordedOutput inner = new RecordedOutput();
        final LineArbiter[] self = new LineArbiter[1];
        self[0] = new LineArbiter(1, 3, 64, TIMEOUT, NO_LIMIT, counts, new ArbitratedPackets() {
            @Override
            public void onStart(final long sequence) {
                inner.onStart(sequence);
            }

            @Override
            public void onRestart(final long expected, final long sequence) {
                inner.onRestart(expected, sequence);
            }

            @Override
            public void onPacket(
                    final org.agrona.DirectBuffer buffer, final int offset, final int length,
                    final long sequence, final long receiveTime, final int skipUnits, final boolean late) {
                if (sequence == 3) {
                    self[0].reset(1);
                }
                inner.onPacket(buffer, offset, length, sequence, receiveTime, skipUnits, late);
            }

            @Override
            public void onGap(final long from, final long to) {
                inner.onGap(from, to);
            }
        });
        final PacketOffers offers = new PacketOffers(self[0]);
        offers.offer(1, 1, 10, 0);
        offers.offer(3, 1, 10, 0);
        offers.offer(5, 1, 10, 0);
        offers.offer(2, 1, 10, 0);
        offers.offer(1, 1, 11, 0);
        assertEquals(List.of("start 1", "packet 1 @15", "packet 2 @15", "gap 4..4", "packet 5 @15 late", "packet 3 @15",
                "packet 1 @16"), inner.calls);
    }

    private void says(final String... calls) {
        assertEquals(List.of(calls), output.calls);
    }

    private void counted(
            final long datagrams, final long packetCount, final long duplicates, final long held,
            final long gaps, final long lost) {
        assertEquals(datagrams, counts.get(FeedCounter.DATAGRAMS), "datagrams");
        assertEquals(packetCount, counts.get(FeedCounter.PACKETS), "packets");
        assertEquals(duplicates, counts.get(FeedCounter.DUPLICATES), "duplicates");
        assertEquals(held, counts.get(FeedCounter.HELD_BACK), "held back");
        assertEquals(gaps, counts.get(FeedCounter.GAPS), "gaps");
        assertEquals(lost, counts.get(FeedCounter.LOST), "lost");
    }
}
