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
    /** All instruments stop and go with the system's hours: told as the status of a group of this name. */
    static final long SYSTEM = 'S';

    private static final int NOT_STATED = -1;

    private final WireBytes bytes = new WireBytes();
    private final StockDirectory directory = new StockDirectory();
    private final MarketDataListener listener;

    private long midnight;
    private boolean isOpen;
    /** A snapshot is being read: what it says of an instrument is all that holds. */
    private boolean isSnapshot;
    private boolean isInHours;
    /** The open event's time and locate code, as they stand in its messages. */
    private long openTime;
    private int openLocate;

    MessageDecoder(final MarketDataListener listener) {
        this.listener = listener;
    }

    /** What became of a message. */
    enum Outcome {
        DECODED,
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

    /** Which instrument each locate code stands for. */
    StockDirectory directory() {
        return directory;
    }

    /** What follows is a snapshot: nothing that was said of trading before it holds. */
    void beginSnapshot() {
        isSnapshot = true;
        directory.forgetStatements();
    }

    /** No snapshot is being read any more. */
    void endSnapshot() {
        isSnapshot = false;
    }

    /** Whether all instruments trade as far as the system's hours go. */
    void tellHours(final boolean open) {
        isInHours = open;
        listener.onGroupTradingStatus(
                SYSTEM, open ? MarketDataListener.STATUS_TRADING : MarketDataListener.STATUS_NOT_TRADING);
    }

    /** Names the order of a message, if it has one, to a listener that wants to know it soon. */
    void announce(final int step, final int message, final int messageLength) {
        if (messageLength < ItchLayout.ORDER + Long.BYTES) {
            return;
        }
        switch (type(message)) {
            case 'A', 'F' -> announce(step, message, true);
            case 'D', 'U', 'E', 'X', 'C' -> announce(step, message, false);
            default -> { }
        }
    }

    private void announce(final int step, final int message, final boolean isNew) {
        listener.onOrderSoon(step, directory.instrument(u16(message + ItchLayout.STOCK_LOCATE)),
                u64(message + ItchLayout.ORDER), isNew);
    }

    /**
     * Reads one message.
     *
     * @param message where its type byte lies
     * @param type    its type, which the specification has
     * @return what became of it
     */
    Outcome decode(final int message, final int type) {
        switch (type) {
            case 'A':
                return added(message, 0);
            case 'F':
                return added(message, u32(message + ItchLayout.ATTRIBUTION));
            case 'D': {
                final long instrument = openFor(message);
                if (instrument == StockDirectory.UNKNOWN) {
                    return Outcome.UNKNOWN_INSTRUMENT;
                }
                listener.onOrderDeleted(instrument, u64(message + ItchLayout.ORDER));
                return Outcome.DECODED;
            }
            case 'U':
                return replaced(message);
            case 'E':
                return executed(message, MarketDataListener.NO_PRICE, true);
            case 'X': {
                final long instrument = openFor(message);
                if (instrument == StockDirectory.UNKNOWN) {
                    return Outcome.UNKNOWN_INSTRUMENT;
                }
                listener.onOrderReduced(
                        instrument, u64(message + ItchLayout.ORDER), u32(message + ItchLayout.LESS_SHARES));
                return Outcome.DECODED;
            }
            case 'C':
                return executed(message, price(message + ItchLayout.EXECUTION_PRICE),
                        type(message + ItchLayout.IS_PRINTABLE) == ItchLayout.PRINTABLE);
            case 'P':
                return traded(message, price(message + ItchLayout.PRICE),
                        u32(message + ItchLayout.SHARES) & 0xffff_ffffL);
            case 'Q':
                return traded(message, price(message + ItchLayout.CROSS_PRICE), u64(message + ItchLayout.CROSS_SHARES));
            case 'H', 'h', 'R', 'S':
                return status(message, type);
            case 'B':
                return broken(message);
            default:
                return Outcome.DECODED;
        }
    }

    private Outcome added(final int message, final int attribution) {
        final long instrument = openFor(message);
        if (instrument == StockDirectory.UNKNOWN) {
            return Outcome.UNKNOWN_INSTRUMENT;
        }
        final int side = type(message + ItchLayout.SIDE);
        if (side != ItchLayout.BUY && side != ItchLayout.SELL || symbol(message + ItchLayout.ORDER_STOCK) != instrument) {
            return Outcome.UNUSABLE;
        }
        listener.onOrderAdded(
                instrument, u64(message + ItchLayout.ORDER),
                side == ItchLayout.BUY ? MarketDataListener.BID : MarketDataListener.ASK,
                price(message + ItchLayout.PRICE), u32(message + ItchLayout.SHARES), attribution);
        return Outcome.DECODED;
    }

    private Outcome executed(final int message, final long price, final boolean isTrade) {
        final long instrument = openFor(message);
        if (instrument == StockDirectory.UNKNOWN) {
            return Outcome.UNKNOWN_INSTRUMENT;
        }
        listener.onOrderExecuted(
                instrument, u64(message + ItchLayout.ORDER), u32(message + ItchLayout.LESS_SHARES), price, isTrade,
                midnight + openTime);
        return Outcome.DECODED;
    }

    private Outcome replaced(final int message) {
        final long instrument = openFor(message);
        if (instrument == StockDirectory.UNKNOWN) {
            return Outcome.UNKNOWN_INSTRUMENT;
        }
        listener.onOrderReplaced(
                instrument, u64(message + ItchLayout.ORDER), u64(message + ItchLayout.NEW_ORDER),
                price(message + ItchLayout.NEW_PRICE), u32(message + ItchLayout.NEW_SHARES));
        return Outcome.DECODED;
    }

    /** A trade with an order that was not displayed, or an auction: nobody took the other's price. */
    private Outcome traded(final int message, final long price, final long shares) {
        final long instrument = openFor(message);
        if (instrument == StockDirectory.UNKNOWN) {
            return Outcome.UNKNOWN_INSTRUMENT;
        }
        if (shares == 0) {
            return Outcome.DECODED; // "Cross Trade": an auction in which nothing was matched
        }
        listener.onTrade(
                instrument, MarketDataListener.NO_REPORT_SEQUENCE, midnight + openTime, price,
                shares < 0 || shares > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) shares, NOT_STATED);
        return Outcome.DECODED;
    }

    /** "Broken Trade": the match number is that of an execution or a trade that was told of. */
    private Outcome broken(final int message) {
        final long instrument = openFor(message);
        if (instrument == StockDirectory.UNKNOWN) {
            return Outcome.UNKNOWN_INSTRUMENT;
        }
        listener.onTradeBreak(instrument, u64(message + ItchLayout.BROKEN_MATCH), midnight + openTime);
        return Outcome.DECODED;
    }

    private Outcome status(final int message, final int type) {
        endEvent();
        if (type == 'S') {
            return systemEvent(message);
        }
        final int locate = u16(message + ItchLayout.STOCK_LOCATE);
        final long instrument = symbol(message + ItchLayout.STOCK);
        if (type == 'R') {
            if (instrument == StockDirectory.UNKNOWN) {
                return Outcome.UNUSABLE;
            }
            if (directory.introduce(locate, instrument)) {
                listener.onInstrument(instrument);
            } else if (!isSnapshot) {
                return Outcome.DECODED;
            }
        } else if (directory.instrument(locate) != instrument) {
            return directory.instrument(locate) == StockDirectory.UNKNOWN ? Outcome.UNKNOWN_INSTRUMENT : Outcome.UNUSABLE;
        } else if (type == 'H') {
            directory.onTradingState(locate, type(message + ItchLayout.TRADING_STATE) == ItchLayout.TRADING);
        } else if (type(message + ItchLayout.MARKET_CODE) == ItchLayout.NASDAQ_MARKET) {
            directory.onOperationalHalt(locate, type(message + ItchLayout.HALT_ACTION) != ItchLayout.TRADING);
        } else {
            return Outcome.DECODED; // another market's
        }
        listener.onTradingStatus(instrument, directory.status(locate));
        listener.onEventEnd(midnight + timestamp(message));
        return Outcome.DECODED;
    }

    private Outcome systemEvent(final int message) {
        final int event = type(message + ItchLayout.CODE);
        if (event == ItchLayout.START_OF_SYSTEM_HOURS || !isInHours
                && (event == ItchLayout.START_OF_MARKET_HOURS || event == ItchLayout.END_OF_MARKET_HOURS)) {
            // Market hours lie within the system's; a snapshot may tell of the latest event alone.
            tellHours(true);
        } else if (event == ItchLayout.END_OF_SYSTEM_HOURS || event == ItchLayout.END_OF_MESSAGES) {
            tellHours(false);
        }
        listener.onEventEnd(midnight + timestamp(message));
        return Outcome.DECODED;
    }

    /** The instrument of a message that belongs to an event: to the open one, or to one that begins with it. */
    private long openFor(final int message) {
        final int locate = u16(message + ItchLayout.STOCK_LOCATE);
        final long time = timestamp(message);
        final long instrument = directory.instrument(locate);
        if (isOpen && (locate != openLocate || time != openTime)) {
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
        return (long) u16(message + ItchLayout.TIMESTAMP) << Integer.SIZE
                | u32(message + ItchLayout.TIMESTAMP + Short.BYTES) & 0xffff_ffffL;
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
