package io.tickbridge.gateway.signal.rule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rules once more, as SIGNALS.md words them: fractions without limit, whole histories, no incremental state but
 * what the text speaks of. Slow and plain on purpose.
 */
final class RuleModels {
    private static final Fraction MILLION = Fraction.of(1_000_000);

    private RuleModels() {
    }

    /** What a rule would say of one event: "SIDE value" of each signal, with spaces between. */
    interface Model {
        String event(Quote quote);

        void gap();
    }

    /** The best levels, and quantities of the deeper ones. */
    record Quote(long bid, int bidQuantity, long ask, int askQuantity, List<Integer> bids, List<Integer> asks) {
        boolean fitsLong() {
            return BigInteger.valueOf(ask).subtract(BigInteger.valueOf(bid)).bitLength() < Long.SIZE;
        }

        Fraction spread() {
            return Fraction.of(ask).minus(Fraction.of(bid));
        }
    }

    /** "Fires BUY when measure >= threshold ... armed again after a BUY when measure < rearm", and the mirror image. */
    static final class Armed {
        private final Fraction threshold;
        private final Fraction rearm;
        private boolean afterBuy;
        private boolean afterSell;

        Armed(final Fraction threshold, final Fraction rearm) {
            this.threshold = threshold;
            this.rearm = rearm;
        }

        String side(final Fraction measure) {
            afterBuy &= measure.compareTo(rearm) >= 0;
            afterSell &= measure.compareTo(rearm.negated()) <= 0;
            final boolean armed = !afterBuy && !afterSell;
            if (armed && measure.compareTo(threshold) >= 0) {
                afterBuy = true;
                return "BUY ";
            }
            if (armed && measure.compareTo(threshold.negated()) <= 0) {
                afterSell = true;
                return "SELL ";
            }
            return "";
        }

        void gap() {
            afterBuy = false;
            afterSell = false;
        }
    }

    static Model microprice(final long thresholdMillionths, final long distance) {
        return new Model() {
            private final List<Integer> positions = new ArrayList<>();
            private final List<String> fired = new ArrayList<>();

            @Override
            public String event(final Quote q) {
                if (!q.fitsLong() || q.bidQuantity() <= 0 || q.askQuantity() <= 0) {
                    return "";
                }
                final Fraction total = Fraction.of(q.bidQuantity()).plus(Fraction.of(q.askQuantity()));
                final Fraction microprice = Fraction.of(q.bid()).times(Fraction.of(q.askQuantity()))
                        .plus(Fraction.of(q.ask()).times(Fraction.of(q.bidQuantity()))).over(total);
                final Fraction mid = Fraction.of(q.bid()).plus(Fraction.of(q.ask())).over(Fraction.of(2));
                final Fraction above = microprice.minus(mid);
                final Fraction size = above.signum() < 0 ? above.negated() : above;
                final boolean far = size.compareTo(
                                Fraction.of(thresholdMillionths).times(q.spread()).over(MILLION)) >= 0
                        && size.compareTo(Fraction.of(distance)) >= 0;
                final String side = above.signum() > 0 ? "BUY" : "SELL";
                final boolean fires = above.signum() != 0 && far && cameFromBeyond(above.signum(), side);
                positions.add(above.signum());
                fired.add(fires ? side : "");
                return fires ? side + " " + microprice.floor() : "";
            }

            /** Since the last signal of this side, or ever: was it at the mid or on the other side? */
            private boolean cameFromBeyond(final int position, final String side) {
                return IntStream.range(fired.lastIndexOf(side) + 1, positions.size())
                        .anyMatch(event -> positions.get(event) != position);
            }

            @Override
            public void gap() {
                positions.clear();
                fired.clear();
            }
        };
    }

    static Model imbalance(final int levels, final int fewest, final long threshold, final long rearm) {
        return new Model() {
            private final Armed armed =
                    new Armed(Fraction.of(threshold).over(MILLION), Fraction.of(rearm).over(MILLION));

            @Override
            public String event(final Quote q) {
                final int n = Math.min(levels, Math.min(q.bids().size(), q.asks().size()));
                final Fraction bids = sum(q.bids().subList(0, n));
                final Fraction asks = sum(q.asks().subList(0, n));
                if (n < fewest || bids.plus(asks).signum() == 0) {
                    return "";
                }
                final Fraction imbalance = bids.minus(asks).over(bids.plus(asks));
                final String side = armed.side(imbalance);
                return side.isEmpty() ? "" : side + imbalance.times(MILLION).towardsZero();
            }

            @Override
            public void gap() {
                armed.gap();
            }
        };
    }

    static Model orderFlow(final int events, final long threshold, final long rearm) {
        return new Model() {
            private final List<Quote> changes = new ArrayList<>();
            private final Armed armed = new Armed(Fraction.of(threshold), Fraction.of(rearm));

            @Override
            public String event(final Quote q) {
                if (!changes.isEmpty() && sameTop(changes.get(changes.size() - 1), q)) {
                    return "";
                }
                changes.add(q);
                if (changes.size() <= events) {
                    return "";
                }
                Fraction sum = Fraction.of(0);
                for (int n = changes.size() - events; n < changes.size(); n++) {
                    sum = sum.plus(Fraction.of(flow(changes.get(n - 1), changes.get(n))));
                }
                final String side = armed.side(sum);
                return side.isEmpty() ? "" : side + sum.towardsZero();
            }

            @Override
            public void gap() {
                changes.clear();
                armed.gap();
            }
        };
    }

    static Model spread(final long ticks, final long rearm, final long tick) {
        return new Model() {
            private final Armed armed = new Armed(Fraction.of(ticks), Fraction.of(rearm));

            @Override
            public String event(final Quote q) {
                if (!q.fitsLong()) {
                    return "";
                }
                final BigInteger inTicks = q.spread().over(Fraction.of(tick)).floor();
                return armed.side(new Fraction(inTicks, BigInteger.ONE)).isEmpty() ? "" : inTicks.toString();
            }

            @Override
            public void gap() {
                armed.gap();
            }
        };
    }

    private static boolean sameTop(final Quote a, final Quote b) {
        return a.bid() == b.bid() && a.ask() == b.ask()
                && a.bidQuantity() == b.bidQuantity() && a.askQuantity() == b.askQuantity();
    }

    /** The paper's e, case by case rather than by its indicator functions. */
    private static long flow(final Quote before, final Quote now) {
        final long bid = switch (Long.compare(now.bid(), before.bid())) {
            case 1 -> now.bidQuantity();
            case -1 -> -(long) before.bidQuantity();
            default -> (long) now.bidQuantity() - before.bidQuantity();
        };
        final long ask = switch (Long.compare(now.ask(), before.ask())) {
            case 1 -> before.askQuantity();
            case -1 -> -(long) now.askQuantity();
            default -> (long) before.askQuantity() - now.askQuantity();
        };
        return bid + ask;
    }

    private static Fraction sum(final List<Integer> quantities) {
        return quantities.stream().map(quantity -> Fraction.of(quantity)).reduce(Fraction.of(0), Fraction::plus);
    }
}
