package io.tickbridge.gateway.feed.nasdaq;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;

/**
 * Reads messages whose length has been checked, and tells what they say of books, trades and trading status. The others
 * (Reg SHO, market participants, circuit breaker levels, quoting periods, collars, imbalances, retail interest, price
 * discovery) are known and passed over: a halt that one of them announces comes as a Trading Action Message of its own.
 *
 * <p>Messages of one instrument that bear the same time and follow each other in a packet are one event: an order that
 * meets several others is told of in one message for each.
 *
 * <p>One thread; allocates nothing.
 */
final class MessageDecoder {
    /** From the wire's 1e-4 to the 1e-9 used inside. */
    static final long PRICE_FACTOR = 100_000;

    private static final int NOT_STATED = -1;

    private final WireBytes bytes = new WireBytes();
    private final StockDirectory directory = new StockDirectory();
    private final ComingOrders soon = new ComingOrders(directory);
    private final StatusDecoder statuses;
    private final MarketDataListener listener;

    private long midnight;
    private boolean isOpen;
    /** The open event's time and locate code, as they stand in its messages. */
    private long openTime;
    private int openLocate;

    MessageDecoder(final MarketDataListener listener) {
        this.listener = listener;
        statuses = new StatusDecoder(bytes, directory, listener);
    }

    /** What became of a message. */
    enum Outcome {
        DECODED,
        /** Read, and says nothing that need be told. */
        PASSED_OVER,
        /** Names an instrument that was not introduced. */
        UNKNOWN_INSTRUMENT,
        /** Its content is impossible; whatever it was meant to say is lost. */
        UNUSABLE
    }

    /** A packet comes next: it is read until the next one is named. */
    void begin(final DirectBuffer buffer, final int offset, final int length, final long midnightBefore) {
        bytes.wrap(buffer, offset, length);
        midnight = midnightBefore;
    }

    int messageLength(final int block) {
        return u16(block);
    }

    int type(final int message) {
        return bytes.getByte(message) & 0xff;
    }

    /** The event that was told last goes on no further. */
    void endEvent() {
        if (isOpen) {
            isOpen = false;
            listener.onEventEnd(midnight + openTime);
        }
    }

    /** A session begins: locate codes mean nothing yet. */
    void forget() {
        directory.forget();
    }

    /** Reads what is said of trading status. */
    StatusDecoder statuses() {
        return statuses;
    }

    /** Which instrument each locate code stands for. */
    StockDirectory directory() {
        return directory;
    }

    /** Tells of the packet's orders before they are read. */
    void announce(final int block, final int messages) {
        soon.tell(bytes, block, messages, listener);
    }

    /**
     * Reads one message.
     *
     * @param message where its type byte lies
     * @param type    its type, which the specification has
     * @return what became of it
     */
    Outcome decode(final int message, final int type) {
        if (ItchLayout.belongsToEvent(type)) {
            final long instrument = openFor(message);
            return instrument == StockDirectory.UNKNOWN ? Outcome.UNKNOWN_INSTRUMENT : tell(message, type, instrument);
        }
        if (ItchLayout.isStatus(type)) {
            endEvent();
            return statuses.decode(message, type, midnight + timestamp(message));
        }
        return Outcome.PASSED_OVER;
    }

    private Outcome tell(final int message, final int type, final long instrument) {
        final long order = u64(message + ItchLayout.ORDER);
        switch (type) {
            case 'A':
                return added(message, instrument, order, 0);
            case 'F':
                return added(message, instrument, order, u32(message + ItchLayout.ATTRIBUTION));
            case 'D':
                listener.onOrderDeleted(instrument, order);
                return Outcome.DECODED;
            case 'U':
                listener.onOrderReplaced(
                        instrument, order, u64(message + ItchLayout.NEW_ORDER), price(message + ItchLayout.NEW_PRICE),
                        u32(message + ItchLayout.NEW_SHARES));
                return Outcome.DECODED;
            case 'E':
                listener.onOrderExecuted(instrument, order, u32(message + ItchLayout.LESS_SHARES),
                        MarketDataListener.NO_PRICE, true, midnight + openTime);
                return Outcome.DECODED;
            case 'X':
                listener.onOrderReduced(instrument, order, u32(message + ItchLayout.LESS_SHARES));
                return Outcome.DECODED;
            default:
                return tellOfTrade(message, type, instrument, order);
        }
    }

    private Outcome tellOfTrade(final int message, final int type, final long instrument, final long order) {
        switch (type) {
            case 'C' -> listener.onOrderExecuted(instrument, order, u32(message + ItchLayout.LESS_SHARES),
                    price(message + ItchLayout.EXECUTION_PRICE),
                    type(message + ItchLayout.IS_PRINTABLE) == ItchLayout.PRINTABLE, midnight + openTime);
            case 'P' -> traded(instrument, price(message + ItchLayout.PRICE),
                    u32(message + ItchLayout.SHARES) & 0xffff_ffffL);
            case 'Q' -> traded(
                    instrument, price(message + ItchLayout.CROSS_PRICE), u64(message + ItchLayout.CROSS_SHARES));
            // "Broken Trade": the match number is that of an execution or a trade that was told of.
            default -> listener.onTradeBreak(
                    instrument, u64(message + ItchLayout.BROKEN_MATCH), midnight + openTime);
        }
        return Outcome.DECODED;
    }

    private Outcome added(final int message, final long instrument, final long order, final int attribution) {
        final int side = ItchLayout.side(type(message + ItchLayout.SIDE));
        if (side < 0 || symbol(message + ItchLayout.ORDER_STOCK) != instrument) {
            return Outcome.UNUSABLE;
        }
        listener.onOrderAdded(
                instrument, order, side, price(message + ItchLayout.PRICE), u32(message + ItchLayout.SHARES), attribution);
        return Outcome.DECODED;
    }

    /** A trade with an order that was not displayed, or an auction: nobody took the other's price. */
    private void traded(final long instrument, final long price, final long shares) {
        // None: a "Cross Trade" of an auction in which nothing was matched.
        if (shares != 0) {
            listener.onTrade(
                    instrument, MarketDataListener.NO_REPORT_SEQUENCE, midnight + openTime, price,
                    shares < 0 || shares > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) shares, NOT_STATED);
        }
    }

    /** The instrument of a message that belongs to an event: to the open one, or to one that begins with it. */
    private long openFor(final int message) {
        final int locate = u16(message + ItchLayout.STOCK_LOCATE);
        final long time = timestamp(message);
        final long instrument = directory.instrument(locate);
        // One comparison, not two: that the instrument is another one is a guess, that either is, is nearly sure.
        if ((locate ^ openLocate | time ^ openTime) != 0) {
            endEvent();
        }
        if (instrument != StockDirectory.UNKNOWN) {
            isOpen = true;
            openTime = time;
            openLocate = locate;
        }
        return instrument;
    }

    /** ns since midnight of a message of the packet. */
    long timestamp(final int message) {
        // 48 bits: one read of 64, the tracking number before them cut off.
        return u64(message + ItchLayout.TRACKING_NUMBER) & ItchLayout.TIMESTAMP_MASK;
    }

    private long price(final int index) {
        return (u32(index) & 0xffff_ffffL) * PRICE_FACTOR;
    }

    /** Eight characters, the first one lowest. */
    private long symbol(final int index) {
        return bytes.getLong(index, LITTLE_ENDIAN);
    }

    private long u64(final int index) {
        return bytes.getLong(index, BIG_ENDIAN);
    }

    private int u32(final int index) {
        return bytes.getInt(index, BIG_ENDIAN);
    }

    private int u16(final int index) {
        return bytes.getShort(index, BIG_ENDIAN) & 0xffff;
    }
}
