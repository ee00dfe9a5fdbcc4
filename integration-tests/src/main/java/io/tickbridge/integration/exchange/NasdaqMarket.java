package io.tickbridge.integration.exchange;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Nasdaq's days as they take place on a wire: opening cross, bursts of orders, halts of the market and of Nasdaq alone, the end
 * of the session and the next one. In real time, and each event at a time of its own.
 */
final class NasdaqMarket {
    private static final List<Instrument> STOCKS = List.of(
            stock(1, "AAPL", 190_000_000_000L), stock(2, "MSFT", 410_000_000_000L), stock(3, "NVDA", 175_000_000_000L),
            stock(4, "ZTEST", 12_000_000_000L));
    private static final long SECOND = 1_000_000_000L;
    private static final int BURST = 12; // events at most in one burst
    private static final int HALT_STEP = 400; // events between a halt and its end, and the next one
    private static final int AUCTION_EVENTS = 40;
    private static final int END_OF_SESSION_PACKETS = 5;

    private final NasdaqChannel channel;
    private final LiveWire wire;
    private final RandomGenerator random;
    private final int rate;
    /** Best bids and offers are written to it; null for nowhere. */
    private final PrintWriter truths;
    private boolean blackout;
    private int day;
    private int packets;
    private int haltedStock = -1;
    private int events;
    private volatile long time;

    /**
     * A market that is closed.
     *
     * @param rate   events a second, on average
     * @param truths takes best bid and offer after each event that took one packet; null for nobody
     */
    NasdaqMarket(
            final LiveWire wire, final RandomGenerator random, final LaterVersion later, final int rate, final PrintWriter truths) {
        this.wire = wire;
        this.random = random;
        this.rate = rate;
        this.truths = truths;
        time = wire.now();
        channel = new NasdaqChannel(STOCKS, random, this::send);
        channel.speak(later);
    }

    private static Instrument stock(final int number, final String symbol, final long start) {
        return new Instrument(number, symbol, "", 10_000_000L, start);
    }

    NasdaqChannel channel() {
        return channel;
    }

    /** The exchange's time, ns since the Unix epoch. Any thread. */
    long time() {
        return time;
    }

    private void send(final long next, final ByteBuffer packet) {
        packets++;
        if (!blackout) {
            final byte[] bytes = new byte[packet.remaining()];
            packet.duplicate().get(bytes);
            wire.send(Feed.INCREMENTAL, next, bytes, time);
        }
    }

    /** So many events, in bursts. A halt that begins meanwhile ends with them. */
    void trade(final int number) {
        int left = number;
        while (left > 0) {
            final int burst = Math.min(left, random.nextInt(1, BURST));
            for (int i = 0; i < burst; i++) {
                act(channel::event);
                if (++events % HALT_STEP == 0) {
                    halt();
                }
            }
            left -= burst;
            pass((long) (-Math.log(1 - random.nextDouble()) * burst * SECOND / rate));
        }
        if (haltedStock >= 0) {
            halt();
        }
        settle();
    }

    /** Events that no line brings. */
    void blackOut(final int number) {
        blackout = true;
        trade(number);
        blackout = false;
    }

    /** Heartbeats, a thousand a second. */
    void mark(final int heartbeats) {
        for (int i = 0; i < heartbeats; i++) {
            channel.heartbeat();
            pass(SECOND / 1000);
        }
        settle();
    }

    /** The session ends, where there is one, and the next one begins. */
    void newDay() {
        if (day > 0) {
            endDay();
        }
        day++;
        haltedStock = -1;
        tell(at -> channel.start("S" + day, at));
        for (int i = 0; i < channel.stocks(); i++) {
            final int index = i;
            act(at -> {
                channel.open(index, at);
                return index;
            });
            channel.collect(index);
        }
        for (int i = 0; i < AUCTION_EVENTS; i++) {
            final int index = i % channel.stocks();
            act(channel::event);
            tell(at -> channel.imbalance(index, at));
        }
        for (int i = 0; i < channel.stocks(); i++) {
            final int index = i;
            act(at -> {
                channel.cross(index, at);
                return index;
            });
        }
        tell(channel::marketHours);
        settle();
    }

    /** The session ends, and nothing follows. */
    void endDay() {
        tell(channel::close);
        for (int i = 0; i < END_OF_SESSION_PACKETS; i++) {
            channel.endOfSession();
            pass(SECOND / 100);
        }
    }

    private void halt() {
        final boolean halt = haltedStock < 0;
        final int index = halt ? events / HALT_STEP % channel.stocks() : haltedStock;
        tell(at -> {
            if (index % 2 == 0) {
                channel.halt(index, at, halt);
            } else {
                channel.operationalHalt(index, at, halt);
            }
        });
        haltedStock = halt ? index : -1;
    }

    /** What touches one stock's book, and says whose. */
    private interface Action {
        int of(long time);
    }

    private void act(final Action action) {
        next();
        packets = 0;
        final int index = action.of(time);
        // What took several packets is shown in parts: there is no end of an event on this feed.
        if (truths != null && packets <= 1) {
            final TrueBook book = channel.book(index);
            truths.printf("%d,%s,%s,%s%n", time, channel.stock(index).symbol(), best(book, true), best(book, false));
        }
        wire.until(time);
    }

    private void tell(final LongConsumer action) {
        next();
        action.accept(time);
        wire.until(time);
    }

    /** Never the same time again, nor one that has long passed: somebody may have waited between two commands. */
    private void next() {
        time = Math.max(time + 1, wire.now());
    }

    private void pass(final long duration) {
        time += duration;
        wire.until(time);
    }

    /** Lets everything arrive that is on its way. */
    private void settle() {
        pass(2 * FaultPlan.MOST_LAG);
    }

    private static String best(final TrueBook book, final boolean bid) {
        final Map.Entry<Long, TrueBook.Level> level = book.side(bid).firstEntry();
        return level == null ? "0,0" : level.getKey() + "," + level.getValue().quantity();
    }

    /** All levels of all stocks: stock, side, price, quantity. */
    void printBooks() {
        for (int i = 0; i < channel.stocks(); i++) {
            for (final boolean bid : new boolean[] {true, false}) {
                final int index = i;
                channel.book(i).side(bid).forEach((price, level) -> System.out.printf("book,%s,%s,%d,%d%n",
                        channel.stock(index).symbol(), bid ? "bid" : "ask", price, level.quantity()));
            }
        }
    }
}
