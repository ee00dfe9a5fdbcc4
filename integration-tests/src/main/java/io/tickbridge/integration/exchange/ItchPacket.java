package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * One MoldUDP64 packet of ITCH messages under construction (Nasdaq, "MoldUDP64 Protocol Specification" and "Nasdaq
 * TotalView-ITCH 5.0", big-endian). Times are ns since the Unix epoch here and ns since midnight in New York on the wire,
 * whose clock is looked up once an hour. Prices are 1e-9 units here and 1e-4 there.
 */
final class ItchPacket {
    private static final long DAY = 86_400_000_000_000L; // ns
    private static final long HOUR = 3_600_000_000_000L; // ns
    private static final long SECOND = 1_000_000_000L; // ns
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final long PRICE_UNIT = 100_000L;
    private static final int SESSION = 10;
    private static final int COUNT = SESSION + Long.BYTES;
    private static final int FULL = 1_300; // bytes after which no message is begun

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(1_500);
    private int messages;
    private long offsetHour = -1;
    private long offset;
    private int messageStart;

    void start(final String session, final long sequence) {
        bytes.clear();
        messages = 0;
        text(session, SESSION);
        bytes.putLong(sequence).putShort((short) 0);
    }

    int messages() {
        return messages;
    }

    boolean isFull() {
        return bytes.position() > FULL;
    }

    /** Closes the packet; without messages it is a heartbeat. */
    ByteBuffer finish() {
        bytes.putShort(COUNT, (short) messages);
        return bytes.flip();
    }

    void systemEvent(final long time, final char code) {
        begin('S', 0, time);
        bytes.put((byte) code);
        end();
    }

    void directory(final long time, final int locate, final String stock) {
        begin('R', locate, time);
        text(stock, 8);
        bytes.put((byte) 'Q').put((byte) 'N').putInt(100).put((byte) 'N').put((byte) 'C');
        text("Z", 2);
        bytes.put((byte) 'P').put((byte) 'N').put((byte) 'N').put((byte) '1').put((byte) 'N').putInt(0).put((byte) 'N');
        end();
    }

    void tradingAction(final long time, final int locate, final String stock, final char state) {
        begin('H', locate, time);
        text(stock, 8);
        bytes.put((byte) state).put((byte) ' ');
        text("", 4);
        end();
    }

    /** A new order, with or without attribution. */
    void add(
            final long time, final int locate, final long reference, final boolean buy, final int shares,
            final String stock, final long price, final boolean attributed) {
        begin(attributed ? 'F' : 'A', locate, time);
        bytes.putLong(reference).put((byte) (buy ? 'B' : 'S')).putInt(shares);
        text(stock, 8);
        bytes.putInt((int) (price / PRICE_UNIT));
        if (attributed) {
            text("TEST", 4);
        }
        end();
    }

    void executed(final long time, final int locate, final long reference, final int shares, final long match) {
        begin('E', locate, time);
        bytes.putLong(reference).putInt(shares).putLong(match);
        end();
    }

    /** An execution in a cross: at another price than the order's, and part of a print that comes as a whole. */
    void executedAtPrice(
            final long time, final int locate, final long reference, final int shares, final long price, final long match) {
        begin('C', locate, time);
        bytes.putLong(reference).putInt(shares).putLong(match).put((byte) 'N').putInt((int) (price / PRICE_UNIT));
        end();
    }

    void cancel(final long time, final int locate, final long reference, final int shares) {
        begin('X', locate, time);
        bytes.putLong(reference).putInt(shares);
        end();
    }

    void delete(final long time, final int locate, final long reference) {
        begin('D', locate, time);
        bytes.putLong(reference);
        end();
    }

    void replace(
            final long time, final int locate, final long old, final long reference, final int shares, final long price) {
        begin('U', locate, time);
        bytes.putLong(old).putLong(reference).putInt(shares).putInt((int) (price / PRICE_UNIT));
        end();
    }

    /** A trade against an order that was not displayed. */
    void trade(final long time, final int locate, final Instrument stock, final int shares, final long match) {
        begin('P', locate, time);
        bytes.putLong(0).put((byte) 'B').putInt(shares);
        text(stock.symbol(), 8);
        bytes.putInt((int) (stock.start() / PRICE_UNIT)).putLong(match);
        end();
    }

    void cross(
            final long time, final int locate, final String stock, final long shares, final long price, final long match) {
        begin('Q', locate, time);
        bytes.putLong(shares);
        text(stock, 8);
        bytes.putInt((int) (price / PRICE_UNIT)).putLong(match).put((byte) 'O');
        end();
    }

    /** A price discovery message of the opening, in which nothing is paired yet. */
    void imbalance(final long time, final int locate, final String stock, final long paired, final long price) {
        begin('I', locate, time);
        bytes.putLong(paired).putLong(0).put((byte) 'N');
        text(stock, 8);
        final int units = (int) (price / PRICE_UNIT);
        bytes.putInt(units).putInt(units).putInt(units).put((byte) 'O').put((byte) 'L');
        end();
    }

    /** An earlier trade or execution never was. */
    void broken(final long time, final int locate, final long match) {
        begin('B', locate, time);
        bytes.putLong(match);
        end();
    }

    /** This market's operational halt of a stock, or its end. */
    void operationalHalt(final long time, final int locate, final String stock, final boolean halted) {
        begin('h', locate, time);
        text(stock, 8);
        bytes.put((byte) 'Q').put((byte) (halted ? 'H' : 'T'));
        end();
    }

    /** A message that books and trades do not depend on: so long, and for the rest spaces. */
    void aside(final long time, final int locate, final char type, final int length) {
        begin(type, locate, time);
        text("", length - 11);
        end();
    }

    /** A message of a type that there is not: as long as that version has it. */
    void unknown(final long time, final int locate, final LaterVersion later) {
        begin((char) later.type(), locate, time);
        later.fill(bytes);
        end();
    }

    /** End of a GLIMPSE snapshot: with which message of the feed processing goes on ("Snapshot Message"). */
    void endOfSnapshot(final long sequence) {
        messageStart = bytes.position();
        bytes.putShort((short) 0).put((byte) 'G');
        text(String.format("%20d", sequence), 20);
        end();
    }

    /** The packet's messages, one by one. */
    List<byte[]> list() {
        final List<byte[]> list = new ArrayList<>();
        int at = SESSION + Long.BYTES + Short.BYTES;
        while (at < bytes.position()) {
            final byte[] message = new byte[bytes.getShort(at)];
            bytes.get(at + Short.BYTES, message);
            list.add(message);
            at += Short.BYTES + message.length;
        }
        return list;
    }

    /** Closes the packet as one that ends the session. */
    ByteBuffer finishSession() {
        bytes.putShort(COUNT, (short) 0xffff);
        return bytes.flip();
    }

    private void begin(final char type, final int locate, final long time) {
        messageStart = bytes.position();
        final long sinceMidnight = (time + offset(time)) % DAY;
        bytes.putShort((short) 0).put((byte) type).putShort((short) locate).putShort((short) 0);
        bytes.putShort((short) (sinceMidnight >>> Integer.SIZE)).putInt((int) sinceMidnight);
    }

    private long offset(final long time) {
        if (time / HOUR != offsetHour) {
            offsetHour = time / HOUR;
            offset = NEW_YORK.getRules().getOffset(Instant.ofEpochSecond(time / SECOND)).getTotalSeconds() * SECOND;
        }
        return offset;
    }

    private void end() {
        bytes.putShort(messageStart, (short) (bytes.position() - messageStart - Short.BYTES));
        messages++;
    }

    private void text(final String text, final int length) {
        for (int i = 0; i < length; i++) {
            bytes.put((byte) (i < text.length() ? text.charAt(i) : ' '));
        }
    }
}
