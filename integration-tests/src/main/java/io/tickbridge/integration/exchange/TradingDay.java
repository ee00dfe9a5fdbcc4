package io.tickbridge.integration.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What happens on a channel by seed: bursts and quiet spells, halts of instruments and of groups, pre-opening with an
 * auction, resets of the channel, and the turn of the week. Everything takes place at a time of its own, so that a time
 * names it.
 */
final class TradingDay {
    /** A channel small enough to be looked at, with every kind of instrument and several depths. */
    static final List<Instrument> INSTRUMENTS = List.of(
            new Instrument(1001, "ESZ6", "ES", 250_000_000L, 6_850_250_000_000L),
            new Instrument(1002, "ESH7", "ES", 250_000_000L, 6_905_500_000_000L),
            new Instrument(1003, "ESZ6-ESH7", "ES", Instrument.Kind.SPREAD, 50_000_000L, -55_250_000_000L, 5, 2, List.of(
                    new Instrument.Leg(1001, true, 1), new Instrument.Leg(1002, false, 1))),
            new Instrument(1004, "CLF7", "CL", 10_000_000L, 71_250_000_000L),
            new Instrument(1005, "LOF7 C7100", "LO", Instrument.Kind.OPTION, 10_000_000L, 2_130_000_000L, 3, 0, List.of()),
            new Instrument(1006, "GCG7", "CL", Instrument.Kind.FUTURE, 100_000_000L, 4_105_300_000_000L, 10, 0, List.of()));

    private static final long BURST_STEP = 2_000L; // ns
    private static final long QUIET_STEP = 300_000L;
    private static final long MAINTENANCE = 3_600 * 1_000_000_000L;
    private static final long WEEKEND = 49L; // times as long
    private static final int AUCTION_STEPS = 30;
    private static final int SNAPSHOT_STEP = 12; // of events for one snapshot
    private static final int DEFINITION_STEP = 25;

    private final RandomGenerator random;
    private final Channel channel;
    private final SnapshotLoop snapshots;
    private final DefinitionLoop definitions;
    private final Runnable afterAction;
    private final long maintenance;
    /** What each group is doing: a trading status. */
    private final Map<String, Integer> groups = new LinkedHashMap<>();
    private final boolean[] halted;
    private long time;
    private int burst;

    /**
     * A day.
     *
     * @param afterAction told when something has happened and all its packets are sent
     */
    TradingDay(
            final Channel channel, final SnapshotLoop snapshots, final DefinitionLoop definitions, final long time,
            final RandomGenerator random, final Runnable afterAction) {
        this(channel, snapshots, definitions, time, random, afterAction, MAINTENANCE);
    }

    /** A day whose night is shorter or longer, ns; the weekend goes with it. */
    TradingDay(
            final Channel channel, final SnapshotLoop snapshots, final DefinitionLoop definitions, final long time,
            final RandomGenerator random, final Runnable afterAction, final long maintenance) {
        this.maintenance = maintenance;
        this.channel = channel;
        this.snapshots = snapshots;
        this.definitions = definitions;
        this.random = random;
        this.time = time;
        this.afterAction = afterAction;
        this.halted = new boolean[channel.instruments()];
        for (int i = 0; i < channel.instruments(); i++) {
            groups.put(channel.instrument(i).group(), TradingStatus.UNKNOWN);
        }
    }

    long time() {
        return time;
    }

    /** Time passes. */
    void pass(final long duration) {
        time += duration;
    }

    /** All groups go through pre-opening, or begin at once. */
    void open() {
        for (final String group : groups.keySet()) {
            begin(group);
        }
        for (int i = 0; i < channel.instruments(); i++) {
            channel.openBook(i, next());
            afterAction.run();
        }
    }

    private void begin(final String group) {
        if (random.nextBoolean()) {
            channel.preOpen(group, next());
            groups.put(group, TradingStatus.PRE_OPEN);
        } else {
            channel.haltGroup(group, next(), false);
            groups.put(group, TradingStatus.READY_TO_TRADE);
        }
        afterAction.run();
    }

    /** The next thing that happens, most often an order. */
    void step() {
        final int what = random.nextInt(1_000);
        if (what < 6) {
            haltOrResume(random.nextInt(channel.instruments()));
        } else if (what < 12) {
            final List<String> names = List.copyOf(groups.keySet());
            turn(names.get(random.nextInt(names.size())));
        } else if (what < 13) {
            reset();
        } else if (what < 16) {
            channel.heartbeat(next());
            afterAction.run();
        } else {
            channel.event(next());
            afterAction.run();
        }
        if (random.nextInt(SNAPSHOT_STEP) == 0) {
            snapshots.step(time);
        }
        if (random.nextInt(DEFINITION_STEP) == 0) {
            definitions.step(time);
        }
    }

    /** The books are lost and reported anew. */
    private void reset() {
        resumeInstruments();
        channel.reset(next());
        afterAction.run();
        open();
    }

    private void haltOrResume(final int index) {
        if (groups.get(channel.instrument(index).group()) == TradingStatus.READY_TO_TRADE) {
            halted[index] = !halted[index];
            channel.halt(index, next(), halted[index]);
            afterAction.run();
        }
    }

    /** A group that trades is halted or goes to pre-opening; any other trades again, after its auction. */
    private void turn(final String group) {
        for (int i = 0; i < halted.length; i++) {
            if (halted[i] && channel.instrument(i).group().equals(group)) {
                haltOrResume(i);
            }
        }
        switch (groups.get(group)) {
            case TradingStatus.READY_TO_TRADE -> {
                final boolean halt = random.nextBoolean();
                if (halt) {
                    channel.haltGroup(group, next(), true);
                } else {
                    channel.preOpen(group, next());
                }
                groups.put(group, halt ? TradingStatus.HALT : TradingStatus.PRE_OPEN);
                afterAction.run();
            }
            case TradingStatus.PRE_OPEN -> auction(group);
            default -> resume(group);
        }
    }

    private void auction(final String group) {
        for (int i = random.nextInt(AUCTION_STEPS); i > 0; i--) {
            channel.event(next());
            afterAction.run();
        }
        for (int i = 0; i < channel.instruments(); i++) {
            if (channel.instrument(i).group().equals(group)) {
                channel.auction(i, next());
                afterAction.run();
            }
        }
        resume(group);
    }

    private void resume(final String group) {
        channel.haltGroup(group, next(), false);
        groups.put(group, TradingStatus.READY_TO_TRADE);
        afterAction.run();
    }

    /** Everything trades from here on. */
    void resumeAll() {
        resumeInstruments();
        for (final String group : groups.keySet()) {
            if (groups.get(group) != TradingStatus.READY_TO_TRADE) {
                turn(group);
            }
        }
    }

    private void resumeInstruments() {
        for (int i = 0; i < halted.length; i++) {
            if (halted[i]) {
                haltOrResume(i);
            }
        }
    }

    /**
     * A trading day ends, and an hour later the next one begins, in the same count of packets: the trade date rolls, orders
     * that were good for the day expire, and what is left goes through the opening auction.
     */
    void nextDay() {
        resumeAll();
        for (final String group : groups.keySet()) {
            channel.close(group, next());
            afterAction.run();
        }
        time += maintenance;
        for (int i = 0; i < channel.instruments(); i++) {
            channel.expire(i, next());
            afterAction.run();
        }
        for (final String group : groups.keySet()) {
            channel.rollDate(group, next());
            afterAction.run();
            channel.preOpen(group, next());
            groups.put(group, TradingStatus.PRE_OPEN);
            afterAction.run();
        }
        for (final String group : groups.keySet()) {
            auction(group);
        }
    }

    /** The week ends: trading closes, two days pass. */
    void close() {
        resumeAll();
        for (final String group : groups.keySet()) {
            channel.close(group, next());
            afterAction.run();
        }
        time += WEEKEND * maintenance;
    }

    /** A week begins after {@link #close}: packets and updates are counted anew, which may be announced or not. */
    void newWeek() {
        channel.restart(next(), random.nextBoolean());
        afterAction.run();
        open();
    }

    /** One more packet of each loop, and events between. */
    void recoveryLoop() {
        for (int i = 0; i < channel.instruments(); i++) {
            definitions.step(next());
        }
        for (int i = 0; i < channel.instruments(); i++) {
            snapshots.step(next());
            for (int events = random.nextInt(4); events > 0; events--) {
                channel.event(next());
                afterAction.run();
            }
        }
    }

    /** Nothing but orders. */
    void trade(final int events) {
        for (int i = 0; i < events; i++) {
            channel.event(next());
            afterAction.run();
        }
    }

    private long next() {
        if (burst == 0 && random.nextInt(20) == 0) {
            burst = random.nextInt(60);
        }
        burst = Math.max(0, burst - 1);
        time += 1 + random.nextLong(burst > 0 ? BURST_STEP : QUIET_STEP);
        return time;
    }
}
