package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.MessageInspector;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** DEEP+ message by message: the specification's own examples spelt out, and what the feed makes of each type. */
class DeepPlusTest {
    private static final long SECOND = 1_000_000_000L;

    private final EventLog log = new EventLog();
    private final IexFeedHandler feed = new IexFeedHandler(IexProtocol.DEEP_PLUS, 1, 8, SECOND, SECOND, log);

    private void play(final SegmentBuilder segment) {
        final UnsafeBuffer bytes = segment.build();
        feed.onDatagram(bytes, 0, bytes.capacity(), 1, 0);
    }

    private static List<String> inspect(final UnsafeBuffer bytes) {
        final List<String> lines = new ArrayList<>();
        new IexInspector().inspect(bytes, 0, bytes.capacity(), new MessageInspector.Sink() {
            @Override
            public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
                lines.add(type + " " + fields);
            }

            @Override
            public void onHeartbeat(final long sequence) {
                lines.add("heartbeat");
            }

            @Override
            public void onMalformed(final long sequence, final String what) {
                lines.add("malformed: " + what);
            }
        });
        return lines;
    }

    private static String example(final String hex) {
        final List<String> lines = inspect(SegmentBuilder.deepPlus().sequence(1).sendTime(SECOND)
                .message(HexFormat.of().parseHex(hex.replace(" ", ""))).build());
        assertEquals(1, lines.size());
        return lines.get(0);
    }

    /** "Example" below each message of IEX DEEP+ Specification 1.04, byte by byte. */
    @Test
    void theSpecificationsExamplesReadAsTheyAreExplainedThere() {
        final String time = "b2 8f a5 a0 ab 86 6d 14";
        final String symbol = "5a 49 45 58 54 20 20 20";
        final String order = "96 8f 06 00 00 00 00 00";
        final String size = "64 00 00 00";
        final String price = "24 1d 0f 00 00 00 00 00";
        final String common = "timestamp=1471980724912754610, symbol=ZIEXT";
        assertEquals("a {side=BUY, " + common + ", orderId=429974, size=100, price=99.0500}",
                example("61 38" + time + symbol + order + size + price));
        assertEquals("M {modifyFlags=RESET_PRIORITY, " + common + ", orderId=429974, size=100, price=99.0500}",
                example("4D 00" + time + symbol + order + size + price));
        assertEquals("R {" + common + ", orderId=429974}", example("52 00" + time + symbol + order));
        assertEquals("L {saleConditionFlags=NONE, " + common
                        + ", orderId=429974, size=100, price=99.0500, tradeId=167830}",
                example("4C 00" + time + symbol + order + size + price + "96 8f 02 00 00 00 00 00"));
        assertEquals("T {saleConditionFlags=NONE, " + common + ", size=100, price=99.0500, tradeId=167830}",
                example("54 00" + time + symbol + size + price + "96 8f 02 00 00 00 00 00"));
        assertEquals("B {saleConditionFlags=NONE, " + common + ", size=100, price=99.0500, tradeId=429974}",
                example("42 00" + time + symbol + size + price + order));
        assertEquals("C {" + common + "}", example("43 00" + time + symbol));
        assertEquals("C {" + common + ", furtherBytes=2}", example("43 00" + time + symbol + "0102"));
        assertEquals("I {retailLiquidityIndicator=BUY, timestamp=1471980632572715948, symbol=ZIEXT}",
                example("49 41 ac 63 c0 20 96 86 6d 14" + symbol));
        assertEquals("E {securityEvent=OPENING_PROCESS_COMPLETE, timestamp=1492421400000000000, symbol=ZIEXT}",
                example("45 4f 00 f0 30 2a 5b 25 b6 14" + symbol));
    }

    @Test
    void whatHasTheSameTimestampIsOneEventWhateverItsSymbols() {
        play(SegmentBuilder.deepPlus().sequence(1).sendTime(SECOND)
                .addOrder('8', 10, "AB", 1, 100, 500_000)
                .addOrder('5', 10, "CD", 2, 50, 600_000)
                .executeOrder(11, "AB", 1, 40, 499_900, 77)
                .trade(11, "AB", 5, 499_950)
                .modifyOrder(1, 12, "AB", 1, 10, 500_000)
                .modifyOrder(0, 12, "CD", 2, 60, 610_000)
                .deleteOrder(13, "AB", 1)
                .clearBook(14, "CD"));
        assertEquals(List.of("reset",
                "add AB 1 bid 50000000000 x 100", "add CD 2 ask 60000000000 x 50", "end 10",
                "execute AB 1 49990000000 x 40 at 11", "trade AB 49995000000 x 5 at 11", "end 11",
                "modify AB 1 50000000000 x 10 in place", "modify CD 2 61000000000 x 60", "end 12",
                "delete AB 1", "end 13", "clear CD", "end 14"), log.take());
        assertEquals(8, feed.counts().get(FeedCounter.MESSAGES));
    }

    @Test
    void breaksRetailInterestAndSecurityEventsAreToldOutsideOfEvents() {
        play(SegmentBuilder.deepPlus().sequence(1).sendTime(SECOND)
                .tradeBreak(10, "AB", 5, 500_000, 77).retail('A', 11, "AB").retail('C', 12, "AB").retail(' ', 13, "AB")
                .securityEvent('O', 14, "AB"));
        assertEquals(List.of("reset", "break AB 77 at 10", "retail AB buy", "retail AB buy sell", "retail AB"), log.take());
    }

    @Test
    void auctionInformationIsTold() {
        final IexFeedHandler deep = new IexFeedHandler(IexProtocol.DEEP, 1, 8, SECOND, SECOND, log);
        final UnsafeBuffer bytes = SegmentBuilder.deep().sequence(1).sendTime(SECOND)
                .auction('O', 10, "AB", 1000, 500_000, 0, 300, 'S').tradeBreak(11, "AB", 5, 500_000, 78).build();
        deep.onDatagram(bytes, 0, bytes.capacity(), 1, 0);
        assertEquals(List.of("reset", "auction AB 1000 paired, 300 on 1, 50000000000, none", "break AB 78 at 11"), log.take());
    }

    @Test
    void whatNoOrderCanBeIsRefusedAndToldAsLost() {
        play(SegmentBuilder.deepPlus().sequence(1).sendTime(SECOND)
                .addOrder('7', 10, "AB", 1, 100, 500_000)
                .addOrder('8', 10, "AB", 2, 0, 500_000)
                .addOrder('8', 10, "AB", 3, -1, 500_000)
                .modifyOrder(0, 10, "AB", 3, 1, 0));
        assertEquals(List.of("reset", "gap 1..1", "gap 2..2", "gap 3..3", "gap 4..4"), log.take());
        assertEquals(4, feed.counts().get(FeedCounter.MALFORMED));
    }

    @Test
    void ordersOfAnotherProtocolAreUnknownThere() {
        final IexFeedHandler deep = new IexFeedHandler(IexProtocol.DEEP, 1, 8, SECOND, SECOND, log);
        final UnsafeBuffer bytes = SegmentBuilder.deep().sequence(1).sendTime(SECOND)
                .addOrder('8', 10, "AB", 1, 100, 500_000).build();
        deep.onDatagram(bytes, 0, bytes.capacity(), 1, 0);
        assertEquals(1, deep.counts().get(FeedCounter.UNKNOWN_MESSAGES));
        assertEquals(List.of("reset"), log.take());
    }
}
