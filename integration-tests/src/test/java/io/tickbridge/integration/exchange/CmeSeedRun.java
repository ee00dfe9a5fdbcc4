package io.tickbridge.integration.exchange;

import io.tickbridge.gateway.book.BookCounter;
import io.tickbridge.gateway.book.BookListener;
import io.tickbridge.gateway.book.InstrumentBook;
import io.tickbridge.gateway.book.MarketBooks;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.signal.SignalListener;
import io.tickbridge.integration.exchange.FaultyWire.Arrival;
import io.tickbridge.integration.exchange.Ledger.Moment;
import io.tickbridge.integration.exchange.Ledger.Truth;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.SignalDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One seed: a day at the exchange, faults on the wire, and the gateway's whole pipeline, which is held against the truth
 * after every frame, at every event, and at every signal.
 */
final class CmeSeedRun implements BookListener {
    private static final long START = 1_800_000_000_000_000_000L;
    private static final int STEPS = 450;
    private static final int STORY = Integer.getInteger("tickbridge.story", 30); // frames
    private static final long QUIET = 50_000_000L; // ns, longer than anything is waited for

    private final FaultyWire.FrameOutput recorder;
    private final SplittableRandom random;
    private final FaultPlan plan;
    private final FaultyWire wire;
    private final Ledger ledger;
    private final Channel channel;
    private final TradingDay day;
    private final OrderSnapshotLoop orderSnapshots;
    private final Pipeline pipeline;
    private final MarketBooks books;
    private final Progress progress;
    private final BookComparison comparison = new BookComparison();
    private final ReplayedPackets replay;
    private final SignalDecoder signal = new SignalDecoder();
    /** Latest packet for which a sound snapshot told the status, by instrument; only of those that came in time. */
    private final int[] told;
    /** The same of those that came before the packets they tell of. */
    private final int[] toldAhead;
    /** Packet up to which the snapshot goes that a book was made of; it may be one that has not arrived yet. */
    private final int[] ahead;
    /** The same of books of single orders. */
    private final int[] ordersAhead;
    private final Deque<String> story = new ArrayDeque<>();
    private final List<String> bodies = new ArrayList<>();
    private Arrival current;
    private long signals;
    private long snapshotsUsed;
    private long orderSnapshotsUsed;

    CmeSeedRun(final long seed, final GatewayConfig config) {
        this(seed, config, arrival -> { });
    }

    /** A run whose frames are shown to another, too. */
    CmeSeedRun(final long seed, final GatewayConfig config, final FaultyWire.FrameOutput recorder) {
        this.recorder = recorder;
        random = new SplittableRandom(seed);
        plan = FaultPlan.random(random);
        wire = new FaultyWire(plan, Transport.CME, random.split(), this::onArrival);
        channel = new Channel(TradingDay.INSTRUMENTS, random.split(), this::onPacket);
        ledger = new Ledger(channel);
        final SnapshotLoop snapshots = new SnapshotLoop(channel, (number, packet) ->
                wire.send(Feed.SNAPSHOT, (number - 1) << Integer.SIZE | ledger.last() & 0xffff_ffffL, bytes(packet), now()));
        final DefinitionLoop definitions = new DefinitionLoop(channel, START, (number, packet) ->
                wire.send(Feed.DEFINITIONS, number, bytes(packet), now()));
        orderSnapshots = new OrderSnapshotLoop(channel, (number, packet) -> wire.send(
                Feed.ORDER_SNAPSHOT, snapshotTag(packet), bytes(packet), now()));
        day = new TradingDay(channel, snapshots, definitions, START, random.split(), this::afterAction);
        replay = new ReplayedPackets(wire, random.split());
        pipeline = new Pipeline(config, FrameRecorder.NONE, List.of(this::onSignal), List.of(this),
                (buffer, offset, length, receiveTime, port) -> { }, feed -> replay);
        progress = new Progress(pipeline.feedCounts(0));
        books = pipeline.books(0);
        told = new int[TradingDay.INSTRUMENTS.size()];
        Arrays.fill(told, Progress.NOTHING);
        ahead = told.clone();
        toldAhead = told.clone();
        ordersAhead = told.clone();
    }

    /** Runs it all; an {@link AssertionError} tells what went wrong. */
    void run() {
        try {
            day.open();
            steps(STEPS);
            if (random.nextInt(3) == 0) {
                day.nextDay();
                steps(STEPS / 3);
            }
            if (random.nextInt(3) == 0) {
                day.close();
                wire.drain();
                progress.restartsAt(ledger.last() + 1);
                replay.forget();
                day.newWeek();
                steps(STEPS / 2);
            }
            if (random.nextBoolean()) {
                day.resumeAll();
            }
            heal();
        } catch (final RuntimeException | AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n  at packet " + progress.packet() + "\n  " + plan + "\n  the last frames:\n    "
                    + String.join("\n    ", story), e);
        }
    }

    private void steps(final int count) {
        for (int i = 0; i < count; i++) {
            day.step();
            if (random.nextInt(3) == 0) {
                orderSnapshots.step(day.time());
            }
        }
    }

    /** Which instrument a piece of a snapshot of orders is of, and up to which packet it goes. */
    private long snapshotTag(final ByteBuffer packet) {
        // After the packet's header of 12 bytes, the message's of 10, LastMsgSeqNumProcessed and TotNumReports.
        final int instrument = packet.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(packet.position() + 12 + 10 + 8);
        return (long) index(instrument) << Integer.SIZE | ledger.last() & 0xffff_ffffL;
    }

    /** No more faults: after what was lost has been given up, one loop makes all books whole. */
    private void heal() {
        wire.heal();
        day.pass(QUIET);
        day.trade(30);
        day.pass(QUIET);
        day.trade(5);
        wire.advance(Long.MAX_VALUE);
        day.recoveryLoop();
        for (int i = 0; i < channel.instruments(); i++) {
            orderSnapshots.step(day.time());
        }
        day.pass(QUIET);
        wire.drain();
        require(progress.packet() == ledger.last(), "the gateway stopped at packet %d of %d", progress.packet(), ledger.last());
        final Truth[] truths = ledger.at(ledger.last()).truths();
        for (int i = 0; i < truths.length; i++) {
            final Instrument instrument = channel.instrument(i);
            final InstrumentBook book = books.find(instrument.securityId());
            require(book != null && !books.wantsSnapshot(instrument.securityId()), "%s is not whole", instrument.symbol());
            require(book.symbol().equals(instrument.symbol()), "%s is called %s", instrument.symbol(), book.symbol());
            require(book.tickSize() == instrument.tick(), "%s has another tick", book);
            final Truth truth = truths[i];
            final boolean tradable = truth.trades() && truth.depth(0) > 0 && truth.depth(1) > 0;
            require(tradable == (book.state() == BookState.TRUSTED), "%s in the end, exchange status %d", book, truth.status());
            comparison.levels(book, truth, true);
            require(book.knowsOrders(), "%s's orders are not known", book);
            comparison.orders(book, truth);
        }
    }

    private long now() {
        return day == null ? START : day.time();
    }

    private void onPacket(final long sequence, final ByteBuffer packet) {
        final int number = ledger.packet();
        final byte[] bytes = bytes(packet);
        replay.sent(sequence, number, bytes);
        wire.send(Feed.INCREMENTAL, number, bytes, now());
    }

    private void afterAction() {
        ledger.complete(day.time());
        wire.advance(day.time());
    }

    private static byte[] bytes(final ByteBuffer packet) {
        final byte[] bytes = new byte[packet.remaining()];
        packet.duplicate().get(bytes);
        return bytes;
    }

    private void onArrival(final Arrival arrival) {
        if (story.size() == STORY) {
            story.remove();
        }
        story.add(tell(arrival));
        current = arrival;
        recorder.onArrival(arrival);
        replay.now(arrival.time());
        pipeline.onFrame(new UnsafeBuffer(arrival.frame()), 0, arrival.frame().length, arrival.time(), 0);
        progress.after(arrival);
        final long used = books.counts().get(BookCounter.SNAPSHOTS);
        if (used != snapshotsUsed) {
            snapshotsUsed = used;
            ahead[(int) (arrival.tag() >>> Integer.SIZE)] = (int) arrival.tag();
        }
        final long ordersUsed = books.counts().get(BookCounter.ORDER_SNAPSHOTS);
        if (ordersUsed != orderSnapshotsUsed) {
            orderSnapshotsUsed = ordersUsed;
            ordersAhead[(int) (arrival.tag() >>> Integer.SIZE)] = (int) arrival.tag();
        }
        if (!progress.isKnown()) {
            return;
        }
        if (arrival.feed() == Feed.SNAPSHOT && arrival.sound()) {
            final int index = (int) (arrival.tag() >>> Integer.SIZE);
            final int upTo = (int) arrival.tag();
            // A snapshot that came before what it tells of is the next one's to repeat.
            if (upTo <= progress.packet()) {
                told[index] = Math.max(told[index], upTo);
            } else {
                toldAhead[index] = Math.max(toldAhead[index], upTo);
            }
        }
        check();
    }

    private void check() {
        for (int i = 0; i < channel.instruments(); i++) {
            final InstrumentBook book = books.find(channel.instrument(i).securityId());
            final Moment orders = ledger.at(Math.max(progress.packet(), ordersAhead[i]));
            if (book != null && book.knowsOrders() && orders.truths() != null) {
                comparison.orders(book, orders.truths()[i]);
            }
            final Moment moment = ledger.at(Math.max(progress.packet(), ahead[i]));
            if (book == null || moment.truths() == null) {
                continue;
            }
            final Truth truth = moment.truths()[i];
            comparison.levels(book, truth, !books.wantsSnapshot(book.instrument()));
            if (book.state() == BookState.TRUSTED && !truth.trades()) {
                // Held packets apart, nothing but a snapshot from further on may have told of an end of it.
                require(told[i] < truth.statusSince() || toldAhead[i] > progress.packet()
                                && ledger.at(toldAhead[i]).truths()[i].trades(), "%s, although its status was %d from packet %d "
                                + "on and a snapshot up to packet %d said so", book,
                        truth.status(), truth.statusSince(), told[i]);
            }
        }
    }

    private void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        signals++;
        final byte[] bytes = new byte[SignalListener.BODY_LENGTH];
        body.getBytes(offset, bytes);
        bodies.add(HexFormat.of().formatHex(bytes));
        signal.wrap(body, offset, SignalDecoder.BLOCK_LENGTH, SignalDecoder.SCHEMA_VERSION);
        final InstrumentBook book = books.find(signal.instrument());
        require(book.state() == BookState.TRUSTED, "a signal from %s", book);
        require(current.feed() == Feed.INCREMENTAL, "a signal from what is no news, of %s", book);
        final Moment moment = ledger.atTime(signal.exchangeTime());
        require(moment != null, "a signal of a time at which no event ended, from %s", book);
        final Truth truth = moment.truths()[index(book)];
        require(truth.sides()[0][0] == signal.bidPrice() && truth.sides()[0][1] == signal.bidQuantity()
                        && truth.sides()[1][0] == signal.askPrice() && truth.sides()[1][1] == signal.askQuantity(),
                "a signal from %s with another best bid or offer", book);
    }

    @Override
    public void onBookEvent(final InstrumentBook book, final long exchangeTime) {
        if (current.feed() != Feed.INCREMENTAL) {
            return;
        }
        final Moment moment = ledger.atTime(exchangeTime);
        if (moment != null && ledger.numberAt(exchangeTime) > ahead[index(book)]) {
            comparison.levels(book, moment.truths()[index(book)], false);
        }
    }

    @Override
    public void onInstrument(final InstrumentBook book) {
        index(book); // an instrument of the exchange's
    }

    @Override
    public void onTrade(
            final InstrumentBook book, final long exchangeTime, final long price, final int quantity, final int aggressor) {
        // Trades are part of signals, which are looked at.
    }

    @Override
    public void onStateChange(final InstrumentBook book, final BookState state, final long exchangeTime) {
        if (story.size() == STORY) {
            story.remove();
        }
        story.add("      " + book.symbol() + " is " + state);
    }

    private int index(final InstrumentBook book) {
        return index(book.instrument());
    }

    private int index(final long instrument) {
        for (int i = 0; i < channel.instruments(); i++) {
            if (channel.instrument(i).securityId() == instrument) {
                return i;
            }
        }
        throw new AssertionError("there is no instrument " + instrument);
    }

    private String tell(final Arrival arrival) {
        final String what = arrival.feed() == Feed.INCREMENTAL ? "packet " + arrival.tag()
                : arrival.feed() == Feed.SNAPSHOT || arrival.feed() == Feed.ORDER_SNAPSHOT
                        ? "of " + channel.instrument((int) (arrival.tag() >>> Integer.SIZE)).symbol() + " up to " + (int) arrival.tag()
                        : "number " + arrival.tag();
        return "%d us: %s line %s, %s%s; the gateway had reached %d".formatted(
                (arrival.time() - START) / 1_000, arrival.feed(), arrival.line() == 0 ? "A" : "B", what,
                arrival.sound() ? "" : ", corrupt", progress.packet());
    }

    static void require(final boolean holds, final String text, final Object... values) {
        if (!holds) {
            throw new AssertionError(text.formatted(values));
        }
    }

    /** All signals, in hexadecimal. */
    List<String> bodies() {
        return bodies;
    }

    long trusted() {
        return comparison.trusted();
    }

    long signals() {
        return signals;
    }

    long snapshotsUsed() {
        return snapshotsUsed;
    }

    /** Books of single orders that were compared. */
    long ordered() {
        return comparison.ordered();
    }

    long orderSnapshotsUsed() {
        return orderSnapshotsUsed;
    }

    /** Packets that came by replay and filled a hole. */
    long recovered() {
        return pipeline.lineCounts(0).recovered();
    }

    long gaps() {
        return pipeline.feedCounts(0).get(FeedCounter.GAPS);
    }

    long malformed() {
        return pipeline.feedCounts(0).get(FeedCounter.MALFORMED);
    }
}
