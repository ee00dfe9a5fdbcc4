package io.tickbridge.integration.exchange;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.BookSide;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.SignalDecoder;
import io.tickbridge.protocol.Venue;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** One seed of a Nasdaq day: sessions, faults on both lines, and the gateway's whole pipeline held against the truth. */
final class NasdaqSeedRun implements BookListener {
    private static final List<Instrument> STOCKS = List.of(
            stock(1, "AAPL", 190_000_000_000L), stock(2, "MSFT", 410_000_000_000L), stock(3, "ZTEST", 12_000_000_000L));
    private static final long START = 1_800_000_000_000_000_000L;
    private static final long STEP = 40_000L; // ns
    private static final long QUIET = 50_000_000L;
    private static final int EVENTS = 300;
    private static final int RECOVERY_ROUNDS = 8;
    private static final long LONG_QUIET = 1_200_000_000L; // after which a snapshot is overdue
    /** Events that are sure to touch orders of a snapshot, so that it is believed. */
    private static final int PROVING_EVENTS = 60;
    private static final double LEAST_LOSS = 0.004;

    private final GatewayConfig config;
    private final SplittableRandom random;
    private final FaultPlan plan;
    private final FaultyWire wire;
    private final NasdaqChannel channel;
    private final Pipeline pipeline;
    private final SignalDecoder signal = new SignalDecoder();
    /** By time: bids and offers of each stock, price and quantity of each level. */
    private final NavigableMap<Long, long[][][]> truths = new TreeMap<>();
    private long[][][] latest = new long[STOCKS.size()][2][0];
    private long time = START;
    private int packets;
    private final boolean lossless;
    /** Null when nobody is asked. */
    private final SimulatedRecovery recovery;
    /** What arrives before this time, the gateway is not there for. */
    private final long begin;
    private final RecordedRun recorded = new RecordedRun();
    private long trusted;
    private long signals;
    private long lostSoFar;
    private long rebuilds;

    NasdaqSeedRun(final long seed, final GatewayConfig config) {
        this.config = config;
        final boolean recovers = config.feeds().get(0).recovery().enabled();
        random = new SplittableRandom(seed);
        final FaultPlan any = FaultPlan.random(random);
        // Some days have no loss on both lines: all of them must be followed.
        lossless = recovers ? random.nextInt(5) == 0 : random.nextBoolean();
        plan = new FaultPlan(
                lossless ? 0 : any.lossOnOne(), lossless ? 0 : recovers ? LEAST_LOSS + any.lossOnBoth() : any.lossOnBoth() / 4, any.bursts(), any.duplicates(),
                any.reordered(), any.lag(), any.longestLag(), lossless ? 0 : any.badChecksums(), lossless ? 0 : any.cut(),
                lossless ? 0 : any.damaged(), any.extended(), 1);
        wire = new FaultyWire(plan, Transport.MOLD_UDP64, random.split(), this::onArrival);
        channel = new NasdaqChannel(STOCKS, random.split(), this::onPacket);
        channel.speak(new LaterVersion(plan.extended(), random.split()));
        recovery = recovers ? new SimulatedRecovery(channel, random.split(), () -> time) : null;
        begin = recovers && random.nextInt(3) == 0 ? START + random.nextLong(EVENTS * STEP / 2) : 0;
        pipeline = new Pipeline(config, recovers ? recorded::record : FrameRecorder.NONE, List.of(recorded::signal, this::onSignal), List.of(this),
                (buffer, offset, length, receiveTime, port) -> { }, feed -> recovers ? recovery : GapWatch.NOBODY);
    }

    private static Instrument stock(final int number, final String symbol, final long start) {
        return new Instrument(number, symbol, "", 10_000_000L, start);
    }

    void run() {
        if (recovery != null && random.nextBoolean()) {
            // One day goes over into the next while lines and servers fail.
            session("DAY0");
            end();
        }
        session("DAY1");
        heartbeats();
        if (lossless) {
            require(lost() == 0, "%d messages lost that were not", lost());
            if (begin == 0) {
                requireAll();
            }
        }
        wire.heal();
        if (recovery != null) {
            recovery.heal();
            time += LONG_QUIET;
            for (int i = 0; i < RECOVERY_ROUNDS; i++) {
                act(() -> channel.event(time));
                heartbeats();
            }
            for (int i = 0; i < PROVING_EVENTS; i++) {
                act(() -> channel.event(time));
            }
            heartbeats();
            // No session had to end for it.
            requireAll();
        }
        end();
        for (final Instrument stock : STOCKS) {
            final InstrumentBook book = book(stock);
            require(book == null || book.state() != BookState.TRUSTED, "%s after the session", book);
        }
        session("DAY2");
        heartbeats();
        requireAll();
        if (recovery != null) {
            requireReplay();
        }
    }

    private void end() {
        act(() -> channel.close(time));
        for (int i = 0; i < 2; i++) {
            time += QUIET;
            channel.endOfSession();
        }
        deliver(Long.MAX_VALUE);
    }

    /** The same frames, and nobody to ask. */
    private void requireReplay() {
        pipeline.onEndOfInput();
        final List<String> replayed = recorded.replayed(config);
        require(replayed.equals(recorded.signals()), "%d signals, replayed %d or others", recorded.signals().size(), replayed.size());
    }

    /** Everything that arrives before this time, of the lines and of what is re-sent. */
    private void deliver(final long before) {
        wire.advance(before);
        if (recovery == null) {
            return;
        }
        recovery.step();
        deliverRecovered(before);
    }

    private void deliverRecovered(final long before) {
        for (SimulatedRecovery.Arrival next = recovery.next(before); next != null; next = recovery.next(before)) {
            onFrame(next.frame(), next.time());
        }
    }

    private void session(final String name) {
        act(() -> channel.start(name, time));
        final int collected = random.nextInt(channel.stocks());
        for (int i = 0; i < channel.stocks(); i++) {
            final int index = i;
            act(() -> channel.open(index, time));
        }
        channel.collect(collected);
        act(() -> channel.marketHours(time));
        int halted = -1;
        for (int i = 0; i < EVENTS; i++) {
            act(() -> channel.event(time));
            if (i % 10 == 0 && i < EVENTS / 6) {
                act(() -> channel.imbalance(collected, time));
            }
            if (i == EVENTS / 2 || i == EVENTS / 2 + 40) {
                final boolean halt = i == EVENTS / 2;
                act(() -> channel.operationalHalt(collected, time, halt));
            }
            if (i == EVENTS / 6) {
                act(() -> channel.cross(collected, time));
            }
            if (i % 80 == 79) {
                final int index = halted < 0 ? random.nextInt(channel.stocks()) : halted;
                final boolean halt = halted < 0;
                act(() -> channel.halt(index, time, halt));
                halted = halt ? index : -1;
            }
        }
        if (halted >= 0) {
            final int index = halted;
            act(() -> channel.halt(index, time, false));
        }
    }

    /** A quiet spell in which everything arrives and what is missing is given up. */
    private void heartbeats() {
        time += QUIET;
        channel.heartbeat();
        deliver(time);
        time += QUIET;
        channel.heartbeat();
        deliver(time);
        act(() -> channel.event(time));
        time += QUIET;
        channel.heartbeat();
        deliver(Long.MAX_VALUE);
    }

    private void act(final Runnable action) {
        time += 1 + random.nextLong(STEP);
        packets = 0;
        action.run();
        latest = latest.clone();
        for (int i = 0; i < latest.length; i++) {
            latest[i] = new long[][] {levels(channel.book(i), true), levels(channel.book(i), false)};
        }
        // What takes several packets is shown in parts: there is no end of an event on this feed.
        truths.put(time, packets == 1 ? latest : null);
        deliver(time);
    }

    private static long[] levels(final TrueBook book, final boolean bid) {
        return book.side(bid).entrySet().stream()
                .flatMapToLong(level -> java.util.stream.LongStream.of(level.getKey(), level.getValue().quantity()))
                .toArray();
    }

    private void onPacket(final long next, final ByteBuffer packet) {
        final byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        packets++;
        wire.send(Feed.INCREMENTAL, next, bytes, time);
    }

    private void onArrival(final FaultyWire.Arrival arrival) {
        if (recovery != null) {
            deliverRecovered(arrival.time());
        }
        if (arrival.time() >= begin) {
            onFrame(arrival.frame(), arrival.time());
        }
    }

    private void onFrame(final byte[] frame, final long arrival) {
        if (recovery != null) {
            recovery.at(arrival);
        }
        pipeline.onFrame(new UnsafeBuffer(frame), 0, frame.length, arrival, 0);
        final boolean rebuilt = count(FeedCounter.REBUILDS) > rebuilds;
        rebuilds = count(FeedCounter.REBUILDS);
        if (lost() > lostSoFar) {
            lostSoFar = lost();
            if (rebuilt) {
                return; // a snapshot had taken account of what was lost, and was all that was waited for
            }
            for (final Instrument stock : STOCKS) {
                final InstrumentBook book = book(stock);
                require(book == null || book.state() != BookState.TRUSTED, "%s after a loss", book);
            }
        }
    }

    private long lost() {
        return pipeline.feedCounts(0).get(FeedCounter.LOST);
    }

    private InstrumentBook book(final Instrument stock) {
        return pipeline.books(0).find(InstrumentKey.of(Venue.NASDAQ, stock.symbol()));
    }

    private void requireAll() {
        for (int i = 0; i < STOCKS.size(); i++) {
            final InstrumentBook book = book(STOCKS.get(i));
            require(book != null && book.state() == BookState.TRUSTED, "%s in the end", book);
            compare(book, latest[i]);
        }
    }

    private void compare(final InstrumentBook book, final long[][] truth) {
        trusted++;
        for (int side = 0; side < truth.length; side++) {
            final BookSide levels = book.side(side);
            require(levels.depth() == truth[side].length / 2, "%s has %d levels of %d on side %d", book, levels.depth(),
                    truth[side].length / 2, side);
            for (int position = 0; position < levels.depth(); position++) {
                require(levels.isKnown(position) && levels.price(position) == truth[side][2 * position]
                                && levels.quantity(position) == truth[side][2 * position + 1],
                        "%s side %d position %d: %d at %d, found %d at %d", book, side, position,
                        truth[side][2 * position + 1], truth[side][2 * position], levels.quantity(position),
                        levels.price(position));
            }
        }
    }

    private int index(final InstrumentBook book) {
        for (int i = 0; i < STOCKS.size(); i++) {
            if (STOCKS.get(i).symbol().equals(book.symbol())) {
                return i;
            }
        }
        throw new AssertionError("there is no stock " + book.symbol());
    }

    private void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        signals++;
        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        final InstrumentBook book = pipeline.books(0).find(signal.instrument());
        require(book.state() == BookState.TRUSTED, "a signal from %s", book);
        require(truths.containsKey(signal.exchangeTime()), "a signal of a time at which nothing happened, from %s", book);
        if (truths.get(signal.exchangeTime()) == null) {
            return;
        }
        final long[][] truth = truths.get(signal.exchangeTime())[index(book)];
        require(truth[0][0] == signal.bidPrice() && truth[0][1] == signal.bidQuantity()
                        && truth[1][0] == signal.askPrice() && truth[1][1] == signal.askQuantity(),
                "a signal from %s at %d of the run, %d at %d and %d at %d, where the best were %d at %d and %d at %d", book,
                signal.exchangeTime() - START, signal.bidQuantity(), signal.bidPrice(), signal.askQuantity(), signal.askPrice(),
                truth[0][1], truth[0][0], truth[1][1], truth[1][0]);
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        if (book.state() == BookState.TRUSTED) {
            // A snapshot may be of a time at which nothing happened: nothing has changed since the last time then.
            final Map.Entry<Long, long[][][]> then = truths.floorEntry(exchangeTime);
            require(then != null && (recovery != null || then.getKey() == exchangeTime),
                    "%s at a time at which nothing happened", book);
            final long[][][] truth = then.getValue();
            if (truth != null) {
                compare(book, truth[index(book)]);
            }
        }
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        index(book);
    }

    @Override
    public void onTrade(
            final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
        // Trades are part of signals, which are looked at.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        // Looked at with the books.
    }

    private static void require(final boolean holds, final String text, final Object... values) {
        if (!holds) {
            throw new AssertionError(text.formatted(values));
        }
    }

    FaultPlan plan() {
        return plan;
    }

    long trusted() {
        return trusted;
    }

    long signals() {
        return signals;
    }

    long losses() {
        return lostSoFar;
    }

    /** Datagrams that servers re-sent and that filled a hole. */
    long recovered() {
        return pipeline.lineCounts(0).recovered();
    }

    /** What was asked for; null when nobody is asked. */
    SimulatedRecovery recovery() {
        return recovery;
    }

    long count(final FeedCounter counter) {
        return pipeline.feedCounts(0).get(counter);
    }
}
