package io.tickbridge.integration.exchange;

import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.pipeline.FeedFactory;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.integration.exchange.Ledger.Truth;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.SignalDecoder;
import io.tickbridge.protocol.Venue;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One seed of IEX: a day on one of its feeds, faults on both lines, gap fill, a session that begins anew, and the gateway's
 * whole pipeline held against the truth at every event and every signal.
 */
final class IexSeedRun implements BookListener {
    static final List<Instrument> STOCKS = List.of(
            stock(1, "AAPL", 190_000_000_000L), stock(2, "MSFT", 410_000_000_000L), stock(3, "ZIEXT", 12_000_000_000L));
    private static final long START = 1_800_000_000_000_000_000L;
    private static final long STEP = 40_000L; // ns
    private static final long QUIET = 50_000_000L;
    private static final int EVENTS = 300;
    private static final int STORY = 24; // lines
    private static final int UNKNOWN_SINCE = -1;

    private final IexKind kind;
    private final SplittableRandom random;
    private final FaultPlan plan;
    private final FaultyWire wire;
    private final IexChannel channel;
    private final IexAnswers answers;
    private final Pipeline pipeline;
    private final BookComparison comparison = new BookComparison();
    private final SignalDecoder signal = new SignalDecoder();
    private final Deque<String> story = new ArrayDeque<>();
    /** By time: each stock; null when the event took several segments and is shown in parts. */
    private final Map<Long, Truth[]> truths = new HashMap<>();
    private Truth[] latest = new Truth[STOCKS.size()];
    private long time = START;
    private int segments;
    private final boolean lossless;
    private long signals;
    private long lostSoFar;
    private long compared;

    IexSeedRun(final long seed, final IexKind kind, final GatewayConfig config) {
        this.kind = kind;
        random = new SplittableRandom(seed);
        final FaultPlan any = FaultPlan.random(random);
        // On every third day one line has all that the other lost: all of it must be followed.
        lossless = random.nextInt(3) == 0;
        plan = new FaultPlan(
                lossless ? 0 : any.lossOnOne(), lossless ? 0 : any.lossOnBoth(), any.bursts(), any.duplicates(),
                any.reordered(), any.lag(), any.longestLag(), lossless ? 0 : any.badChecksums(), lossless ? 0 : any.cut(),
                lossless ? 0 : any.damaged(), any.extended(), 1);
        wire = new FaultyWire(plan, Transport.IEX_TP, random.split(), this::onArrival);
        channel = new IexChannel(kind, STOCKS, random.split(), this::onSegment);
        channel.speak(new LaterVersion(plan.extended(), random.split()));
        answers = new IexAnswers(wire, random.split(), random.nextBoolean(), FeedFactory.gapFill(config.feeds().get(0)),
                channel::session);
        pipeline = new Pipeline(config, FrameRecorder.NONE, List.of(this::onSignal), List.of(this),
                (buffer, offset, length, receiveTime, port) -> { }, feed -> answers);
    }

    private static Instrument stock(final int number, final String symbol, final long start) {
        return new Instrument(number, symbol, "", 10_000_000L, start);
    }

    /** Runs it all; an {@link AssertionError} tells what went wrong. */
    void run() {
        try {
            final int first = 1 + random.nextInt(1 << 20);
            session(first);
            settle();
            if (lossless) {
                CmeSeedRun.require(lost() == 0, "%d messages lost that were not", lost());
                requireAll();
            }
            heal();
            // IEX's test facility counts anew under the same number.
            session(random.nextBoolean() ? first + 1 : first);
            settle();
            requireAll();
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError(kind + ": " + e.getMessage() + "\n  " + plan + "\n  the last events:\n    "
                    + String.join("\n    ", story), e);
        }
    }

    /** No more faults. What can heal without a new session does so: quotes are whole, a cleared book is known. */
    private void heal() {
        wire.heal();
        settle();
        if (kind == IexKind.DEEP_PLUS) {
            for (int i = 0; i < channel.stocks(); i++) {
                final int index = i;
                act("clears " + i, () -> channel.clear(index, time));
                act("opens " + i, () -> channel.open(index, time));
            }
        } else if (kind == IexKind.TOPS) {
            for (int i = 0; i < channel.stocks(); i++) {
                final int index = i;
                act("halts " + i, () -> channel.halt(index, time, true, false));
                act("resumes " + i, () -> channel.halt(index, time, false, false));
            }
            act("trades", () -> channel.event(time));
        }
        settle();
        if (kind != IexKind.DEEP) {
            requireAll();
        }
    }

    private void session(final int number) {
        act("session " + number, () -> channel.start(number, time));
        final int auctioned = random.nextInt(channel.stocks());
        for (int i = 0; i < channel.stocks(); i++) {
            final int index = i;
            act("opens " + i, () -> channel.open(index, time));
        }
        act("collects " + auctioned, () -> channel.collect(auctioned, time, true));
        int halted = -1;
        for (int i = 0; i < EVENTS; i++) {
            act("event", () -> channel.event(time));
            if (i == EVENTS / 6) {
                act("auction of " + auctioned, () -> channel.auction(auctioned, time, true));
                act("resumes " + auctioned, () -> channel.resume(auctioned, time));
            }
            if (i > EVENTS / 5 && i % 60 == 59) {
                final int index = halted < 0 ? random.nextInt(channel.stocks()) : halted;
                final boolean halt = halted < 0;
                act((halt ? "halts " : "resumes ") + index, () -> channel.halt(index, time, halt, index == 0));
                halted = halt ? index : -1;
            }
        }
        if (halted >= 0) {
            final int index = halted;
            act("resumes " + index, () -> channel.halt(index, time, false, index == 0));
        }
        act("collects for the close " + auctioned, () -> channel.collect(auctioned, time, false));
        for (int i = 0; i < 10; i++) {
            act("event", () -> channel.event(time));
        }
        act("closing auction of " + auctioned, () -> channel.auction(auctioned, time, false));
        act("resumes " + auctioned, () -> channel.resume(auctioned, time));
    }

    /** A quiet spell in which everything arrives and what is missing is given up. */
    private void settle() {
        for (int i = 0; i < 2; i++) {
            time += QUIET;
            channel.heartbeat(time);
        }
        act("event", () -> channel.event(time));
        time += QUIET;
        channel.heartbeat(time);
        wire.drain();
    }

    private void act(final String what, final Runnable action) {
        time += 1 + random.nextLong(STEP);
        segments = 0;
        action.run();
        latest = latest.clone();
        for (int i = 0; i < latest.length; i++) {
            latest[i] = truth(i);
        }
        // Price levels say when they are complete, and a quote is; orders do not.
        truths.put(time, segments == 1 || kind != IexKind.DEEP_PLUS ? latest : null);
        tell(what + ", message " + channel.session().number() + " at " + time);
        wire.advance(time);
    }

    private Truth truth(final int index) {
        final TrueBook book = channel.book(index);
        return new Truth(new long[][] {levels(book, true), levels(book, false)}, new long[2][0],
                channel.trades(index) ? TradingStatus.READY_TO_TRADE : TradingStatus.HALT, UNKNOWN_SINCE);
    }

    private long[] levels(final TrueBook book, final boolean bid) {
        return book.side(bid).entrySet().stream().limit(kind == IexKind.TOPS ? 1 : Long.MAX_VALUE)
                .flatMapToLong(level -> java.util.stream.LongStream.of(level.getKey(), level.getValue().quantity(),
                        kind == IexKind.DEEP_PLUS ? level.getValue().orders() : 0))
                .toArray();
    }

    private void onSegment(final long next, final byte[] segment) {
        segments++;
        wire.send(Feed.INCREMENTAL, next, segment, time);
    }

    private void onArrival(final FaultyWire.Arrival arrival) {
        answers.now(arrival.time());
        pipeline.onFrame(new UnsafeBuffer(arrival.frame()), 0, arrival.frame().length, arrival.time(), 0);
        if (lost() > lostSoFar) {
            tell("  lost " + (lost() - lostSoFar) + " before " + arrival.tag());
            lostSoFar = lost();
            // Price levels alone: a quote or a cleared book may have healed it in the same breath.
            for (final Instrument stock : kind == IexKind.DEEP ? STOCKS : List.<Instrument>of()) {
                final InstrumentBook book = book(stock);
                CmeSeedRun.require(book == null || book.state() != BookState.TRUSTED, "%s after a loss", book);
            }
        }
    }

    private void tell(final String what) {
        if (story.size() == STORY) {
            story.remove();
        }
        story.add(what);
    }

    private long lost() {
        return count(FeedCounter.LOST);
    }

    long count(final FeedCounter counter) {
        return pipeline.feedCounts(0).get(counter);
    }

    private InstrumentBook book(final Instrument stock) {
        return pipeline.books(0).find(InstrumentKey.of(Venue.IEX, stock.symbol()));
    }

    private void requireAll() {
        for (int i = 0; i < STOCKS.size(); i++) {
            final InstrumentBook book = book(STOCKS.get(i));
            CmeSeedRun.require(book != null && book.state() == BookState.TRUSTED, "%s in the end", book);
            comparison.levels(book, latest[i], true);
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
        CmeSeedRun.require(book.state() == BookState.TRUSTED, "a signal from %s", book);
        CmeSeedRun.require(truths.containsKey(signal.exchangeTime()), "a signal of a time at which nothing happened, from %s", book);
        if (truths.get(signal.exchangeTime()) == null) {
            return;
        }
        final Truth truth = truths.get(signal.exchangeTime())[index(book)];
        CmeSeedRun.require(truth.sides()[0][0] == signal.bidPrice() && truth.sides()[0][1] == signal.bidQuantity()
                        && truth.sides()[1][0] == signal.askPrice() && truth.sides()[1][1] == signal.askQuantity(),
                "a signal from %s with another best bid or offer", book);
        CmeSeedRun.require(truth.trades(), "a signal from %s, which does not trade", book);
    }

    /** A book that is not suspect is the true one, trading or not, crossed or not. */
    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        final BookState state = book.state();
        // A crossed book that lost something is still called crossed.
        if (state == BookState.TRUSTED || state == BookState.CROSSED && lost() == 0) {
            CmeSeedRun.require(truths.containsKey(exchangeTime), "%s at a time at which nothing happened", book);
            final Truth[] truth = truths.get(exchangeTime);
            if (truth != null) {
                compared++;
                comparison.levels(book, truth[index(book)], true);
                CmeSeedRun.require(state != BookState.TRUSTED || truth[index(book)].trades(), "%s, which does not trade", book);
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
        tell("    " + book.symbol() + " is " + state);
    }

    long compared() {
        return compared;
    }

    long signals() {
        return signals;
    }

    long losses() {
        return lostSoFar;
    }

    long recovered() {
        return pipeline.lineCounts(0).recovered();
    }
}
