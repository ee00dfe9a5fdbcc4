package io.tickbridge.gateway.signal.rule;

import static io.tickbridge.gateway.feed.MarketDataListener.ASK;
import static io.tickbridge.gateway.feed.MarketDataListener.BID;
import static io.tickbridge.gateway.feed.MarketDataListener.NO_PRICE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.signal.SignalCounter;
import io.tickbridge.gateway.signal.SingleRule;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final int NOT_STATED = -1;

    @Test
    void countsDistinctPricesOfABuyer() {
        final SingleRule rule = ready("sweep");
        trades(rule, BID, 101, 101, 102, 102, 104);
        assertEquals("BUY 3", rule.event());
        assertEquals("", rule.event(), "trades belong to their event");
    }

    @Test
    void countsDistinctPricesOfASeller() {
        final SingleRule rule = ready("sweep");
        trades(rule, ASK, 100, 99);
        assertEquals("SELL 2", rule.event());
    }

    @Test
    void onePriceIsNoSweep() {
        final SingleRule rule = ready("sweep");
        trades(rule, BID, 101, 101, 101);
        assertEquals("", rule.event());
    }

    @Test
    void doesNotJoinTwoEvents() {
        final SingleRule rule = ready("sweep");
        trades(rule, BID, 101);
        assertEquals("", rule.event());
        trades(rule, BID, 102);
        assertEquals("", rule.event());
    }

    @Test
    void tradesAgainstTheAggressorsDirectionAreNoSweep() {
        final SingleRule rule = ready("sweep");
        trades(rule, BID, 102, 101);
        assertEquals("", rule.event(), "a buyer going down");
        trades(rule, ASK, 99, 100);
        assertEquals("", rule.event(), "a seller going up");
        trades(rule, BID, 101, 102, 101, 103);
        assertEquals("", rule.event(), "there and back");
        trades(rule, BID, 101, 102);
        assertEquals("BUY 2", rule.event(), "the next event is judged for itself");
    }

    @Test
    void keepsBuyersAndSellersApart() {
        final SingleRule rule = ready("sweep");
        rule.trade(101, 1, BID);
        rule.trade(100, 1, ASK);
        assertEquals("", rule.event());
        rule.trade(100, 1, ASK);
        rule.trade(101, 1, BID);
        rule.trade(99, 1, ASK);
        rule.trade(102, 1, BID);
        rule.trade(98, 1, ASK);
        assertEquals("BUY 2 SELL 3", rule.event());
    }

    @Test
    void leavesOutTradesWithoutAggressorOrPriceAndSaysSo() {
        final SingleRule rule = ready("sweep");
        trades(rule, NOT_STATED, 101, 102, 103);
        assertEquals("", rule.event());
        assertEquals(1, rule.count(SignalCounter.NOT_EVALUATED));
        trades(rule, BID, NO_PRICE, 101);
        assertEquals("", rule.event());
        assertEquals(2, rule.count(SignalCounter.NOT_EVALUATED));
        trades(rule, BID, 101, 102);
        rule.trade(50, 1, NOT_STATED);
        assertEquals("BUY 2", rule.event());
        assertEquals(3, rule.count(SignalCounter.NOT_EVALUATED));
        rule.event();
        assertEquals(3, rule.count(SignalCounter.NOT_EVALUATED), "said once for each event");
    }

    @Test
    void asksForLevelsAndQuantity() {
        final SingleRule rule = ready("sweep", "levels", "3", "min-quantity", "4000000000");
        trades(rule, BID, 101, 102);
        assertEquals("", rule.event());
        rule.trade(101, Integer.MAX_VALUE, BID);
        rule.trade(102, Integer.MAX_VALUE - 294_967_295, BID);
        rule.trade(103, 0, BID);
        assertEquals("", rule.event(), "3,999,999,999");
        rule.trade(101, Integer.MAX_VALUE, BID);
        rule.trade(102, Integer.MAX_VALUE - 294_967_295, BID);
        rule.trade(103, 1, BID);
        assertEquals("BUY 3", rule.event(), "4,000,000,000");
    }

    @Test
    void pricesMayBeNegative() {
        final SingleRule rule = ready("sweep");
        trades(rule, BID, -2, -1, 0);
        assertEquals("BUY 3", rule.event());
        trades(rule, ASK, 0, Long.MIN_VALUE + 1);
        assertEquals("SELL 2", rule.event());
    }

    @Test
    void forgetsTradesOfADoubtfulEvent() {
        final SingleRule rule = ready("sweep");
        trades(rule, BID, 101, 102);
        rule.gap();
        assertEquals("", rule.event());
        trades(rule, BID, 101, 102);
        assertEquals("BUY 2", rule.event());
    }

    private static SingleRule ready(final String kind, final String... parameters) {
        final SingleRule rule = new SingleRule(kind, parameters);
        assertEquals("", rule.quote(100, 1, 101, 1));
        return rule;
    }

    private static void trades(final SingleRule rule, final int aggressor, final long... prices) {
        for (final long price : prices) {
            rule.trade(price, 1, aggressor);
        }
    }
}
