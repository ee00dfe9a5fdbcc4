package io.tickbridge.gateway.feed.iex;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** Puts IEX-TP segments together byte by byte, from the specifications' tables and nothing of what is tested. */
final class SegmentBuilder {
    static final int SESSION = 0x43cd0000;
    private static final int HEADER = 40;

    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private int messages;

    private SegmentBuilder(final int protocol) {
        bytes.put((byte) 1).put((byte) 0).putShort((short) protocol).putInt(1).putInt(SESSION);
        bytes.position(HEADER);
    }

    static SegmentBuilder tops() {
        return new SegmentBuilder(0x8003);
    }

    static SegmentBuilder deep() {
        return new SegmentBuilder(0x8004);
    }

    static SegmentBuilder deepPlus() {
        return new SegmentBuilder(0x8005);
    }

    SegmentBuilder addOrder(
            final char side, final long time, final String symbol, final long order, final int size, final long price) {
        return order(38, 'a', side, time, symbol, order, size, price);
    }

    SegmentBuilder modifyOrder(
            final int flags, final long time, final String symbol, final long order, final int size, final long price) {
        return order(38, 'M', (char) flags, time, symbol, order, size, price);
    }

    SegmentBuilder executeOrder(
            final long time, final String symbol, final long order, final int size, final long price, final long trade) {
        order(46, 'L', '\0', time, symbol, order, size, price);
        bytes.putLong(trade);
        return this;
    }

    SegmentBuilder deleteOrder(final long time, final String symbol, final long order) {
        begin(26, 'R', '\0', time).symbol(symbol);
        bytes.putLong(order);
        return this;
    }

    SegmentBuilder clearBook(final long time, final String symbol) {
        return begin(18, 'C', '\0', time).symbol(symbol);
    }

    SegmentBuilder retail(final char interest, final long time, final String symbol) {
        return begin(18, 'I', interest, time).symbol(symbol);
    }

    SegmentBuilder securityEvent(final char event, final long time, final String symbol) {
        return begin(18, 'E', event, time).symbol(symbol);
    }

    SegmentBuilder tradeBreak(final long time, final String symbol, final int size, final long price, final long trade) {
        begin(38, 'B', '\0', time).symbol(symbol);
        bytes.putInt(size).putLong(price).putLong(trade);
        return this;
    }

    SegmentBuilder auction(final char type, final long time, final String symbol, final int paired, final long reference,
            final long clearing, final int imbalance, final char side) {
        begin(80, 'A', type, time).symbol(symbol);
        bytes.putInt(paired).putLong(reference).putLong(clearing).putInt(imbalance).put((byte) side).put((byte) 0)
                .putInt(0).putLong(0).putLong(0).putLong(0).putLong(0);
        return this;
    }

    private SegmentBuilder order(final int length, final char type, final char code, final long time,
            final String symbol, final long order, final int size, final long price) {
        begin(length, type, code, time).symbol(symbol);
        bytes.putLong(order).putInt(size).putLong(price);
        return this;
    }

    SegmentBuilder channel(final int channel) {
        bytes.putInt(4, channel);
        return this;
    }

    SegmentBuilder session(final int session) {
        bytes.putInt(8, session);
        return this;
    }

    SegmentBuilder sequence(final long sequence) {
        bytes.putLong(24, sequence);
        return this;
    }

    SegmentBuilder streamOffset(final long offset) {
        bytes.putLong(16, offset);
        return this;
    }

    SegmentBuilder sendTime(final long time) {
        bytes.putLong(32, time);
        return this;
    }

    /** A message of any bytes. */
    SegmentBuilder message(final byte... data) {
        bytes.putShort((short) data.length).put(data);
        messages++;
        return this;
    }

    SegmentBuilder systemEvent(final char event, final long time) {
        return begin(10, 'S', event, time);
    }

    SegmentBuilder tradingStatus(final char status, final long time, final String symbol) {
        begin(22, 'H', status, time);
        return symbol(symbol).text("    ");
    }

    SegmentBuilder operationalHalt(final char status, final long time, final String symbol) {
        return begin(18, 'O', status, time).symbol(symbol);
    }

    SegmentBuilder priceLevel(
            final char side, final int flags, final long time, final String symbol, final int size, final long price) {
        begin(30, side, (char) flags, time).symbol(symbol);
        bytes.putInt(size).putLong(price);
        return this;
    }

    SegmentBuilder trade(final long time, final String symbol, final int size, final long price) {
        begin(38, 'T', '\0', time).symbol(symbol);
        bytes.putInt(size).putLong(price).putLong(7);
        return this;
    }

    SegmentBuilder quote(
            final int flags, final long time, final String symbol,
            final int bidSize, final long bidPrice, final long askPrice, final int askSize) {
        begin(42, 'Q', (char) flags, time).symbol(symbol);
        bytes.putInt(bidSize).putLong(bidPrice).putLong(askPrice).putInt(askSize);
        return this;
    }

    /** The segment, and whatever a test wants to spoil of it. */
    UnsafeBuffer build() {
        bytes.putShort(12, (short) (bytes.position() - HEADER)).putShort(14, (short) messages);
        final byte[] segment = new byte[bytes.position()];
        bytes.get(0, segment);
        return new UnsafeBuffer(segment);
    }

    private SegmentBuilder begin(final int length, final char type, final char code, final long time) {
        bytes.putShort((short) length).put((byte) type).put((byte) code).putLong(time);
        messages++;
        return this;
    }

    private SegmentBuilder symbol(final String symbol) {
        return text(String.format("%-8s", symbol));
    }

    private SegmentBuilder text(final String text) {
        bytes.put(text.getBytes(US_ASCII));
        return this;
    }
}
