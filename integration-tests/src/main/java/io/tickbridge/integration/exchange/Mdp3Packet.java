package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One MDP 3.0 packet under construction: binary packet header, then messages, each with its size and SBE header
 * (CME Globex, "MDP 3.0 - Message Header" and "Simple Binary Encoding", schema 1 version 13, little-endian).
 */
final class Mdp3Packet {
    private static final int SCHEMA = 1;
    private static final int VERSION = 13;
    private static final int PACKET_HEADER = 12; // MsgSeqNum u32, SendingTime u64
    private static final int GROUP_HEADER = 3; // blockLength u16, numInGroup u8
    private static final int MAX_PACKET = 1_420; // what CME keeps a packet under, so that it is never fragmented
    private static final int INT_NULL = Integer.MAX_VALUE;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(2 * MAX_PACKET).order(ByteOrder.LITTLE_ENDIAN);
    private int messageStart;
    private int countAt;

    /** Starts a packet. */
    void start() {
        bytes.clear();
        bytes.position(PACKET_HEADER);
    }

    boolean isEmpty() {
        return bytes.position() == PACKET_HEADER;
    }

    /** Closes the packet; it is ready to send. */
    ByteBuffer finish(final long sequence, final long sendingTime) {
        bytes.flip();
        bytes.putInt(0, (int) sequence);
        bytes.putLong(4, sendingTime);
        return bytes;
    }

    /** AdminHeartbeat, template 12: no fields. */
    void heartbeat() {
        startMessage(0, 12);
        endMessage();
    }

    /** ChannelReset, template 4. */
    void channelReset(final long transactTime, final int channel) {
        startMessage(9, 4);
        bytes.putLong(transactTime).put((byte) EventIndicator.END_OF_EVENT);
        startGroup(2);
        bytes.putShort((short) channel);
        endEntry(0);
        endMessage();
    }

    /** SecurityStatus, template 30, for one instrument. */
    void securityStatus(final long transactTime, final Instrument instrument, final int status) {
        startMessage(30, 30);
        bytes.putLong(transactTime);
        putText(instrument.group(), 6);
        putText("", 6);
        bytes.putInt(instrument.securityId());
        bytes.putShort((short) (transactTime / 86_400_000_000_000L)); // TradeDate, days since the epoch
        bytes.put((byte) EventIndicator.END_OF_EVENT).put((byte) status).put((byte) 0).put((byte) 0);
        endMessage();
    }

    /** Starts MDIncrementalRefreshBook, template 46; {@link #bookEntry} follows, then {@link #endBook}. */
    void startBook(final long transactTime, final int indicator) {
        startMessage(11, 46);
        bytes.putLong(transactTime).put((byte) indicator).putShort((short) 0);
        startGroup(32);
    }

    void bookEntry(
            final int securityId, final long rptSeq, final int action, final char type, final int level,
            final long price, final int quantity, final int orders) {
        final int start = bytes.position();
        bytes.putLong(price).putInt(quantity).putInt(securityId).putInt((int) rptSeq).putInt(orders);
        bytes.put((byte) level).put((byte) action).put((byte) type);
        bytes.putInt(INT_NULL); // TradeableSize, since version 10
        endEntry(start + 32 - bytes.position());
    }

    /** Ends the message; its second group, NoOrderIDEntries, is empty: this channel is market by price only. */
    void endBook() {
        emptyGroup8(24);
        endMessage();
    }

    /** Starts MDIncrementalRefreshTradeSummary, template 48; {@link #tradeEntry} follows, then {@link #endTrades}. */
    void startTrades(final long transactTime, final int indicator) {
        startMessage(11, 48);
        bytes.putLong(transactTime).put((byte) indicator).putShort((short) 0);
        startGroup(32);
    }

    void tradeEntry(
            final int securityId, final long rptSeq, final long price, final int quantity, final int orders,
            final boolean buyer, final int tradeId) {
        final int start = bytes.position();
        bytes.putLong(price).putInt(quantity).putInt(securityId).putInt((int) rptSeq).putInt(orders);
        bytes.put((byte) (buyer ? 1 : 2)).put((byte) 0).putInt(tradeId);
        endEntry(start + 32 - bytes.position());
    }

    void endTrades() {
        emptyGroup8(16);
        endMessage();
    }

    /** MDIncrementalRefreshVolume, template 37, with one entry. */
    void volume(
            final long transactTime, final int indicator, final int securityId, final long rptSeq, final int volume) {
        startMessage(11, 37);
        bytes.putLong(transactTime).put((byte) indicator).putShort((short) 0);
        startGroup(16);
        final int start = bytes.position();
        bytes.putInt(volume).putInt(securityId).putInt((int) rptSeq).put((byte) 0);
        endEntry(start + 16 - bytes.position());
        endMessage();
    }

    private void startMessage(final int blockLength, final int template) {
        messageStart = bytes.position();
        bytes.putShort((short) 0); // MsgSize, when known
        bytes.putShort((short) blockLength).putShort((short) template);
        bytes.putShort((short) SCHEMA).putShort((short) VERSION);
    }

    private void endMessage() {
        bytes.putShort(messageStart, (short) (bytes.position() - messageStart));
    }

    private void startGroup(final int blockLength) {
        countAt = bytes.position() + GROUP_HEADER - 1;
        bytes.putShort((short) blockLength).put((byte) 0);
    }

    private void endEntry(final int padding) {
        for (int i = 0; i < padding; i++) {
            bytes.put((byte) 0);
        }
        bytes.put(countAt, (byte) (bytes.get(countAt) + 1));
    }

    private void emptyGroup8(final int blockLength) {
        bytes.putShort((short) blockLength).putInt(0).putShort((short) 0); // numInGroup is the eighth byte
    }

    private void putText(final String text, final int length) {
        for (int i = 0; i < length; i++) {
            bytes.put((byte) (i < text.length() ? text.charAt(i) : 0));
        }
    }
}
