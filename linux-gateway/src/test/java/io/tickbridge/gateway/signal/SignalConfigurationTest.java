package io.tickbridge.gateway.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.SignalConfig;
import io.tickbridge.protocol.Venue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine accepts and refuses, and which instruments a rule gets. */
class SignalConfigurationTest {
    private static final List<String> FEEDS = List.of("cme", "iex");

    @Test
    void describesEveryRuleWithItsDefaults() {
        final SignalEngine engine = engine(List.of(
                SingleRule.config("top-of-book"),
                SingleRule.config("microprice-cross"),
                SingleRule.config("book-imbalance"),
                SingleRule.config("order-flow-imbalance", "threshold", "7"),
                SingleRule.config("sweep"),
                SingleRule.config("spread-widening")));
        assertEquals(List.of(
                new RuleDescription(1, "top-of-book", "top-of-book", "interval=0 prices-only=false"),
                new RuleDescription(2, "microprice-cross", "microprice-cross", "threshold=0.25 distance=0"),
                new RuleDescription(3, "book-imbalance", "book-imbalance", "levels=5 min-levels=5 threshold=0.6 rearm=0.3"),
                new RuleDescription(4, "order-flow-imbalance", "order-flow-imbalance", "events=20 threshold=7 rearm=3"),
                new RuleDescription(5, "sweep", "sweep", "levels=2 min-quantity=1"),
                new RuleDescription(6, "spread-widening", "spread-widening", "ticks=3 rearm-ticks=3 tick=0")), engine.descriptions());
    }

    @Test
    void namesRuleAndKnownKindsWhenAKindIsUnknown() {
        assertEquals("signals, rule 2: found unknown kind \"sweeps\"; allowed: book-imbalance, microprice-cross, "
                        + "order-flow-imbalance, spread-widening, sweep, top-of-book",
                refused(SingleRule.config("sweep"), SingleRule.config("sweeps")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "book-imbalance|threshold|0|a number with at most 6 decimal places from 0.000002 to 1",
        "book-imbalance|threshold|1.1|a number with at most 6 decimal places from 0.000002 to 1",
        "book-imbalance|rearm|0.6|a number with at most 6 decimal places from 0.000001 to 0.599999",
        "book-imbalance|min-levels|6|a whole number from 1 to 5",
        "book-imbalance|levels|101|a whole number from 1 to 100",
        "microprice-cross|threshold|0.5|a number with at most 6 decimal places from 0 to 0.499999",
        "order-flow-imbalance|events|0|a whole number from 1 to 1000",
        "sweep|levels|1|a whole number from 2 to 1000",
        "spread-widening|rearm-ticks|4|a whole number from 1 to 3",
        "top-of-book|interval|10|a duration with its unit (ns, us, ms, s) from 0 to 86400s",
    })
    void refusesUnfitParametersOfBuiltInKinds(
            final String kind, final String key, final String found, final String allowed) {
        final SignalConfig rule = kind.equals("order-flow-imbalance")
                ? SingleRule.config(kind, "threshold", "9", key, found)
                : SingleRule.config(kind, key, found);
        assertEquals("signals, rule 1 (" + kind + "), parameter " + key + ": found \"" + found + "\"; allowed: "
                + allowed, refused(rule));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "top-of-book", "microprice-cross", "book-imbalance", "order-flow-imbalance", "sweep", "spread-widening"})
    void everyBuiltInKindRefusesUnknownParameters(final String kind) {
        final SignalConfig rule = kind.equals("order-flow-imbalance")
                ? SingleRule.config(kind, "threshold", "9", "treshold", "8")
                : SingleRule.config(kind, "treshold", "8");
        assertTrue(refused(rule)
                .startsWith("signals, rule 1 (" + kind + "): found unknown parameter treshold; allowed: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "nyse/12345", "cme/", "/12345", "cme", ""})
    void refusesInstrumentsOfNoFeed(final String instrument) {
        assertEquals("signals, rule 1, instruments: found \"" + instrument
                        + "\"; allowed: \"*\" or a list of \"feed/id\" where feed is one of: cme, iex",
                refused(new SignalConfig("sweep", List.of("cme/1", instrument), Map.of())));
    }

    @Test
    void refusesARuleForNothing() {
        assertTrue(refused(new SignalConfig("sweep", List.of(), Map.of()))
                .startsWith("signals, rule 1, instruments: found nothing; allowed: "));
    }

    @Test
    void appliesARuleToItsInstrumentsOnly() {
        final SignalLog log = new SignalLog();
        final SignalEngine engine = new SignalEngine(List.of(
                new SignalConfig("top-of-book", List.of("cme/7", "iex/ZVZZT", "iex/A"), Map.of()),
                new SignalConfig("top-of-book", List.of("iex/B", "*"), Map.of())),
                FEEDS, SignalKinds.load(), List.of(log));
        assertEquals(List.of(1, 2), rulesFiringOn(engine, log, new FakeBook(0, Venue.CME, 7)));
        assertEquals(List.of(2), rulesFiringOn(engine, log, new FakeBook(0, Venue.CME, 8)));
        assertEquals(List.of(2), rulesFiringOn(engine, log, new FakeBook(1, Venue.CME, 7)), "other feed");
        assertEquals(List.of(1, 2), rulesFiringOn(engine, log, new FakeBook(1, Venue.IEX, symbol("ZVZZT   "))));
        assertEquals(List.of(1, 2), rulesFiringOn(engine, log, new FakeBook(1, Venue.IEX, symbol("A       "))));
        assertEquals(List.of(2), rulesFiringOn(engine, log, new FakeBook(1, Venue.IEX, symbol("AB      "))));
        assertEquals(List.of(2), rulesFiringOn(engine, log, new FakeBook(0, Venue.IEX, symbol("ZVZZT   "))));
    }

    private static List<Integer> rulesFiringOn(final SignalEngine engine, final SignalLog log, final FakeBook book) {
        engine.onInstrument(book);
        engine.onBookEvent(book.top(100, 1, 101, 1), 1);
        return log.take().stream().map(SignalLog.Entry::rule).toList();
    }

    private static long symbol(final String eight) {
        long key = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            key |= (long) eight.charAt(i) << Byte.SIZE * i;
        }
        return key;
    }

    private static SignalEngine engine(final List<SignalConfig> signals) {
        return new SignalEngine(signals, FEEDS, SignalKinds.load(), List.of());
    }

    private static String refused(final SignalConfig... signals) {
        return assertThrows(SignalConfigException.class, () -> engine(List.of(signals))).getMessage();
    }
}
