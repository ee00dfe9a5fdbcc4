package io.tickbridge.gateway.signal.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.signal.SingleRule;
import io.tickbridge.gateway.signal.rule.RuleModels.Model;
import io.tickbridge.gateway.signal.rule.RuleModels.Quote;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.statistics.Statistics;

/** Every rule says exactly what its model says, event by event, over markets both narrow and extreme. */
class RulesAgainstModelsTest {
    private static final String SEED = "21603";
    private static final int TRIES = 500;

    /** A quote, or a gap where it is null. */
    record Step(Quote quote) {
    }

    @Property(seed = SEED, tries = TRIES)
    void micropriceCross(
            @ForAll("markets") final List<Step> market,
            @ForAll @LongRange(max = 499_999) final long threshold,
            @ForAll("distances") final long distance) {
        compare(new SingleRule("microprice-cross", "threshold", ratio(threshold), "distance", price(distance)),
                RuleModels.microprice(threshold, distance), market);
    }

    @Property(seed = SEED, tries = TRIES)
    void bookImbalance(
            @ForAll("markets") final List<Step> market,
            @ForAll @IntRange(min = 1, max = 6) final int levels,
            @ForAll @IntRange(min = 1, max = 6) final int fewest,
            @ForAll @LongRange(min = 2, max = 1_000_000) final long threshold,
            @ForAll @LongRange(min = 1, max = 999_999) final long rearm) {
        final int atLeast = Math.min(fewest, levels);
        final long below = Math.min(rearm, threshold - 1);
        compare(new SingleRule("book-imbalance", "levels", text(levels), "min-levels", text(atLeast),
                        "threshold", ratio(threshold), "rearm", ratio(below)),
                RuleModels.imbalance(levels, atLeast, threshold, below), market);
    }

    @Property(seed = SEED, tries = TRIES)
    void orderFlowImbalance(
            @ForAll("markets") final List<Step> market,
            @ForAll @IntRange(min = 1, max = 8) final int events,
            @ForAll("thresholds") final long threshold,
            @ForAll("thresholds") final long rearm) {
        final long below = Math.min(rearm, threshold) - 1;
        compare(new SingleRule("order-flow-imbalance", "events", text(events), "threshold", text(threshold),
                        "rearm", text(below)),
                RuleModels.orderFlow(events, threshold, below), market);
    }

    @Property(seed = SEED, tries = TRIES)
    void spreadWidening(
            @ForAll("markets") final List<Step> market,
            @ForAll @LongRange(min = 2, max = 6) final long ticks,
            @ForAll @LongRange(min = 1, max = 6) final long rearm,
            @ForAll @LongRange(min = 1, max = 3) final long tick) {
        final long atMost = Math.min(rearm, ticks);
        compare(new SingleRule("spread-widening", "ticks", text(ticks), "rearm-ticks", text(atMost),
                        "tick", price(tick)),
                RuleModels.spread(ticks, atMost, tick), market);
    }

    @Property(seed = SEED, tries = 2_000)
    void productsCompareAsWithoutLimit(
            @ForAll final long a, @ForAll final long b, @ForAll final long c, @ForAll final long d) {
        assertEquals(product(a, b).compareTo(product(c, d)) >= 0, ExactProduct.isAtLeast(a, b, c, d));
        assertEquals(true, ExactProduct.isAtLeast(a, b, b, a));
    }

    @Provide
    Arbitrary<Long> distances() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(0L)),
                Tuple.of(4, Arbitraries.longs().between(0, 4)),
                Tuple.of(1, Arbitraries.longs().between(0, Long.MAX_VALUE)));
    }

    @Provide
    Arbitrary<Long> thresholds() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(1, 20)),
                Tuple.of(1, Arbitraries.longs().between(1, 1L << 34)));
    }

    @Provide
    Arbitrary<List<Step>> markets() {
        final Arbitrary<Quote> narrow = quotes(
                Arbitraries.longs().between(-3, 3),
                Arbitraries.longs().between(1, 12),
                Arbitraries.integers().between(0, 9));
        final Arbitrary<Quote> extreme = quotes(
                Arbitraries.longs(),
                Arbitraries.longs().between(1, Long.MAX_VALUE),
                Arbitraries.integers().between(0, Integer.MAX_VALUE));
        final Arbitrary<Step> gap = Arbitraries.just(new Step(null));
        return Arbitraries.of(narrow, extreme).flatMap(quotes -> Arbitraries.frequencyOf(
                Tuple.of(12, quotes.map(Step::new)),
                Tuple.of(1, gap)).list().ofMinSize(1).ofMaxSize(60));
    }

    /** Bid below offer, as in every trusted book, but up to twice as far apart as a long can hold. */
    private static Arbitrary<Quote> quotes(
            final Arbitrary<Long> bids, final Arbitrary<Long> spreads, final Arbitrary<Integer> quantities) {
        final Arbitrary<List<Integer>> levels = quantities.list().ofMinSize(1).ofMaxSize(6);
        return Combinators.combine(bids, spreads, spreads, levels, levels).as((bid, spread, more, bidSide, askSide) -> {
            final BigInteger ask = BigInteger.valueOf(bid).add(BigInteger.valueOf(spread));
            final BigInteger wide = ask.add(BigInteger.valueOf(more));
            final BigInteger chosen = wide.bitLength() < Long.SIZE && (more & 1) == 1 ? wide : ask;
            return chosen.bitLength() < Long.SIZE
                    ? new Quote(bid, bidSide.get(0), chosen.longValue(), askSide.get(0), bidSide, askSide)
                    : new Quote(bid - spread, bidSide.get(0), bid, askSide.get(0), bidSide, askSide);
        });
    }

    private static void compare(final SingleRule rule, final Model model, final List<Step> market) {
        int signals = 0;
        for (final Step step : market) {
            if (step.quote() == null) {
                rule.gap();
                model.gap();
                continue;
            }
            final String expected = model.event(step.quote());
            assertEquals(expected, show(rule, step.quote()), () -> step.toString());
            signals += expected.isEmpty() ? 0 : 1;
        }
        Statistics.collect(signals > 0 ? "fires" : "silent");
        Statistics.coverage(coverage -> coverage.check("fires").percentage(p -> p > 10));
    }

    private static String show(final SingleRule rule, final Quote quote) {
        rule.book().bids().quantities(quote.bids().stream().mapToInt(Integer::intValue).toArray());
        rule.book().asks().quantities(quote.asks().stream().mapToInt(Integer::intValue).toArray());
        return rule.quote(quote.bid(), quote.bidQuantity(), quote.ask(), quote.askQuantity());
    }

    private static BigInteger product(final long a, final long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    private static String ratio(final long millionths) {
        return BigDecimal.valueOf(millionths, 6).toPlainString();
    }

    private static String price(final long units) {
        return BigDecimal.valueOf(units, 9).toPlainString();
    }

    private static String text(final long number) {
        return Long.toString(number);
    }
}
