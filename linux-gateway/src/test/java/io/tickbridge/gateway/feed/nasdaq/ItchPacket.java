package io.tickbridge.gateway.feed.nasdaq;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes MoldUDP64 packets with ITCH messages, field by field as the specifications list them. */
public final class ItchPacket {
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(60_000);
    private final int locate;
    private final String stock;
    private long time = 34_200_000_000_000L;
    private int count;

    /** A packet whose messages are of one instrument. */
    public ItchPacket(final String session, final long sequence, final int locate, final String stock) {
        this.locate = locate;
        this.stock = stock;
        text(session, 10);
        bytes.putLong(sequence).putShort((short) 0);
    }

    /** ns since midnight of the messages that follow. */
    public ItchPacket at(final long nanos) {
        time = nanos;
        return this;
    }

    /** System Event. */
    public ItchPacket system(final char event) {
        return begin(12, 'S', 0).put(event).end();
    }

    /** Stock Directory. */
    public ItchPacket directory() {
        begin(39, 'R', locate);
        text(stock, 8);
        put('Q').put('N');
        bytes.putInt(100);
        put('N').put('C');
        text("Z", 2);
        put('P').put('N').put(' ').put('1').put('N');
        bytes.putInt(0);
        return put('N').end();
    }

    /** Stock Trading Action. */
    public ItchPacket trading(final char state) {
        begin(25, 'H', locate);
        text(stock, 8);
        put(state).put(' ');
        text("", 4);
        return end();
    }

    /** Operational Halt. */
    public ItchPacket halt(final char market, final char action) {
        begin(21, 'h', locate);
        text(stock, 8);
        return put(market).put(action).end();
    }

    /** Add Order without attribution. */
    public ItchPacket add(final long order, final char side, final int shares, final int price) {
        begin(36, 'A', locate);
        addBody(order, side, shares, price);
        return end();
    }

    /** Add Order with attribution. */
    public ItchPacket add(final long order, final char side, final int shares, final int price, final String mpid) {
        begin(40, 'F', locate);
        addBody(order, side, shares, price);
        text(mpid, 4);
        return end();
    }

    /** Order Executed. */
    public ItchPacket execute(final long order, final int shares) {
        begin(31, 'E', locate);
        bytes.putLong(order).putInt(shares).putLong(77);
        return end();
    }

    /** Order Executed With Price. */
    public ItchPacket execute(final long order, final int shares, final boolean printable, final int price) {
        begin(36, 'C', locate);
        bytes.putLong(order).putInt(shares).putLong(77);
        put(printable ? 'Y' : 'N');
        bytes.putInt(price);
        return end();
    }

    /** Order Cancel. */
    public ItchPacket cancel(final long order, final int shares) {
        begin(23, 'X', locate);
        bytes.putLong(order).putInt(shares);
        return end();
    }

    /** Order Delete. */
    public ItchPacket delete(final long order) {
        begin(19, 'D', locate);
        bytes.putLong(order);
        return end();
    }

    /** Order Replace. */
    public ItchPacket replace(final long order, final long newOrder, final int shares, final int price) {
        begin(35, 'U', locate);
        bytes.putLong(order).putLong(newOrder).putInt(shares).putInt(price);
        return end();
    }

    /** Trade. */
    public ItchPacket trade(final int shares, final int price) {
        begin(44, 'P', locate);
        addBody(0, 'B', shares, price);
        bytes.putLong(78);
        return end();
    }

    /** Cross Trade. */
    public ItchPacket cross(final long shares, final int price) {
        begin(40, 'Q', locate);
        bytes.putLong(shares);
        text(stock, 8);
        bytes.putInt(price).putLong(79);
        return put('O').end();
    }

    /** Broken Trade. */
    public ItchPacket broken(final long match) {
        begin(19, 'B', locate);
        bytes.putLong(match);
        return end();
    }

    /** End of a GLIMPSE snapshot. */
    public ItchPacket endOfSnapshot(final String sequence) {
        bytes.putShort((short) 21);
        put('G');
        text(sequence, 20);
        return end();
    }

    /** A message of any type and length, of this instrument, zero elsewhere. */
    public ItchPacket raw(final char type, final int length) {
        begin(length, type, locate);
        bytes.position(bytes.position() + length - 11);
        return end();
    }

    /** The packet as a session's end. */
    public UnsafeBuffer endOfSession() {
        bytes.putShort(18, (short) 0xffff);
        return new UnsafeBuffer(bytes, 0, bytes.position());
    }

    /** The whole packet. */
    public UnsafeBuffer packet() {
        bytes.putShort(18, (short) count);
        return new UnsafeBuffer(bytes, 0, bytes.position());
    }

    private void addBody(final long order, final char side, final int shares, final int price) {
        bytes.putLong(order);
        put(side);
        bytes.putInt(shares);
        text(stock, 8);
        bytes.putInt(price);
    }

    private ItchPacket begin(final int length, final char type, final int ofLocate) {
        bytes.putShort((short) length);
        put(type);
        bytes.putShort((short) ofLocate).putShort((short) 0).putShort((short) (time >>> 32)).putInt((int) time);
        return this;
    }

    private ItchPacket end() {
        count++;
        return this;
    }

    private ItchPacket put(final char character) {
        bytes.put((byte) character);
        return this;
    }

    private void text(final String text, final int length) {
        final byte[] ascii = Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), length);
        Arrays.fill(ascii, text.length(), length, (byte) ' ');
        bytes.put(ascii);
    }
}
