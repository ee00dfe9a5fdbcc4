package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.MessageInspector;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * The specifications' own example messages, as bytes from their "Example" tables and with the values that they give,
 * save that the examples dated 2016 give New York's time for what is UTC on the wire. TOPS messages besides are
 * compared whole in {@link IexTopsGoldenTest}.
 */
class IexInspectorTest {
    private static final String SYMBOL = "5a49455854202020";
    private static final String TIME = "ac63c02096866d14";
    private static final String TIME_TEXT = "1471980632572715948";

    @Test
    void priceLevelUpdate() {
        assertEquals(
                "8 {side=BUY, eventFlags=COMPLETE, timestamp=" + TIME_TEXT
                        + ", symbol=ZIEXT, size=9700, price=99.0500}",
                inspected("3801" + TIME + SYMBOL + "e4250000" + "241d0f0000000000"));
        assertEquals(
                "5 {side=SELL, eventFlags=IN_TRANSITION, timestamp=" + TIME_TEXT
                        + ", symbol=ZIEXT, size=0, price=99.0500}",
                inspected("3500" + TIME + SYMBOL + "00000000" + "241d0f0000000000"));
    }

    @Test
    void tradeReportAndBreak() {
        assertEquals(
                "T {saleConditionFlags=NONE, timestamp=1471980683662974915"
                        + ", symbol=ZIEXT, size=100, price=99.0500, tradeId=429974}",
                inspected("5400" + "c3dff705a2866d14" + SYMBOL + "64000000" + "241d0f0000000000" + "968f060000000000"));
        assertEquals(
                "B {saleConditionFlags=INTERMARKET_SWEEP|EXTENDED_HOURS|ODD_LOT|TRADE_THROUGH_EXEMPT"
                        + "|SINGLE_PRICE_CROSS|0x07, timestamp=1471980724912754610"
                        + ", symbol=ZIEXT, size=100, price=99.0500, tradeId=429974}",
                inspected("42ff" + "b28fa5a0ab866d14" + SYMBOL + "64000000" + "241d0f0000000000" + "968f060000000000"));
    }

    @Test
    void officialPrice() {
        assertEquals(
                "X {priceType=OPENING, timestamp=1492421400000000000, symbol=ZIEXT, officialPrice=99.0500}",
                inspected("5851" + "00f0302a5b25b614" + SYMBOL + "241d0f0000000000"));
    }

    @Test
    void securityEvent() {
        assertEquals(
                "E {securityEvent=OPENING_PROCESS_COMPLETE, timestamp=1492421400000000000, symbol=ZIEXT}",
                inspected("454f" + "00f0302a5b25b614" + SYMBOL));
    }

    @Test
    void securityDirectory() {
        assertEquals(
                "D {flags=TEST_SECURITY, timestamp=1492414800000000000, symbol=ZIEXT"
                        + ", roundLotSize=100, adjustedPocPrice=99.0500, luldTier=TIER_1}",
                inspected("4480" + "0020897b5a1fb614" + SYMBOL + "64000000" + "241d0f0000000000" + "01"));
    }

    @Test
    void statuses() {
        assertEquals(
                "S {systemEvent=END_OF_SYSTEM_HOURS, timestamp=1492448400000000000}",
                inspected("5345" + "00a09997e93db614"));
        assertEquals(
                "H {tradingStatus=HALTED, timestamp=" + TIME_TEXT + ", symbol=ZIEXT, reason=T1}",
                inspected("4848" + TIME + SYMBOL + "54312020"));
        assertEquals(
                "O {operationalHaltStatus=HALTED, timestamp=" + TIME_TEXT + ", symbol=ZIEXT}",
                inspected("4f4f" + TIME + SYMBOL));
        assertEquals(
                "P {shortSalePriceTestStatus=IN_EFFECT, timestamp=" + TIME_TEXT
                        + ", symbol=ZIEXT, detail=ACTIVATED}",
                inspected("5001" + TIME + SYMBOL + "41"));
        assertEquals(
                "I {retailLiquidityIndicator=BUY, timestamp=" + TIME_TEXT + ", symbol=ZIEXT}",
                inspected("4941" + TIME + SYMBOL));
    }

    @Test
    void auctionInformation() {
        assertEquals(
                "A {auctionType=CLOSING, timestamp=1492444212462929885, symbol=ZIEXT, pairedShares=100000"
                        + ", referencePrice=99.0500, indicativeClearingPrice=99.1000, imbalanceShares=10000"
                        + ", imbalanceSide=BUY, extensionNumber=0, scheduledAuctionTime=1492444800"
                        + ", auctionBookClearingPrice=99.1500, collarReferencePrice=99.0400"
                        + ", lowerAuctionCollar=89.1300, upperAuctionCollar=108.9500}",
                inspected("4143" + "ddc7f09a1a3ab614" + SYMBOL + "a0860100" + "241d0f0000000000" + "181f0f0000000000"
                        + "10270000" + "42" + "00" + "80e6f458" + "0c210f0000000000" + "c01c0f0000000000"
                        + "a4990d0000000000" + "dc9f100000000000"));
    }

    @Test
    void codesThatNoSpecificationNamesAreGivenAsNumbers() {
        assertEquals("S {systemEvent=0x7a, timestamp=1492448400000000000}", inspected("537a" + "00a09997e93db614"));
    }

    @Test
    void unknownTypesAndFurtherBytesAreToldByTheirLength() {
        assertEquals("z {unknownBytes=3}", inspected("7a0102"));
        assertEquals("0x00 {unknownBytes=0}", inspected(""));
        assertEquals(
                "S {systemEvent=START_OF_MESSAGES, timestamp=1492448400000000000, furtherBytes=2}",
                inspected("534f" + "00a09997e93db614" + "ffff"));
    }

    @Test
    void messagesAreNumberedAndHeartbeatsTellWhatComesNext() {
        final List<String> found = new ArrayList<>();
        inspect(SegmentBuilder.tops().sequence(7).systemEvent('O', 1).systemEvent('S', 2), found);
        inspect(SegmentBuilder.tops().sequence(9), found);
        assertEquals(List.of(
                "7 S {systemEvent=START_OF_MESSAGES, timestamp=1}",
                "8 S {systemEvent=START_OF_SYSTEM_HOURS, timestamp=2}",
                "9 heartbeat"), found);
    }

    @Test
    void whatComesBeforeTheUnreadableIsGiven() {
        final List<String> found = new ArrayList<>();
        inspect(SegmentBuilder.tops().sequence(7).systemEvent('O', 1).message((byte) 'S', (byte) 'C'), found);
        assertEquals(List.of(
                "7 S {systemEvent=START_OF_MESSAGES, timestamp=1}",
                "7 malformed: message 2 of 2 at byte 52: length 2 is less than the 10 of type S"), found);
    }

    private static String inspected(final String hex) {
        final List<String> found = new ArrayList<>();
        inspect(SegmentBuilder.deep().sequence(1).message(HexFormat.of().parseHex(hex)), found);
        assertEquals(1, found.size());
        return found.get(0).substring("1 ".length());
    }

    private static void inspect(final SegmentBuilder segment, final List<String> found) {
        final UnsafeBuffer bytes = segment.build();
        new IexInspector().inspect(bytes, 0, bytes.capacity(), new MessageInspector.Sink() {
            @Override
            public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
                found.add(sequence + " " + type + " " + fields);
            }

            @Override
            public void onHeartbeat(final long sequence) {
                found.add(sequence + " heartbeat");
            }

            @Override
            public void onMalformed(final long sequence, final String what) {
                found.add(sequence + " malformed: " + what);
            }
        });
    }
}
