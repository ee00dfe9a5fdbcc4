package io.tickbridge.gateway.signal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.signal.SignalCounter;
import io.tickbridge.gateway.signal.SingleRule;
import org.junit.jupiter.api.Test;

class TopOfBookTest {

    @Test
    void namesWhatChanged() {
        final SingleRule rule = new SingleRule("top-of-book");
        assertEquals("15", rule.quote(100, 5, 101, 6), "the first top is all news");
        assertEquals("", rule.quote(100, 5, 101, 6));
        assertEquals("1", rule.quote(99, 5, 101, 6));
        assertEquals("2", rule.quote(99, 4, 101, 6));
        assertEquals("4", rule.quote(99, 4, 102, 6));
        assertEquals("8", rule.quote(99, 4, 102, 7));
        assertEquals("6", rule.quote(99, 9, 103, 7));
        assertEquals("15", rule.quote(98, 1, 104, 2));
    }

    @Test
    void looksAtTheBestLevelOnly() {
        final SingleRule rule = new SingleRule("top-of-book");
        rule.quote(100, 5, 101, 6);
        rule.book().bids().set(1, 99, 50);
        assertEquals("", rule.event());
    }

    @Test
    void ignoresQuantitiesWhenToldTo() {
        final SingleRule rule = new SingleRule("top-of-book", "prices-only", "true");
        assertEquals("5", rule.quote(100, 5, 101, 6));
        assertEquals("", rule.quote(100, 4, 101, 7));
        assertEquals("4", rule.quote(100, 3, 102, 8));
        assertEquals("1", rule.quote(99, 3, 102, 1));
    }

    @Test
    void holdsBackWithinTheIntervalAndTellsAtItsEnd() {
        final SingleRule rule = new SingleRule("top-of-book", "interval", "10ns");
        rule.book().top(100, 5, 101, 6);
        assertEquals("15", rule.eventAt(1_000));
        rule.book().top(100, 5, 102, 6);
        assertEquals("", rule.eventAt(1_001));
        rule.book().top(100, 4, 102, 6);
        assertEquals("", rule.eventAt(1_009));
        assertEquals(2, rule.count(SignalCounter.CONFLATED));
        assertEquals("6", rule.eventAt(1_010), "both changes at once, at an event that changed nothing itself");
        rule.book().top(100, 4, 103, 6);
        assertEquals("", rule.eventAt(1_019), "the interval counts from the last signal");
        assertEquals("4", rule.eventAt(1_020));
    }

    @Test
    void saysNothingOfAChangeThatReverted() {
        final SingleRule rule = new SingleRule("top-of-book", "interval", "10ns");
        rule.book().top(100, 5, 101, 6);
        rule.eventAt(1_000);
        rule.book().top(100, 5, 102, 6);
        assertEquals("", rule.eventAt(1_005));
        rule.book().top(100, 5, 101, 6);
        assertEquals("", rule.eventAt(1_020));
        assertEquals(1, rule.count(SignalCounter.CONFLATED));
    }

    @Test
    void isNotSilencedByAClockSetBack() {
        final SingleRule rule = new SingleRule("top-of-book", "interval", "10ns");
        rule.book().top(100, 5, 101, 6);
        rule.eventAt(1_000);
        rule.book().top(100, 5, 102, 6);
        assertEquals("4", rule.eventAt(999));
    }

    @Test
    void beginsAnewAfterAGap() {
        final SingleRule rule = new SingleRule("top-of-book", "interval", "1s");
        rule.quote(100, 5, 101, 6);
        rule.gap();
        assertEquals("15", rule.quote(100, 5, 101, 6));
    }
}
