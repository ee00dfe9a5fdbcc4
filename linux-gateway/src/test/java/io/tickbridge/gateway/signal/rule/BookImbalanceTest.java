package io.tickbridge.gateway.signal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.signal.SignalCounter;
import io.tickbridge.gateway.signal.SingleRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BookImbalanceTest {

    /** (80 - 20) / (80 + 20) = 0.6. */
    @Test
    void firesAtTheThresholdExactly() {
        final SingleRule rule = new SingleRule("book-imbalance", "levels", "2", "threshold", "0.6");
        assertEquals("", levels(rule, new int[] {50, 30}, new int[] {10, 11}));
        assertEquals("BUY 600000", levels(rule, new int[] {50, 30}, new int[] {10, 10}));
    }

    @Test
    void trembleAroundTheThresholdFiresOnce() {
        final SingleRule rule =
                new SingleRule("book-imbalance", "levels", "1", "threshold", "0.6", "rearm", "0.4");
        assertEquals("BUY 600000", levels(rule, new int[] {80}, new int[] {20}));
        assertEquals("", levels(rule, new int[] {79}, new int[] {21}));
        assertEquals("", levels(rule, new int[] {90}, new int[] {10}));
        assertEquals("", levels(rule, new int[] {70}, new int[] {30}), "0.4 is not below 0.4");
        assertEquals("", levels(rule, new int[] {90}, new int[] {10}));
        assertEquals("", levels(rule, new int[] {69}, new int[] {31}), "0.38 arms it again");
        assertEquals("BUY 800000", levels(rule, new int[] {90}, new int[] {10}));
    }

    @Test
    void goesStraightFromOneSideToTheOther() {
        final SingleRule rule = new SingleRule("book-imbalance", "levels", "1");
        assertEquals("BUY 1000000", levels(rule, new int[] {7}, new int[] {0}));
        assertEquals("SELL -1000000", levels(rule, new int[] {0}, new int[] {7}));
        assertEquals("", levels(rule, new int[] {1}, new int[] {9}));
        assertEquals("BUY 800000", levels(rule, new int[] {9}, new int[] {1}));
    }

    /** 1/3 and -1/3 in parts per million. */
    @Test
    void roundsTowardsZeroOnBothSides() {
        final SingleRule rule = new SingleRule("book-imbalance", "levels", "1", "threshold", "0.333333");
        assertEquals("BUY 333333", levels(rule, new int[] {2}, new int[] {1}));
        assertEquals("SELL -333333", levels(rule, new int[] {1}, new int[] {2}));
        final SingleRule stricter = new SingleRule("book-imbalance", "levels", "1", "threshold", "0.333334");
        assertEquals("", levels(stricter, new int[] {2}, new int[] {1}));
    }

    @Test
    void needsEveryLevelByDefault() {
        final SingleRule rule = new SingleRule("book-imbalance", "levels", "3");
        assertEquals("", levels(rule, new int[] {90, 90, 90}, new int[] {1, 1}));
        assertEquals("", levels(rule, new int[] {90, 90}, new int[] {1, 1, 1}));
        rule.book().bids().quantities(90, 90, 90);
        rule.book().asks().quantities(1, 1, 1);
        rule.book().bids().forget(1);
        assertEquals("", rule.event(), "unknown in the middle");
        assertEquals(3, rule.count(SignalCounter.NOT_EVALUATED));
        assertEquals("BUY 978021", levels(rule, new int[] {90, 90, 90}, new int[] {1, 1, 1, 900}), "267 / 273");
    }

    @Test
    void weighsAsManyLevelsOnBothSides() {
        final SingleRule rule = new SingleRule("book-imbalance", "levels", "3", "min-levels", "1");
        assertEquals("", levels(rule, new int[] {10, 500, 500}, new int[] {10}), "one level each: balanced");
        assertEquals("BUY 960784", levels(rule, new int[] {10, 490}, new int[] {5, 5, 900}), "490 / 510");
    }

    @Test
    void doesNotDivideByZero() {
        final SingleRule rule = new SingleRule("book-imbalance", "levels", "1");
        assertEquals("", levels(rule, new int[] {0}, new int[] {0}));
        assertEquals("", levels(rule, new int[] {5}, new int[] {-1}), "not 6 / 4");
        assertEquals(2, rule.count(SignalCounter.NOT_EVALUATED));
    }

    @Test
    void isExactWithTheLargestQuantities() {
        final SingleRule rule = new SingleRule("book-imbalance", "levels", "100", "threshold", "1");
        final int[] large = new int[100];
        Arrays.fill(large, Integer.MAX_VALUE);
        final int[] nothing = new int[100];
        assertEquals("SELL -1000000", levels(rule, nothing, large));
        nothing[99] = 1;
        assertEquals("", levels(rule, large, nothing), "one contract short of everything");
    }

    @Test
    void isArmedAfterAGap() {
        final SingleRule rule = new SingleRule("book-imbalance", "levels", "1");
        assertEquals("BUY 800000", levels(rule, new int[] {90}, new int[] {10}));
        assertEquals("", levels(rule, new int[] {90}, new int[] {10}));
        rule.gap();
        assertEquals("BUY 800000", levels(rule, new int[] {90}, new int[] {10}));
    }

    private static String levels(final SingleRule rule, final int[] bids, final int[] asks) {
        rule.book().bids().quantities(bids);
        rule.book().asks().quantities(asks);
        return rule.event();
    }
}
