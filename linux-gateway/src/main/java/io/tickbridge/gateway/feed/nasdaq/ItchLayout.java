package io.tickbridge.gateway.feed.nasdaq;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * Where each field lies in a message, counted from the message type byte; unsigned and big-endian throughout. From
 * "Message Formats" in Nasdaq TotalView-ITCH 5.0.
 *
 * <p>Price(4) is 32-bit in units of 1e-4, Price(8) 64-bit in units of 1e-8. Alpha fields are ASCII, padded with spaces
 * on the right.
 */
public final class ItchLayout {
    /** One byte, in all messages. */
    static final int TYPE = 0;
    /** 16-bit number of the instrument for this day, 0 where none is meant; in all messages. */
    static final int STOCK_LOCATE = 1;
    /** 16-bit, Nasdaq's own; in all messages. */
    static final int TRACKING_NUMBER = 3;
    /** 48-bit ns since midnight; in all messages. */
    static final int TIMESTAMP = 5;
    /** Of the 64 bits that begin with the tracking number, those of the timestamp. */
    static final long TIMESTAMP_MASK = 0xffff_ffff_ffffL;
    /** Bytes that all messages have in common. */
    static final int HEADER_LENGTH = 11;

    /** System Event, MWCB Status: one byte. */
    static final int CODE = 11;
    /** Stock Directory, Trading Action, Reg SHO, IPO Quoting, LULD, Operational Halt, RPII, DLCR: 8 characters. */
    static final int STOCK = 11;

    /** One byte. */
    static final int TRADING_STATE = 19;
    /** One byte. */
    static final int MARKET_CODE = 19;
    /** One byte. */
    static final int HALT_ACTION = 20;

    /** All messages of orders, and the Trade Message: 64-bit. */
    static final int ORDER = 11;
    /** Add Order, Trade: {@link #BUY} or {@link #SELL}. */
    static final int SIDE = 19;
    /** Add Order, Trade: 32-bit. */
    static final int SHARES = 20;
    /** Add Order, Trade: 8 characters. */
    static final int ORDER_STOCK = 24;
    /** Add Order, Trade: Price(4). */
    static final int PRICE = 32;
    /** Add Order with MPID Attribution: 4 characters. */
    static final int ATTRIBUTION = 36;
    /** Order Executed, Order Cancel: 32-bit. */
    static final int LESS_SHARES = 19;
    /** Order Executed With Price: {@link #PRINTABLE} or not. */
    static final int IS_PRINTABLE = 31;
    /** Order Executed With Price: Price(4). */
    static final int EXECUTION_PRICE = 32;
    /** Order Replace: 64-bit. */
    static final int NEW_ORDER = 19;
    /** Order Replace: 32-bit. */
    static final int NEW_SHARES = 27;
    /** Order Replace: Price(4). */
    static final int NEW_PRICE = 31;
    /** Cross Trade: 64-bit. */
    static final int CROSS_SHARES = 11;
    /** Cross Trade: 8 characters. */
    static final int CROSS_STOCK = 19;
    /** Cross Trade: Price(4). */
    static final int CROSS_PRICE = 27;

    /** Broken Trade: 64-bit. */
    static final int BROKEN_MATCH = 11;

    static final int BUY = 'B';
    static final int SELL = 'S';
    static final int PRINTABLE = 'Y';
    /** Trading State: the only value in which orders match continuously. */
    static final int TRADING = 'T';
    /** Operational Halt: the market centre Nasdaq. */
    static final int NASDAQ_MARKET = 'Q';
    /** Operational Halt: halted; {@link #TRADING} takes it back. */
    static final int HALTED = 'H';
    /** System Event: Nasdaq begins to accept orders. */
    static final int START_OF_SYSTEM_HOURS = 'S';
    /** System Event: orders for market hours can be executed. */
    static final int START_OF_MARKET_HOURS = 'Q';
    /** System Event: orders for market hours can no longer be executed; others still. */
    static final int END_OF_MARKET_HOURS = 'M';
    /** System Event: Nasdaq accepts no more orders today. */
    static final int END_OF_SYSTEM_HOURS = 'E';
    /** System Event: the last message of the day. */
    static final int END_OF_MESSAGES = 'C';

    private static final int[] LENGTHS = lengths();
    private static final boolean[] IN_EVENTS = inEvents();
    /** A look instead of two questions, of which no processor can guess the answers. */
    private static final byte[] SIDES = sides();

    private ItchLayout() {
    }

    private static int[] lengths() {
        final int[] lengths = new int[256];
        lengths['S'] = 12;
        lengths['R'] = 39;
        lengths['H'] = 25;
        lengths['Y'] = 20;
        lengths['L'] = 26;
        lengths['V'] = 35;
        lengths['W'] = 12;
        lengths['K'] = 28;
        lengths['J'] = 35;
        lengths['h'] = 21;
        lengths['A'] = 36;
        lengths['F'] = 40;
        lengths['E'] = 31;
        lengths['C'] = 36;
        lengths['X'] = 23;
        lengths['D'] = 19;
        lengths['U'] = 35;
        lengths['P'] = 44;
        lengths['Q'] = 40;
        lengths['B'] = 19;
        lengths['I'] = 50;
        lengths['N'] = 20;
        lengths['O'] = 48;
        return lengths;
    }

    /**
     * Bytes of a message, its type byte included.
     *
     * @param type message type, unsigned byte
     * @return 0 for a type that the specification does not have
     */
    public static int length(final int type) {
        return LENGTHS[type];
    }

    private static boolean[] inEvents() {
        final boolean[] types = new boolean[256];
        for (final char type : "AFDUEXCPQB".toCharArray()) {
            types[type] = true;
        }
        return types;
    }

    private static byte[] sides() {
        final byte[] sides = new byte[256];
        Arrays.fill(sides, (byte) -1);
        sides[BUY] = MarketDataListener.BID;
        sides[SELL] = MarketDataListener.ASK;
        return sides;
    }

    /** What a Buy/Sell Indicator, an unsigned byte, stands for; negative when it makes no sense. */
    static int side(final int indicator) {
        return SIDES[indicator];
    }

    /** Whether a message tells of an order or a trade, so that what it tells is one event with others of the same time. */
    static boolean belongsToEvent(final int type) {
        return IN_EVENTS[type];
    }

    /** Whether a message says which instruments there are, or whether they trade. */
    static boolean isStatus(final int type) {
        return type == 'S' || type == 'R' || type == 'H' || type == 'h';
    }

    /** Whether a book may be wrong when such a message could not be used. */
    static boolean concernsBooks(final int type) {
        return switch (type) {
            case 'S', 'R', 'H', 'h', 'A', 'F', 'E', 'C', 'X', 'D', 'U' -> true;
            default -> false;
        };
    }

    /** Whether a message adds, changes or removes a displayed order. */
    static boolean isOfOrder(final int type) {
        return switch (type) {
            case 'A', 'F', 'E', 'C', 'X', 'D', 'U' -> true;
            default -> false;
        };
    }

    /** Whether a message tells of trades and changes no book. */
    static boolean isTradeAlone(final int type) {
        return type == 'P' || type == 'Q' || type == 'B';
    }

    /** Whether a message may be part of a snapshot ("Message Formats" in Nasdaq GLIMPSE): none that changes what was said. */
    static boolean isOfSnapshot(final int type) {
        return switch (type) {
            case 'E', 'C', 'X', 'D', 'U', 'P', 'Q', 'B' -> false;
            default -> true;
        };
    }

    /** Locate code of the message that begins here. */
    static int locate(final DirectBuffer buffer, final int message) {
        return buffer.getShort(message + STOCK_LOCATE, BIG_ENDIAN) & 0xffff;
    }

    /** Order of the message of an order that begins here. */
    static long order(final DirectBuffer buffer, final int message) {
        return buffer.getLong(message + ORDER, BIG_ENDIAN);
    }

    /** The new order of the Order Replace Message that begins here. */
    static long newOrder(final DirectBuffer buffer, final int message) {
        return buffer.getLong(message + NEW_ORDER, BIG_ENDIAN);
    }

    /** Price of the Add Order Message that begins here, 1e-9 units. */
    static long price(final DirectBuffer buffer, final int message) {
        return (buffer.getInt(message + PRICE, BIG_ENDIAN) & 0xffff_ffffL) * MessageDecoder.PRICE_FACTOR;
    }

    /** Price of the Order Replace Message that begins here, 1e-9 units. */
    static long newPrice(final DirectBuffer buffer, final int message) {
        return (buffer.getInt(message + NEW_PRICE, BIG_ENDIAN) & 0xffff_ffffL) * MessageDecoder.PRICE_FACTOR;
    }

    /** Stock of the Add Order Message that begins here, as instruments are named inside: first character lowest. */
    static long orderStock(final DirectBuffer buffer, final int message) {
        return buffer.getLong(message + ORDER_STOCK, LITTLE_ENDIAN);
    }

    /** Whether two messages, of at least a header each, are of one instrument and one time. */
    static boolean isSameEvent(final DirectBuffer buffer, final int one, final int other) {
        return locate(buffer, one) == locate(buffer, other) && timestamp(buffer, one) == timestamp(buffer, other);
    }

    /** ns since midnight of the message that begins here. */
    static long timestamp(final DirectBuffer buffer, final int message) {
        return (buffer.getShort(message + TIMESTAMP, BIG_ENDIAN) & 0xffffL) << Integer.SIZE
                | buffer.getInt(message + TIMESTAMP + Short.BYTES, BIG_ENDIAN) & 0xffff_ffffL;
    }
}
