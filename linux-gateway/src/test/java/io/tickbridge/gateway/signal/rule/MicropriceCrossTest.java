package io.tickbridge.gateway.signal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.signal.FakeBook;
import io.tickbridge.gateway.signal.SignalCounter;
import io.tickbridge.gateway.signal.SingleRule;
import org.junit.jupiter.api.Test;

class MicropriceCrossTest {
    private static final long BID = FakeBook.price("100");
    private static final long ASK = FakeBook.price("101");

    /** With quantities 3 and 1 the microprice is 100.75: a quarter of the spread above the mid. */
    @Test
    void firesAtTheThresholdExactlyAndNotBefore() {
        final SingleRule rule = new SingleRule("microprice-cross", "threshold", "0.25");
        assertEquals("", rule.quote(BID, 10, ASK, 10), "at the mid: both sides armed");
        assertEquals("", rule.quote(BID, 2_999_999, ASK, 1_000_000), "just short of a quarter");
        assertEquals("BUY 100750000000", rule.quote(BID, 3, ASK, 1));
        assertEquals("", rule.quote(BID, 30, ASK, 1), "still the same crossing");
    }

    @Test
    void firesOnTheOtherSideAsInAMirror() {
        final SingleRule rule = new SingleRule("microprice-cross", "threshold", "0.25");
        rule.quote(BID, 10, ASK, 10);
        assertEquals("", rule.quote(BID, 1_000_000, ASK, 2_999_999));
        assertEquals("SELL 100250000000", rule.quote(BID, 1, ASK, 3));
        assertEquals("BUY 100750000000", rule.quote(BID, 3, ASK, 1), "straight to the other side");
        assertEquals("SELL 100250000000", rule.quote(BID, 1, ASK, 3));
    }

    @Test
    void isArmedAgainOnlyByReturningToTheMid() {
        final SingleRule rule = new SingleRule("microprice-cross", "threshold", "0.25");
        rule.quote(BID, 10, ASK, 10);
        rule.quote(BID, 3, ASK, 1);
        assertEquals("", rule.quote(BID, 11, ASK, 10), "nearly back");
        assertEquals("", rule.quote(BID, 3, ASK, 1));
        assertEquals("", rule.quote(BID, 10, ASK, 10), "back at the mid");
        assertEquals("BUY 100750000000", rule.quote(BID, 3, ASK, 1));
    }

    @Test
    void mustSeeACrossingNotMerelyASide() {
        final SingleRule rule = new SingleRule("microprice-cross");
        assertEquals("", rule.quote(BID, 9, ASK, 1), "it may have been there for hours");
        assertEquals("", rule.quote(BID, 6, ASK, 5));
        assertEquals("", rule.quote(BID, 5, ASK, 6));
        assertEquals("BUY 100900000000", rule.quote(BID, 9, ASK, 1));
        rule.gap();
        assertEquals("", rule.quote(BID, 1, ASK, 1));
        rule.gap();
        assertEquals("", rule.quote(BID, 9, ASK, 1), "after a gap as at the start");
    }

    @Test
    void withoutThresholdFiresOnAnyStepOverTheMid() {
        final SingleRule rule = new SingleRule("microprice-cross", "threshold", "0");
        assertEquals("", rule.quote(BID, 10, ASK, 10));
        assertEquals("BUY 100500000000", rule.quote(BID, 1_000_000_001, ASK, 1_000_000_000));
    }

    @Test
    void roundsTheMicropriceDown() {
        final SingleRule rule = new SingleRule("microprice-cross", "threshold", "0");
        rule.quote(0, 1, 1, 1);
        assertEquals("BUY 0", rule.quote(0, 2, 1, 1), "two thirds of 1e-9");
        rule.quote(-1, 1, 0, 1);
        assertEquals("BUY -1", rule.quote(-1, 2, 0, 1), "minus one third of 1e-9");
    }

    /** A spread of 1 with quantities 3 and 1 puts the microprice 0.25 above the mid. */
    @Test
    void asksForADistanceInPriceToo() {
        final SingleRule near = new SingleRule("microprice-cross", "threshold", "0.1", "distance", "0.25");
        near.quote(BID, 1, ASK, 1);
        assertEquals("BUY 100750000000", near.quote(BID, 3, ASK, 1));
        final SingleRule far = new SingleRule("microprice-cross", "threshold", "0.1", "distance", "0.250000001");
        far.quote(BID, 1, ASK, 1);
        assertEquals("", far.quote(BID, 3, ASK, 1));
        assertEquals("BUY 101500000000", far.quote(BID, 3, FakeBook.price("102"), 1), "twice the spread");
    }

    /**
     * Spread 2^63 - 1, quantities 2^31 - 1 and 1: the microprice is 2^63 - 1 - 2^32 + 2^-31, which lies
     * 2^62 - 2^32 - 1/2 + 2^-31 above the mid.
     */
    @Test
    void staysExactWhereALongWouldOverflow() {
        final SingleRule near = new SingleRule("microprice-cross", "distance", "4611686014.132420607");
        near.quote(0, 1, Long.MAX_VALUE, 1);
        assertEquals("BUY 9223372032559808511", near.quote(0, Integer.MAX_VALUE, Long.MAX_VALUE, 1));
        final SingleRule far = new SingleRule("microprice-cross", "distance", "4611686014.132420608");
        far.quote(0, 1, Long.MAX_VALUE, 1);
        assertEquals("", far.quote(0, Integer.MAX_VALUE, Long.MAX_VALUE, 1));
    }

    @Test
    void refusesQuantitiesAndSpreadsThatMakeNoSense() {
        final SingleRule rule = new SingleRule("microprice-cross");
        rule.quote(BID, 1, ASK, 1);
        assertEquals("", rule.quote(BID, 1, ASK, 0));
        assertEquals("", rule.quote(BID, -5, ASK, 1));
        assertEquals("", rule.quote(Long.MIN_VALUE + 1, 9, Long.MAX_VALUE, 1));
        assertEquals(3, rule.count(SignalCounter.NOT_EVALUATED));
    }
}
