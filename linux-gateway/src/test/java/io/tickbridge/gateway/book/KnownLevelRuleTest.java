package io.tickbridge.gateway.book;

import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_CHANGE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE_FROM;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_DELETE_THRU;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_NEW;
import static io.tickbridge.gateway.feed.MarketDataListener.ACTION_OVERLAY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The known-level rule against an exchange's own side, kept as a plain list. */
class KnownLevelRuleTest {

    /**
     * What an exchange decides to do next.
     *
     * @param action    as in the feed
     * @param place     chooses the position among those that the side has then
     * @param content   of the level
     * @param fromTheTop which of its two readings Delete From has on this exchange
     */
    record Step(int action, int place, Level content, boolean fromTheTop) {
    }

    /** The exchange's side: it sends only what fits its list, and says which position that was. */
    private static final class Exchange {
        private final List<Level> levels = new ArrayList<>();
        private final int depth;

        Exchange(final int depth) {
            this.depth = depth;
        }

        /** Takes the step and returns its position, or -1 when an exchange would not take it now. */
        int take(final Step step) {
            final int positions = step.action == ACTION_NEW ? Math.min(levels.size() + 1, depth) : levels.size();
            if (positions == 0) {
                return -1;
            }
            final int position = step.place % positions;
            switch (step.action) {
                case ACTION_NEW -> {
                    levels.add(position, step.content);
                    if (levels.size() > depth) {
                        levels.remove(depth);
                    }
                }
                case ACTION_CHANGE, ACTION_OVERLAY -> levels.set(position, step.content);
                case ACTION_DELETE -> levels.remove(position);
                case ACTION_DELETE_THRU -> levels.clear();
                case ACTION_DELETE_FROM -> (step.fromTheTop
                        ? levels.subList(0, position + 1) : levels.subList(position, levels.size())).clear();
                default -> throw new AssertionError(step);
            }
            return position;
        }
    }

    private static void send(final LevelsByPosition side, final Step step, final int position) {
        assertTrue(side.apply(step.action, position, step.content.price(), step.content.quantity(),
                step.content.orders()));
    }

    @Property(seed = "5615")
    void fromAnEmptyStartTheBookIsTheExchanges(@ForAll("steps") final List<Step> steps,
            @ForAll @IntRange(min = 1, max = 12) final int depth) {
        final Exchange exchange = new Exchange(depth);
        final LevelsByPosition side = new LevelsByPosition(depth);
        for (final Step step : steps) {
            // Delete From makes a side unknown; the next property has it.
            final int position = step.action == ACTION_DELETE_FROM ? -1 : exchange.take(step);
            if (position >= 0) {
                send(side, step, position);
                assertEquals(exchange.levels, Level.all(side));
            }
        }
    }

    @Property(seed = "5615")
    void afterALateStartOrALossWhatIsKnownIsTheExchanges(@ForAll("steps") final List<Step> unseen,
            @ForAll("steps") final List<Step> first, @ForAll("steps") final List<Step> lost,
            @ForAll("steps") final List<Step> second, @ForAll @IntRange(min = 1, max = 12) final int depth,
            @ForAll @IntRange(min = 1, max = 12) final int believed) {
        final Exchange exchange = new Exchange(depth);
        // Whoever believes a product to be shallower than it is knows less for a while, but nothing wrong.
        final LevelsByPosition side = new LevelsByPosition(Math.min(believed, depth));
        unseen.forEach(exchange::take);
        follow(exchange, side, first);
        lost.forEach(exchange::take);
        side.clear();
        follow(exchange, side, second);
    }

    private static void follow(final Exchange exchange, final LevelsByPosition side, final List<Step> steps) {
        for (final Step step : steps) {
            final int position = exchange.take(step);
            if (position < 0) {
                continue;
            }
            send(side, step, position);
            assertTrue(side.depth() <= exchange.levels.size(), "a known level is a level of the exchange");
            for (int i = 0; i < side.depth(); i++) {
                if (side.isKnown(i)) {
                    assertEquals(exchange.levels.get(i), Level.at(side, i), "position " + i);
                }
            }
            if (step.action == ACTION_NEW || step.action == ACTION_CHANGE || step.action == ACTION_OVERLAY) {
                assertTrue(side.isKnown(position), "what was just stated is known");
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        // As on the wire: most are new, change or delete.
        final Arbitrary<Integer> actions = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(12, ACTION_NEW), net.jqwik.api.Tuple.of(12, ACTION_CHANGE),
                net.jqwik.api.Tuple.of(8, ACTION_DELETE), net.jqwik.api.Tuple.of(2, ACTION_OVERLAY),
                net.jqwik.api.Tuple.of(1, ACTION_DELETE_THRU), net.jqwik.api.Tuple.of(1, ACTION_DELETE_FROM));
        final Arbitrary<Level> contents = Combinators.combine(Arbitraries.longs().greaterOrEqual(Long.MIN_VALUE + 1),
                Arbitraries.integers().between(1, Integer.MAX_VALUE), Arbitraries.integers().between(0, 1000))
                .as(Level::new);
        return Combinators.combine(actions, Arbitraries.integers().between(0, 1000), contents,
                Arbitraries.of(true, false)).as(Step::new).list().ofMaxSize(60);
    }
}
