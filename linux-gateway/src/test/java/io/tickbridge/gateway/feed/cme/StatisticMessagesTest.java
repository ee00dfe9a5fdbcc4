package io.tickbridge.gateway.feed.cme;

import static io.tickbridge.gateway.feed.cme.PacketWriter.NULL_INT;
import static io.tickbridge.gateway.feed.cme.PacketWriter.NULL_PRICE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.Statistic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the exchange says of a session, and the orders of trades, from bytes written by hand and from a captured session. */
class StatisticMessagesTest {
    private static final int END = 0x80;
    private static final long TIME = 1_700_000_000_000_000_000L;

    private final List<String> calls = new ArrayList<>();
    private final RecordedEvents events = new RecordedEvents(true) {
        @Override
        public boolean wantsSnapshot(final long instrument) {
            return true;
        }

        @Override
        public void onStatistic(
                final long instrument, final Statistic kind, final long price, final long quantity, final long time) {
            StatisticMessagesTest.this.calls.add(instrument + " " + kind.label() + " " + (price == NO_PRICE ? "-" : price) + " "
                    + (quantity == NO_QUANTITY ? "-" : quantity) + " at " + time);
        }

        @Override
        public void onTradeOrder(final long instrument, final long order, final int quantity, final boolean took) {
            StatisticMessagesTest.this.calls.add("order " + order + " of " + instrument + " x " + quantity + (took ? " took" : ""));
        }

        @Override
        public void onTradeBreak(final long instrument, final long trade, final long time) {
            StatisticMessagesTest.this.calls.add("break of " + trade + " in " + instrument + " at " + time);
        }

        @Override
        public void onTrade(final long instrument, final long reportSequence, final long time, final long price,
                final int quantity, final int aggressor) {
            StatisticMessagesTest.this.calls.add("trade of " + instrument + " x " + quantity + " by " + aggressor);
        }
    };
    private final CmeFeedHandler feed = new CmeFeedHandler(1, 4, 1_000_000, 1_000_000, events);
    private final CmeFeedHandler snapshots = new CmeFeedHandler(new boolean[] {true}, 4, 1_000_000, 1_000_000, events);
    private long sequence = 100;

    @ParameterizedTest
    @CsvSource({"33, 8, 100", "49, 13, 1"})
    void daily(final int template, final int version, final long factor) {
        packet().incremental(template, version, TIME, END).group(32, 6)
                .u64(4_000).u32(NULL_INT).u32(7).u32(1).u16(19_000).u8(0b0011).u8(0).u8('6').zeros(7)
                .u64(4_001).u32(NULL_INT).u32(7).u32(2).u16(19_000).u8(0b1000).u8(0).u8('6').zeros(7)
                .u64(4_002).u32(NULL_INT).u32(7).u32(3).u16(19_000).u8(0xFF).u8(0).u8('6').zeros(7)
                .u64(NULL_PRICE).u32(55).u32(8).u32(1).u16(19_000).u8(0xFF).u8(0).u8('C').zeros(7)
                .u64(NULL_PRICE).u32(66).u32(8).u32(2).u16(19_000).u8(0xFF).u8(0).u8('B').zeros(7)
                .u64(4_003).u32(NULL_INT).u32(8).u32(3).u16(19_000).u8(0xFF).u8(2).u8('W').zeros(7)
                .sendTo(feed);
        says("7 settlement " + 4_000 * factor + " -", "7 preliminary-settlement " + 4_001 * factor + " -",
                "7 preliminary-settlement " + 4_002 * factor + " -", "8 open-interest - 55", "8 cleared-volume - 66",
                "8 fixing - -");
        assertEquals(List.of("other 7 #1", "other 7 #2", "other 7 #3", "other 8 #1", "other 8 #2", "other 8 #3", "end " + TIME),
                events.calls);
    }

    @ParameterizedTest
    @CsvSource({"34, 8, 100", "50, 13, 1"})
    void limits(final int template, final int version, final long factor) {
        packet().incremental(template, version, TIME, END).group(32, 1)
                .u64(5_000).u64(-4_000).u64(NULL_PRICE).u32(7).u32(1).sendTo(feed);
        says("7 high-limit " + 5_000 * factor + " -", "7 low-limit " + -4_000 * factor + " -", "7 band - -");
    }

    @ParameterizedTest
    @CsvSource({"35, 6, 100", "51, 13, 1"})
    void session(final int template, final int version, final long factor) {
        packet().incremental(template, version, TIME, END).group(24, 8)
                .u64(1).u32(7).u32(1).u8(0).u8(0).u8('4').zeros(5)
                .u64(2).u32(7).u32(2).u8(5).u8(0).u8('4').zeros(5)
                .u64(3).u32(7).u32(3).u8(255).u8(0).u8('7').zeros(5)
                .u64(4).u32(7).u32(4).u8(255).u8(0).u8('8').zeros(5)
                .u64(5).u32(7).u32(5).u8(255).u8(0).u8('N').zeros(5)
                .u64(6).u32(7).u32(6).u8(255).u8(0).u8('O').zeros(5)
                .u64(7).u32(7).u32(7).u8(100).u8(2).u8('9').zeros(5)
                .u64(8).u32(7).u32(8).u8(255).u8(0).u8('?').zeros(5)
                .sendTo(feed);
        says("7 open " + factor + " -", "7 indicative-open " + 2 * factor + " -", "7 high " + 3 * factor + " -",
                "7 low " + 4 * factor + " -", "7 highest-bid " + 5 * factor + " -", "7 lowest-offer " + 6 * factor + " -",
                "7 mean - -");
    }

    @Test
    void volume() {
        packet().incremental(37, 13, TIME, END).group(16, 2).u32(5).u32(2).u32(3).u8(1).zeros(3)
                .u32(6).u32(3).u32(3).u8(2).zeros(3)
                .incremental(66, 13, TIME, END).group(24, 1).u64(1L << 50).u32(7).u32(15).u8(0).zeros(7)
                .incremental(67, 13, TIME, END).group(32, 1).u64(9).u64(-1).u32(7).u32(16).u8(255).u8(0).u8('7').zeros(5)
                .sendTo(feed);
        says("2 volume - 5", "3 volume - -", "7 volume - " + (1L << 50), "7 high 9 -");
    }

    @ParameterizedTest
    @CsvSource({"42, 8", "48, 13"})
    void tradesWithTheirOrders(final int template, final int version) {
        packet().incremental(template, version, TIME, END).group(32, 4)
                .u64(1).u32(10).u32(7).u32(50).u32(3).u8(1).u8(0).u32(900).zeros(2)
                .u64(1).u32(4).u32(8).u32(51).u32(2).u8(0).u8(0).u32(901).zeros(2)
                .u64(1).u32(4).u32(9).u32(52).u32(0).u8(2).u8(2).u32(902).zeros(2)
                .u64(1).u32(4).u32(9).u32(53).u32(NULL_INT).u8(2).u8(0).u32(903).zeros(2)
                .paddedGroup(16, 5)
                .u64(1001).u32(10).zeros(4).u64(1002).u32(6).zeros(4).u64(1003).u32(4).zeros(4)
                .u64(1004).u32(4).zeros(4).u64(-5).u32(4).zeros(4).sendTo(feed);
        assertEquals(List.of("trade of 7 x 10 by 0", "order 1001 of 7 x 10 took", "order 1002 of 7 x 6", "order 1003 of 7 x 4",
                "trade of 8 x 4 by -1", "order 1004 of 8 x 4", "order -5 of 8 x 4", "break of 902 in 9 at " + TIME,
                "trade of 9 x 4 by 1"), calls);
        assertEquals(List.of("other 9 #52", "end " + TIME), events.calls);
    }

    @Test
    void ordersThatAreNotThere() {
        packet().incremental(48, 13, TIME, 0).group(32, 1).u64(1).u32(10).u32(7).u32(50).u32(3).u8(1).u8(0).u32(900).zeros(2)
                .paddedGroup(16, 2).u64(1001).u32(10).zeros(4).u64(1002).u32(6).zeros(4)
                .incremental(48, 13, TIME, END).group(32, 1).u64(1).u32(10).u32(7).u32(50).u32(3).u8(1).u8(0).u32(900).zeros(2)
                .paddedGroup(16, 200).u64(1001).u32(10).zeros(4).sendTo(feed);
        assertEquals(List.of("trade of 7 x 10 by 0"), calls);
        assertEquals(1, feed.counts().get(FeedCounter.MALFORMED));
    }

    /** The orders of a captured session's trades: whoever took has the whole quantity, and no order is left over. */
    @Test
    void ordersOfACapturedSession() {
        final int[] seen = new int[4];
        final Set<Statistic> kinds = EnumSet.noneOf(Statistic.class);
        CapturedDatagrams.open().feed(new CmeFeedHandler(2, 64, 1_000_000_000, 1_000_000_000, new RecordedEvents(true) {
            private int traded;

            @Override
            public void onTrade(final long instrument, final long reportSequence, final long time, final long price,
                    final int quantity, final int aggressor) {
                traded = quantity;
                seen[0]++;
                seen[3] += aggressor >= 0 ? 1 : 0;
            }

            @Override
            public void onTradeOrder(final long instrument, final long order, final int quantity, final boolean took) {
                seen[1]++;
                if (took) {
                    seen[2]++;
                    assertEquals(traded, quantity);
                }
            }

            @Override
            public void onStatistic(
                    final long instrument, final Statistic kind, final long price, final long quantity, final long time) {
                kinds.add(kind);
            }
        }));
        assertEquals(seen[3], seen[2], "each trade that someone took names who");
        assertEquals(List.of(true, true), List.of(seen[0] >= 194, seen[1] > seen[0]));
        assertEquals(EnumSet.of(Statistic.OPEN, Statistic.HIGH, Statistic.LOW, Statistic.HIGHEST_BID, Statistic.LOWEST_OFFER, Statistic.VOLUME),
                kinds);
    }

    @ParameterizedTest
    @CsvSource({"38, 8, 100", "52, 13, 1"})
    void inSnapshots(final int template, final int version, final long factor) {
        snapshot(template, version).group(22, 10)
                .u64(9).u32(5).u32(2).u8(1).u16(0).u8(0xFF).u8(0).u8('0')
                .u64(10).u32(NULL_INT).u32(NULL_INT).u8(127).u16(0).u8(0).u8(0).u8('4')
                .u64(11).u32(NULL_INT).u32(NULL_INT).u8(127).u16(0).u8(5).u8(0).u8('4')
                .u64(12).u32(NULL_INT).u32(NULL_INT).u8(127).u16(0).u8(0xFF).u8(0b0011).u8('6')
                .u64(13).u32(NULL_INT).u32(NULL_INT).u8(127).u16(0).u8(0xFF).u8(0xFF).u8('6')
                .u64(14).u32(NULL_INT).u32(NULL_INT).u8(127).u16(0).u8(0xFF).u8(0).u8('7')
                .u64(NULL_PRICE).u32(66).u32(NULL_INT).u8(127).u16(0).u8(0xFF).u8(0).u8('C')
                .u64(NULL_PRICE).u32(NULL_INT).u32(NULL_INT).u8(127).u16(0).u8(0xFF).u8(0).u8('B')
                .u64(NULL_PRICE).u32(77).u32(NULL_INT).u8(127).u16(0).u8(0xFF).u8(0).u8('e')
                .u64(15).u32(1).u32(NULL_INT).u8(127).u16(0).u8(0xFF).u8(0).u8('2')
                .sendTo(snapshots);
        says("7 high-limit " + 5_000 * factor + " -", "7 low-limit " + -4_000 * factor + " -", "7 open " + 10 * factor + " -",
                "7 indicative-open " + 11 * factor + " -", "7 settlement " + 12 * factor + " -",
                "7 preliminary-settlement " + 13 * factor + " -", "7 high " + 14 * factor + " -", "7 open-interest - 66",
                "7 volume - 77");
    }

    @Test
    void inSnapshotsWithLongQuantities() {
        snapshot(69, 13).group(23, 2)
                .u64(NULL_PRICE).u64(1L << 40).u32(NULL_INT).u8(0).u8(0xFF).u8('C')
                .u64(8).u64(-1L).u32(NULL_INT).u8(0).u8(0xFF).u8('8')
                .sendTo(snapshots);
        says("7 high-limit 5000 -", "7 low-limit -4000 -", "7 open-interest - " + (1L << 40), "7 low 8 -");
    }

    private PacketWriter snapshot(final int template, final int version) {
        return packet().message(template, version, 59).u32(10).u32(1).u32(7).u32(3).u64(TIME).u64(TIME).u16(19_000).u8(17)
                .u64(5_000).u64(-4_000).u64(NULL_PRICE);
    }

    private PacketWriter packet() {
        return new PacketWriter(sequence++, TIME);
    }

    private void says(final String... wanted) {
        assertEquals(List.of(wanted), calls.stream().map(call -> call.substring(0, call.indexOf(" at "))).toList());
    }
}
