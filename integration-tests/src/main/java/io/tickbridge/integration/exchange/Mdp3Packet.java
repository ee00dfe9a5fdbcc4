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
    private static final int GROUP_HEADER_8 = 8; // blockLength u16, padding, numInGroup u8
    private static final int MAX_PACKET = 1_420; // what CME keeps a packet under, so that it is never fragmented
    private static final int INT_NULL = Integer.MAX_VALUE;
    private static final long PRICE_NULL = Long.MAX_VALUE;
    private static final int DATE_NULL = 0xffff;
    private static final long DAY = 86_400_000_000_000L; // ns

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(4 * MAX_PACKET).order(ByteOrder.LITTLE_ENDIAN);
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

    /** Whether so many more bytes fit, with what closes a message. */
    boolean hasRoom(final int size) {
        return bytes.position() + size + GROUP_HEADER_8 <= MAX_PACKET;
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

    /** AdminLogin, template 15: the interval of heartbeats in seconds. */
    void login(final int heartbeat) {
        startMessage(1, 15);
        bytes.put((byte) heartbeat);
        endMessage();
    }

    /** AdminLogout, template 16: a reason, filled up to so many bytes. */
    void logout(final String reason, final int length) {
        startMessage(length, 16);
        putText(reason, length);
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
        status(transactTime, instrument.group(), instrument.securityId(), status, 0, 0);
    }

    /** SecurityStatus, template 30, for all instruments of a group: SecurityID is null. */
    void groupStatus(
            final long transactTime, final String group, final int status, final int haltReason, final int event) {
        status(transactTime, group, INT_NULL, status, haltReason, event);
    }

    private void status(
            final long transactTime, final String group, final int securityId, final int status, final int haltReason,
            final int event) {
        startMessage(30, 30);
        bytes.putLong(transactTime);
        putText(group, 6);
        putText("", 6);
        bytes.putInt(securityId);
        bytes.putShort((short) (transactTime / DAY)); // TradeDate, days since the epoch
        bytes.put((byte) EventIndicator.END_OF_EVENT).put((byte) status).put((byte) haltReason).put((byte) event);
        endMessage();
    }

    /** Starts MDIncrementalRefreshBook, template 46; {@link #bookEntry} follows, then orders, then {@link #end}. */
    void startBook(final long transactTime, final int indicator) {
        startMessage(11, 46);
        bytes.putLong(transactTime).put((byte) indicator).putShort((short) 0);
        startGroup(32);
    }

    void bookEntry(
            final int securityId, final long rptSeq, final int action, final char type, final int level,
            final long price, final int quantity, final int orders) {
        final int start = bytes.position();
        bytes.putLong(price).putInt(quantity).putInt(securityId).putInt((int) rptSeq);
        bytes.putInt(orders == 0 ? INT_NULL : orders); // implied levels have no number of orders
        bytes.put((byte) level).put((byte) action).put((byte) type);
        bytes.putInt(INT_NULL); // TradeableSize, since version 10
        endEntry(start + 32 - bytes.position());
    }

    /** Goes on with the message's second group, NoOrderIDEntries; {@link #orderOfLevel} follows, then {@link #end}. */
    void startOrdersOfLevels() {
        startGroup8(24);
    }

    /** What happened to an order; {@code reference} is the place of its level among the message's entries, from 1. */
    void orderOfLevel(final Entries.OrderEntry order, final int reference) {
        final int start = bytes.position();
        bytes.putLong(order.id()).putLong(order.priority()).putInt(order.quantity());
        bytes.put((byte) reference).put((byte) order.action());
        endEntry(start + 24 - bytes.position());
    }

    /** Starts MDIncrementalRefreshOrderBook, template 47; {@link #order} follows, then {@link #end}. */
    void startOrders(final long transactTime, final int indicator) {
        startMessage(11, 47);
        bytes.putLong(transactTime).put((byte) indicator).putShort((short) 0);
        startGroup(40);
    }

    void order(final int securityId, final Entries.OrderEntry order) {
        final int start = bytes.position();
        bytes.putLong(order.id()).putLong(order.priority()).putLong(order.price()).putInt(order.quantity());
        bytes.putInt(securityId).put((byte) order.action()).put((byte) Entries.type(order.bid(), false));
        endEntry(start + 40 - bytes.position());
    }

    /** Starts MDIncrementalRefreshTradeSummary, template 48; {@link #tradeEntry} follows, then orders, then {@link #end}. */
    void startTrades(final long transactTime, final int indicator) {
        startMessage(11, 48);
        bytes.putLong(transactTime).put((byte) indicator).putShort((short) 0);
        startGroup(32);
    }

    /** One price of a trade; {@code aggressor} is 1 for a buyer, 2 for a seller, 0 for none. */
    void tradeEntry(
            final int securityId, final long rptSeq, final long price, final int quantity, final int orders,
            final int aggressor, final int tradeId) {
        final int start = bytes.position();
        bytes.putLong(price).putInt(quantity).putInt(securityId).putInt((int) rptSeq).putInt(orders);
        bytes.put((byte) aggressor).put((byte) 0).putInt(tradeId);
        endEntry(start + 32 - bytes.position());
    }

    /** Goes on with the second group: the orders that traded, {@link #orderOfTrade} for each. */
    void startOrdersOfTrades() {
        startGroup8(16);
    }

    void orderOfTrade(final long id, final int quantity) {
        bytes.putLong(id).putInt(quantity).putInt(0);
        endEntry(0);
    }

    /** Ends a message whose groups were written one by one. */
    void end() {
        endMessage();
    }

    /** MDIncrementalRefreshSessionStatistics, template 51, with one entry: type 4 open, 7 high, 8 low. */
    void sessionStatistic(
            final long transactTime, final int indicator, final int securityId, final long rptSeq, final char type,
            final long price, final boolean indicative) {
        startMessage(11, 51);
        bytes.putLong(transactTime).put((byte) indicator).putShort((short) 0);
        startGroup(24);
        bytes.putLong(price).putInt(securityId).putInt((int) rptSeq);
        bytes.put((byte) (indicative ? 5 : type == '4' ? 0 : 0xff)).put((byte) 0).put((byte) type).putInt(INT_NULL);
        endEntry(1);
        endMessage();
    }

    /** MDIncrementalRefreshDailyStatistics, template 49, with one entry: type C, open interest. */
    void openInterest(
            final long transactTime, final int indicator, final int securityId, final long rptSeq, final int contracts) {
        startMessage(11, 49);
        bytes.putLong(transactTime).put((byte) indicator).putShort((short) 0);
        startGroup(32);
        bytes.putLong(PRICE_NULL).putInt(contracts).putInt(securityId).putInt((int) rptSeq);
        bytes.putShort((short) (transactTime / DAY)).put((byte) 0).put((byte) 0).put((byte) 'C');
        endEntry(7);
        endMessage();
    }

    /** MDIncrementalRefreshLimitsBanding, template 50, with one entry. */
    void limits(
            final long transactTime, final int indicator, final int securityId, final long rptSeq, final long low,
            final long high) {
        startMessage(11, 50);
        bytes.putLong(transactTime).put((byte) indicator).putShort((short) 0);
        startGroup(32);
        bytes.putLong(high).putLong(low).putLong(PRICE_NULL).putInt(securityId).putInt((int) rptSeq);
        endEntry(0);
        endMessage();
    }

    /** Starts SnapshotFullRefresh, template 52; {@link #snapshotEntry} follows, then {@link #end}. */
    void startSnapshot(
            final long lastSequence, final int instruments, final int securityId, final long rptSeq, final long time,
            final int status) {
        startMessage(59, 52);
        bytes.putInt((int) lastSequence).putInt(instruments).putInt(securityId).putInt((int) rptSeq);
        bytes.putLong(time).putLong(time).putShort((short) (time / DAY)).put((byte) status);
        bytes.putLong(PRICE_NULL).putLong(PRICE_NULL).putLong(PRICE_NULL);
        startGroup(22);
    }

    /** One entry of a snapshot; {@code level} from 1, 127 for what is no level; {@code orders} 0 where there is no number. */
    void snapshotEntry(final char type, final int level, final long price, final int quantity, final int orders) {
        bytes.putLong(price).putInt(quantity).putInt(orders == 0 ? INT_NULL : orders).put((byte) level);
        bytes.putShort((short) DATE_NULL).put((byte) 0xff).put((byte) 0).put((byte) type);
        endEntry(0);
    }

    /** Starts SnapshotFullRefreshOrderBook, template 53; {@link #snapshotOrder} follows, then {@link #end}. */
    void startOrderSnapshot(
            final long lastSequence, final int instruments, final int securityId, final int chunks, final int chunk,
            final long time) {
        startMessage(28, 53);
        bytes.putInt((int) lastSequence).putInt(instruments).putInt(securityId).putInt(chunks).putInt(chunk).putLong(time);
        startGroup(29);
    }

    void snapshotOrder(final TrueBook.Order order) {
        bytes.putLong(order.id()).putLong(order.priority()).putLong(order.price()).putInt(order.quantity());
        bytes.put((byte) Entries.type(order.bid(), false));
        endEntry(0);
    }

    /** MDInstrumentDefinition: template 54 for a future, 55 for an option, 56 for a spread. */
    void definition(final Instrument instrument, final int instruments, final long updated, final int status) {
        final Layout layout = Layout.of(instrument.kind());
        startMessage(layout.block(), layout.template());
        final int block = bytes.position();
        // What the simulator has no content for stands at 0, which is a sound value of each of those fields.
        for (int i = 0; i < layout.block(); i++) {
            bytes.put((byte) 0);
        }
        bytes.put(block, (byte) EventIndicator.END_OF_EVENT).putInt(block + 1, instruments).put(block + 5, (byte) 'A');
        bytes.putLong(block + 6, updated).put(block + 14, (byte) status).putShort(block + 15, (short) 310);
        text(block + 19, "XCME", 4);
        text(block + 23, instrument.group(), 6);
        text(block + 29, instrument.group(), 6);
        text(block + 35, instrument.symbol(), 20);
        bytes.putInt(block + 55, instrument.securityId());
        text(block + 59, layout.securityType(), 6);
        bytes.putShort(block + layout.maturity(), (short) 2026).put(block + layout.maturity() + 2, (byte) 12);
        bytes.put(block + layout.maturity() + 3, (byte) 0xff).put(block + layout.maturity() + 4, (byte) 0xff);
        text(block + layout.currency(), "USD", 3);
        bytes.putLong(block + layout.tick(), instrument.tick()).putLong(block + layout.displayFactor(), 1_000_000_000L);
        startGroup(9); // NoEvents: activation and last eligible trade date
        bytes.put((byte) 5).putLong(updated - DAY);
        endEntry(0);
        bytes.put((byte) 7).putLong(updated + 30 * DAY);
        endEntry(0);
        startGroup(4); // NoMDFeedTypes
        feedType("GBX", instrument.depth());
        if (instrument.impliedDepth() > 0) {
            feedType("GBI", instrument.impliedDepth());
        }
        startGroup(4); // NoInstAttrib
        bytes.putInt(0x1f);
        endEntry(0);
        startGroup(5); // NoLotTypeRules
        bytes.put((byte) 2).putInt(1);
        endEntry(0);
        if (instrument.kind() == Instrument.Kind.OPTION) {
            startGroup(24); // NoUnderlyings
            startGroup(24); // NoRelatedInstruments
        } else if (instrument.kind() == Instrument.Kind.SPREAD) {
            startGroup(18);
            for (final Instrument.Leg leg : instrument.legs()) {
                bytes.putInt(leg.securityId()).put((byte) (leg.bought() ? 1 : 2)).put((byte) leg.ratio());
                bytes.putLong(PRICE_NULL).putInt(INT_NULL);
                endEntry(0);
            }
        }
        endMessage();
    }

    private void feedType(final String type, final int depth) {
        putText(type, 3);
        bytes.put((byte) depth);
        endEntry(0);
    }

    /** Where the templates of definitions differ: offsets in the root block. */
    private record Layout(
            int template, int block, String securityType, int maturity, int currency, int tick, int displayFactor) {
        static Layout of(final Instrument.Kind kind) {
            return switch (kind) {
                case FUTURE -> new Layout(54, 224, "FUT", 71, 76, 91, 99);
                case OPTION -> new Layout(55, 221, "OOF", 72, 77, 111, 127);
                case SPREAD -> new Layout(56, 255, "FUT", 71, 76, 94, 102);
            };
        }
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

    private void startGroup8(final int blockLength) {
        countAt = bytes.position() + GROUP_HEADER_8 - 1;
        bytes.putShort((short) blockLength).putInt(0).putShort((short) 0);
    }

    private void text(final int at, final String text, final int length) {
        for (int i = 0; i < Math.min(length, text.length()); i++) {
            bytes.put(at + i, (byte) text.charAt(i));
        }
    }

    private void putText(final String text, final int length) {
        for (int i = 0; i < length; i++) {
            bytes.put((byte) (i < text.length() ? text.charAt(i) : 0));
        }
    }
}
