package io.tickbridge.gateway.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.SignalConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rule is the same by what it says, wherever it stands. */
class RuleMatchTest {
    private static SignalConfig rule(final String kind, final String instrument, final String levels) {
        return new SignalConfig(kind, List.of(instrument), Map.of("levels", levels));
    }

    @Test
    void aRuleThatIsPutBeforeTheOthersMakesNoneOfThemAnother() {
        final SignalConfig sweep = rule("sweep", "*", "2");
        final SignalConfig imbalance = rule("book-imbalance", "*", "3");
        final RuleMatch match = RuleMatch.of(List.of(sweep, imbalance), List.of(rule("sweep", "cme/1", "9"), imbalance, sweep));
        assertEquals(3, match.whatIf(1));
        assertEquals(2, match.whatIf(2));
        assertEquals(RuleMatch.NONE, match.onRecord(1), "new");
        assertEquals("sweep", match.kind(RuleMatch.NONE, 1));
        assertEquals(List.of(), match.changedRules());
    }

    @Test
    void aChangedRuleIsTheOneOfItsKindAndInstruments() {
        final RuleMatch match = RuleMatch.of(List.of(rule("sweep", "cme/1", "2"), rule("sweep", "cme/2", "2"), rule("top-of-book", "*", "1")),
                List.of(rule("sweep", "cme/2", "5"), rule("sweep", "cme/1", "2")));
        assertEquals(2, match.whatIf(1));
        assertEquals(1, match.whatIf(2));
        assertEquals(RuleMatch.NONE, match.whatIf(3), "taken out");
        assertEquals(1, match.changedRules().size());
        assertTrue(match.changedRules().get(0).startsWith("rule 2 on record and rule 1 what if: sweep [cme/2] {levels=2} became"),
                match.changedRules()::toString);
    }
}
