package io.tickbridge.gateway.signal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.signal.FakeBook;
import io.tickbridge.gateway.signal.SignalCounter;
import io.tickbridge.gateway.signal.SingleRule;
import org.junit.jupiter.api.Test;

class SpreadWideningTest {
    private static final long QUARTER = FakeBook.price("0.25");
    private static final long BID = FakeBook.price("4000.25");

    @Test
    void firesAtTheThresholdOnceAndIsArmedAgainBelowTheLowerOne() {
        final SingleRule rule = new SingleRule("spread-widening", "ticks", "4", "rearm-ticks", "3");
        rule.book().setTickSize(QUARTER);
        assertEquals("", spread(rule, 4 * QUARTER - 1));
        assertEquals("4", spread(rule, 4 * QUARTER));
        assertEquals("", spread(rule, 9 * QUARTER));
        assertEquals("", spread(rule, 3 * QUARTER), "3 is not below 3");
        assertEquals("", spread(rule, 5 * QUARTER));
        assertEquals("", spread(rule, 3 * QUARTER - 1));
        assertEquals("5", spread(rule, 5 * QUARTER));
    }

    @Test
    void byDefaultIsArmedAgainRightBelowTheThreshold() {
        final SingleRule rule = new SingleRule("spread-widening");
        rule.book().setTickSize(QUARTER);
        assertEquals("3", spread(rule, 3 * QUARTER));
        assertEquals("", spread(rule, 2 * QUARTER));
        assertEquals("3", spread(rule, 3 * QUARTER));
    }

    @Test
    void withoutTickSizeIsNotEvaluated() {
        final SingleRule rule = new SingleRule("spread-widening");
        assertEquals("", spread(rule, 100 * QUARTER));
        assertEquals(1, rule.count(SignalCounter.NOT_EVALUATED));
        rule.book().setTickSize(QUARTER);
        assertEquals("100", spread(rule, 100 * QUARTER), "the exchange stated it meanwhile");
    }

    @Test
    void fallsBackToTheConfiguredTickSizeOnlyWhileTheBookHasNone() {
        final SingleRule rule = new SingleRule("spread-widening", "tick", "0.01");
        assertEquals("75", spread(rule, 3 * QUARTER));
        rule.book().setTickSize(QUARTER);
        assertEquals("", spread(rule, QUARTER));
        assertEquals("3", spread(rule, 3 * QUARTER));
    }

    @Test
    void refusesASpreadThatALongCannotHold() {
        final SingleRule rule = new SingleRule("spread-widening", "tick", "0.000000001");
        assertEquals("", rule.quote(-2, 1, Long.MAX_VALUE, 1));
        assertEquals(1, rule.count(SignalCounter.NOT_EVALUATED));
        assertEquals(Long.toString(Long.MAX_VALUE), rule.quote(-1, 1, Long.MAX_VALUE - 1, 1));
    }

    @Test
    void isArmedAfterAGap() {
        final SingleRule rule = new SingleRule("spread-widening", "tick", "0.25");
        assertEquals("3", spread(rule, 3 * QUARTER));
        rule.gap();
        assertEquals("3", spread(rule, 3 * QUARTER));
    }

    private static String spread(final SingleRule rule, final long spread) {
        return rule.quote(BID, 1, BID + spread, 1);
    }
}
