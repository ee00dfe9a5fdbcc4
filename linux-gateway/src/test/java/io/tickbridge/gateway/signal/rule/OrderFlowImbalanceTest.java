package io.tickbridge.gateway.signal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.signal.SignalCounter;
import io.tickbridge.gateway.signal.SingleRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderFlowImbalanceTest {

    /** From bid 100 x 10, offer 101 x 20 to each of these; the flow worked out by hand from the paper's definition. */
    @ParameterizedTest(name = "{4}: {5}")
    @CsvSource({
        "100, 13, 101, 20, bid grows,            3",
        "100,  4, 101, 20, bid shrinks,         -6",
        "101,  7, 102, 20, both prices rise,    27",
        " 99, 50, 101, 20, bid price falls,    -10",
        "100, 10, 101, 25, offer grows,         -5",
        "100, 10, 101, 12, offer shrinks,        8",
        "100, 10, 102, 90, offer price rises,   20",
        " 99,  8, 100,  6, both prices fall,   -16",
    })
    void measuresEachChange(
            final long bid, final int bidQuantity, final long ask, final int askQuantity, final String what,
            final long flow) {
        final SingleRule rule = new SingleRule("order-flow-imbalance", "events", "1", "threshold", "1");
        assertEquals("", rule.quote(100, 10, 101, 20), "a reference only");
        assertEquals((flow > 0 ? "BUY " : "SELL ") + flow, rule.quote(bid, bidQuantity, ask, askQuantity), what);
    }

    @Test
    void sumsOverTheWindowAndLetsTheOldestGo() {
        final SingleRule rule =
                new SingleRule("order-flow-imbalance", "events", "3", "threshold", "10", "rearm", "5");
        rule.quote(100, 10, 101, 10);
        assertEquals("", rule.quote(100, 16, 101, 10), "6, window not full");
        assertEquals("", rule.quote(100, 20, 101, 10), "6 + 4 = 10, window not full");
        assertEquals(3, rule.count(SignalCounter.NOT_EVALUATED));
        assertEquals("BUY 11", rule.quote(100, 21, 101, 10), "6 + 4 + 1");
        assertEquals("", rule.quote(100, 22, 101, 10), "4 + 1 + 1 = 6: below the threshold, not armed");
        assertEquals("", rule.quote(100, 40, 101, 10), "1 + 1 + 18 = 20: not armed");
        assertEquals("", rule.quote(100, 24, 101, 10), "1 + 18 - 16 = 3: armed");
        assertEquals("BUY 12", rule.quote(100, 34, 101, 10), "18 - 16 + 10");
        assertEquals("SELL -17", rule.quote(100, 23, 101, 10), "-16 + 10 - 11");
    }

    @Test
    void doesNotCountEventsThatLeaveTheBestQuotesAlone() {
        final SingleRule rule = new SingleRule("order-flow-imbalance", "events", "2", "threshold", "5");
        rule.quote(100, 10, 101, 10);
        rule.quote(100, 13, 101, 10);
        for (int i = 0; i < 5; i++) {
            assertEquals("", rule.event());
        }
        assertEquals("BUY 5", rule.quote(100, 15, 101, 10));
    }

    @Test
    void countsAChangeWhoseFlowIsNought() {
        final SingleRule rule = new SingleRule("order-flow-imbalance", "events", "2", "threshold", "5");
        rule.quote(100, 10, 101, 10);
        rule.quote(100, 15, 101, 10);
        assertEquals("BUY 5", rule.quote(100, 18, 101, 13), "3 to either side");
    }

    @Test
    void refillsItsWindowAfterAGap() {
        final SingleRule rule = new SingleRule("order-flow-imbalance", "events", "2", "threshold", "5");
        rule.quote(100, 10, 101, 10);
        rule.quote(100, 40, 101, 10);
        assertEquals("BUY 31", rule.quote(100, 41, 101, 10));
        rule.gap();
        assertEquals("", rule.quote(100, 90, 101, 10), "what lies between is not flow");
        assertEquals("", rule.quote(100, 94, 101, 10));
        assertEquals("BUY 7", rule.quote(100, 97, 101, 10), "4 + 3, nothing of before");
        assertEquals("SELL -84", rule.quote(100, 10, 101, 10), "3 - 87");
    }

    @Test
    void isExactWithTheLargestQuantities() {
        final SingleRule rule = new SingleRule("order-flow-imbalance", "events", "2", "threshold", "8589934588");
        rule.quote(100, Integer.MAX_VALUE, 101, Integer.MAX_VALUE);
        rule.quote(101, Integer.MAX_VALUE, 102, Integer.MAX_VALUE);
        assertEquals("BUY 8589934588", rule.quote(102, Integer.MAX_VALUE, 103, Integer.MAX_VALUE), "4 (2^31 - 1)");
    }
}
