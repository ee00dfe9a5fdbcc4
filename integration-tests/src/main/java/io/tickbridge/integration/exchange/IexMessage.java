package io.tickbridge.integration.exchange;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * IEX's messages, as "Message Formats" in the TOPS 1.6, DEEP 1.0 and DEEP+ 1.0 specifications lay them out. Little-endian;
 * times in ns since the Unix epoch, prices here in 1e-9 units and on the wire in 1e-4.
 */
final class IexMessage {
    private static final long PRICE_UNIT = 100_000L;
    private static final int SYMBOL = 8;
    private static final int REASON = 4;
    private static final int LOT = 100;

    private IexMessage() {
    }

    private static ByteBuffer message(final int length, final char type, final int code, final long time) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).put((byte) type).put((byte) code).putLong(time);
    }

    private static ByteBuffer message(
            final int length, final char type, final int code, final long time, final String symbol) {
        return message(length, type, code, time).put(padded(symbol, SYMBOL));
    }

    private static byte[] padded(final String text, final int length) {
        return (text + " ".repeat(length - text.length())).getBytes(US_ASCII);
    }

    private static long wire(final long price) {
        return price / PRICE_UNIT;
    }

    /** System Event: O, S, R, M, E, C in the order of a day. */
    static byte[] systemEvent(final long time, final char event) {
        return message(10, 'S', event, time).array();
    }

    static byte[] directory(final long time, final String symbol, final long previousClose) {
        return message(31, 'D', 0, time, symbol).putInt(LOT).putLong(wire(previousClose)).put((byte) 1).array();
    }

    /** Trading Status: T trading, H halted, P paused, O taking orders. */
    static byte[] tradingStatus(final long time, final String symbol, final char status) {
        return message(22, 'H', status, time, symbol).put(padded(status == 'H' ? "T1" : "", REASON)).array();
    }

    static byte[] operationalHalt(final long time, final String symbol, final boolean halted) {
        return message(18, 'O', halted ? 'O' : 'N', time, symbol).array();
    }

    static byte[] shortSaleTest(final long time, final String symbol, final boolean restricted) {
        return message(19, 'P', restricted ? 1 : 0, time, symbol).put((byte) (restricted ? 'A' : ' ')).array();
    }

    /** Security Event: O opening process complete, C closing process complete. */
    static byte[] securityEvent(final long time, final String symbol, final char event) {
        return message(18, 'E', event, time, symbol).array();
    }

    /** Retail Liquidity Indicator: blank, A buyers, B sellers, C both. */
    static byte[] retail(final long time, final String symbol, final char interest) {
        return message(18, 'I', interest, time, symbol).array();
    }

    static byte[] quote(
            final long time, final String symbol, final boolean available, final long bid, final int bidSize,
            final long ask, final int askSize) {
        return message(42, 'Q', available ? 0 : 0x80, time, symbol)
                .putInt(bidSize).putLong(wire(bid)).putLong(wire(ask)).putInt(askSize).array();
    }

    static byte[] trade(final long time, final String symbol, final int size, final long price, final long id) {
        return message(38, 'T', 0, time, symbol).putInt(size).putLong(wire(price)).putLong(id).array();
    }

    static byte[] tradeBreak(final long time, final String symbol, final int size, final long price, final long id) {
        return message(38, 'B', 0, time, symbol).putInt(size).putLong(wire(price)).putLong(id).array();
    }

    /** Price Level Update; the last one of an event says so. */
    static byte[] level(
            final long time, final String symbol, final boolean bid, final boolean last, final long price, final int size) {
        return message(30, bid ? '8' : '5', last ? 1 : 0, time, symbol).putInt(size).putLong(wire(price)).array();
    }

    static byte[] add(
            final long time, final String symbol, final boolean bid, final long id, final int size, final long price) {
        return message(38, 'a', bid ? '8' : '5', time, symbol).putLong(id).putInt(size).putLong(wire(price)).array();
    }

    static byte[] modify(
            final long time, final String symbol, final boolean keepsPriority, final long id, final int size,
            final long price) {
        return message(38, 'M', keepsPriority ? 1 : 0, time, symbol).putLong(id).putInt(size).putLong(wire(price)).array();
    }

    static byte[] delete(final long time, final String symbol, final long id) {
        return message(26, 'R', 0, time, symbol).putLong(id).array();
    }

    static byte[] executed(
            final long time, final String symbol, final long id, final int size, final long price, final long trade) {
        return message(46, 'L', 0, time, symbol).putLong(id).putInt(size).putLong(wire(price)).putLong(trade).array();
    }

    static byte[] clear(final long time, final String symbol) {
        return message(18, 'C', 0, time, symbol).array();
    }

    /** Official Price: Q opening, M closing. */
    static byte[] officialPrice(final long time, final String symbol, final char type, final long price) {
        return message(26, 'X', type, time, symbol).putLong(wire(price)).array();
    }

    /** Auction Information: O opening, C closing. */
    static byte[] auction(
            final long time, final String symbol, final char type, final int paired, final long reference,
            final int imbalance, final char side) {
        final ByteBuffer message = message(80, 'A', type, time, symbol);
        message.putInt(paired).putLong(wire(reference)).putLong(wire(reference)).putInt(imbalance).put((byte) side);
        message.put((byte) 0).putInt((int) (time / 1_000_000_000L) + 60).putLong(wire(reference)).putLong(wire(reference));
        return message.putLong(wire(reference) * 9 / 10).putLong(wire(reference) * 11 / 10).array();
    }
}
