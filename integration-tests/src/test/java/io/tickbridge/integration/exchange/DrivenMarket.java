package io.tickbridge.integration.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A CME channel whose best bids and offers a test sets, one event at a time. */
public final class DrivenMarket {
    private static final long FIRST_TIME = 1_800_000_000_000_000_000L;
    private static final long BETWEEN_EVENTS = 1_000; // ns
    private static final long TICK = 250_000_000; // 0.25 in 1e-9 units
    private static final int ORDERS = 1;
    private static final char BID = '0';
    private static final char ASK = '1';

    private final Output output;
    private final Mdp3Packet packet = new Mdp3Packet();
    private final Map<Integer, Listed> instruments = new TreeMap<>();
    private long sequence;
    private long time = FIRST_TIME;

    /** Takes finished packets. */
    @FunctionalInterface
    public interface Output {
        /** One packet. */
        void send(byte[] packet) throws IOException;
    }

    /** One instrument's best bid and offer, in ticks and contracts. */
    private static final class Listed {
        private final Instrument instrument;
        private long updates;
        private long bid;
        private long ask;

        Listed(final int id, final String group) {
            instrument = new Instrument(id, Integer.toString(id), group, Instrument.Kind.FUTURE, TICK, TICK, 1, 0, List.of());
        }
    }

    /** Trades that nobody has quoted yet. */
    public DrivenMarket(final Output output) {
        this.output = output;
    }

    /** The instrument may be traded; its book begins. */
    public void open(final int id, final long bidTicks, final long askTicks) {
        final Listed listed = new Listed(id, "G" + id);
        instruments.put(id, listed);
        resume(id);
        begin();
        level(listed, TrueBook.NEW, BID, bidTicks, 1);
        level(listed, TrueBook.NEW, ASK, askTicks, 1);
        end();
        listed.bid = bidTicks;
        listed.ask = askTicks;
    }

    /** One event: the best bid and offer are these from now on. */
    public void quote(final int id, final long bidTicks, final int bidQuantity, final long askTicks, final int askQuantity) {
        final Listed listed = instruments.get(id);
        begin();
        side(listed, BID, listed.bid, bidTicks, bidQuantity);
        side(listed, ASK, listed.ask, askTicks, askQuantity);
        end();
        listed.bid = bidTicks;
        listed.ask = askTicks;
    }

    /** One event: the same prices, other quantities. */
    public void quantities(final int id, final int bidQuantity, final int askQuantity) {
        final Listed listed = instruments.get(id);
        quote(id, listed.bid, bidQuantity, listed.ask, askQuantity);
    }

    /** Trading of the instrument is halted. */
    public void halt(final int id) {
        status(id, TradingStatus.HALT);
    }

    /** It may be traded again. */
    public void resume(final int id) {
        status(id, TradingStatus.READY_TO_TRADE);
    }

    private void status(final int id, final int status) {
        time += BETWEEN_EVENTS;
        packet.start();
        packet.securityStatus(time, instruments.get(id).instrument, status);
        send();
    }

    private void begin() {
        time += BETWEEN_EVENTS;
        packet.start();
        packet.startBook(time, EventIndicator.LAST_QUOTE | EventIndicator.END_OF_EVENT);
    }

    private void side(final Listed listed, final char type, final long before, final long ticks, final int quantity) {
        if (before != ticks) {
            level(listed, TrueBook.DELETE, type, before, 0);
            level(listed, TrueBook.NEW, type, ticks, quantity);
        } else {
            level(listed, TrueBook.CHANGE, type, ticks, quantity);
        }
    }

    private void level(final Listed listed, final int action, final char type, final long ticks, final int quantity) {
        packet.bookEntry(listed.instrument.securityId(), ++listed.updates, action, type, 1, ticks * TICK, quantity, ORDERS);
    }

    private void end() {
        packet.end();
        send();
    }

    private void send() {
        final ByteBuffer finished = packet.finish(++sequence, time);
        try {
            output.send(SessionPackets.bytes(finished));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
