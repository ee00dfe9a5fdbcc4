package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.EntryType;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefresh38Decoder;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefresh52Decoder;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefresh52Decoder.NoMDEntriesDecoder;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefreshLongQty69Decoder;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Templates 38, 52 and 69, SnapshotFullRefresh: the state of one instrument, whole in one message. The three have one root
 * block, but for the unit of prices that are not read here; 69 has 64-bit quantities in its entries. Passed over unread
 * when the listener has no need of the instrument, which is nearly always.
 */
final class SnapshotMessage {
    // Templates 38 and 69 agree: SchemaTest holds all three to the exchange's own statement.
    private static final int SEQUENCE = SnapshotFullRefresh52Decoder.lastMsgSeqNumProcessedEncodingOffset();
    private static final int INSTRUMENT = SnapshotFullRefresh52Decoder.securityIDEncodingOffset();
    private static final int REPORT_SEQUENCE = SnapshotFullRefresh52Decoder.rptSeqEncodingOffset();
    private static final int TRANSACT_TIME = SnapshotFullRefresh52Decoder.transactTimeEncodingOffset();
    private static final int STATUS = SnapshotFullRefresh52Decoder.mDSecurityTradingStatusEncodingOffset();

    private static final int PRICE = NoMDEntriesDecoder.mDEntryPxEncodingOffset();
    private static final int SIZE = NoMDEntriesDecoder.mDEntrySizeEncodingOffset();
    private static final int ORDERS = NoMDEntriesDecoder.numberOfOrdersEncodingOffset();
    private static final int LEVEL = NoMDEntriesDecoder.mDPriceLevelEncodingOffset();
    private static final int TYPE = NoMDEntriesDecoder.mDEntryTypeEncodingOffset();
    private static final int NULL = NoMDEntriesDecoder.mDEntrySizeNullValue();

    private static final int LONG_ORDERS =
            SnapshotFullRefreshLongQty69Decoder.NoMDEntriesDecoder.numberOfOrdersEncodingOffset();
    private static final int LONG_LEVEL = SnapshotFullRefreshLongQty69Decoder.NoMDEntriesDecoder.mDPriceLevelEncodingOffset();
    private static final int LONG_TYPE = SnapshotFullRefreshLongQty69Decoder.NoMDEntriesDecoder.mDEntryTypeEncodingOffset();

    private final MarketDataListener listener;
    private final LongQuantities quantities;
    private final SnapshotStatistics statistics;
    private long earliest = Long.MIN_VALUE;

    SnapshotMessage(final FeedCounts counts, final MarketDataListener listener) {
        this.listener = listener;
        this.quantities = new LongQuantities(counts);
        this.statistics = new SnapshotStatistics(listener);
    }

    static boolean include(final int template) {
        return template == SnapshotFullRefresh52Decoder.TEMPLATE_ID || template == SnapshotFullRefresh38Decoder.TEMPLATE_ID
                || template == SnapshotFullRefreshLongQty69Decoder.TEMPLATE_ID;
    }

    /** The incremental feed counts anew since this sending time: what was sent earlier refers to packets of the old count. */
    void ignoreBefore(final long sendingTime) {
        earliest = sendingTime;
    }

    /**
     * Reads a message.
     *
     * @param block       where the root block begins
     * @param blockLength its bytes on the wire, within the message
     * @param end         where the message ends
     * @param sendingTime of its packet
     * @return false when it makes no sense; what was passed on of it then was never ended
     */
    boolean read(
            final int template, final WireBytes buffer, final int block, final int blockLength, final int end,
            final long sendingTime) {
        if (blockLength <= STATUS) {
            return false;
        }
        final int instrument = buffer.getInt(block + INSTRUMENT, LITTLE_ENDIAN);
        if (sendingTime <= earliest || !listener.wantsSnapshot(instrument)) {
            return true;
        }
        listener.onSnapshotStart(
                instrument, buffer.getInt(block + SEQUENCE, LITTLE_ENDIAN) & 0xFFFF_FFFFL,
                buffer.getInt(block + REPORT_SEQUENCE, LITTLE_ENDIAN) & 0xFFFF_FFFFL);
        final int group = block + blockLength;
        final boolean isLong = template == SnapshotFullRefreshLongQty69Decoder.TEMPLATE_ID;
        final int priceFactor = template == SnapshotFullRefresh38Decoder.TEMPLATE_ID ? Prices.FROM_E7 : Prices.FROM_E9;
        final boolean sound = isLong ? readLongEntries(buffer, group, end) : readEntries(buffer, group, end, priceFactor);
        if (sound) {
            final int status = StatusMessage.status(buffer.getByte(block + STATUS) & 0xFF);
            final long time = buffer.getLong(block + TRANSACT_TIME, LITTLE_ENDIAN);
            listener.onSnapshotEnd(status == StatusMessage.IGNORED ? MarketDataListener.STATUS_UNKNOWN : status, time);
            statistics.limits(buffer, block, blockLength, priceFactor, instrument, time);
            readStatistics(buffer, group, end, isLong, priceFactor, instrument, time);
        }
        return sound;
    }

    /** Goes through the entries once more: a listener gets a snapshot's levels in one piece. */
    private void readStatistics(
            final WireBytes buffer, final int group, final int end, final boolean isLong, final int priceFactor,
            final long instrument, final long time) {
        final int count = EntryGroup.count(buffer, group, end, (isLong ? LONG_TYPE : TYPE) + 1);
        final int length = count <= 0 ? 0 : EntryGroup.entryLength(buffer, group);
        for (int i = 0; i < count; i++) {
            final int entry = group + EntryGroup.HEAD + i * length;
            if (isLong) {
                statistics.longEntry(buffer, entry, priceFactor, instrument, time);
            } else {
                statistics.entry(buffer, entry, priceFactor, instrument, time);
            }
        }
    }

    private boolean readEntries(final WireBytes buffer, final int group, final int end, final int priceFactor) {
        final int count = EntryGroup.count(buffer, group, end, TYPE + 1);
        final int length = count <= 0 ? 0 : EntryGroup.entryLength(buffer, group);
        for (int i = 0; i < count; i++) {
            final int entry = group + EntryGroup.HEAD + i * length;
            final int side = side(buffer.getByte(entry + TYPE));
            if (side >= 0) {
                final int size = buffer.getInt(entry + SIZE, LITTLE_ENDIAN);
                pass(buffer, entry, side, priceFactor, size == NULL ? 0 : size, ORDERS, LEVEL);
            }
        }
        return count >= 0;
    }

    private boolean readLongEntries(final WireBytes buffer, final int group, final int end) {
        final int count = EntryGroup.count(buffer, group, end, LONG_TYPE + 1);
        final int length = count <= 0 ? 0 : EntryGroup.entryLength(buffer, group);
        for (int i = 0; i < count; i++) {
            final int entry = group + EntryGroup.HEAD + i * length;
            final int side = side(buffer.getByte(entry + LONG_TYPE));
            if (side >= 0) {
                pass(buffer, entry, side, Prices.FROM_E9, quantities.read(buffer, entry + SIZE), LONG_ORDERS, LONG_LEVEL);
            }
        }
        return count >= 0;
    }

    private void pass(
            final WireBytes buffer, final int entry, final int side, final int priceFactor, final int quantity,
            final int ordersOffset, final int levelOffset) {
        final long price = Prices.scale(buffer.getLong(entry + PRICE, LITTLE_ENDIAN), priceFactor);
        final int orders = buffer.getInt(entry + ordersOffset, LITTLE_ENDIAN);
        // A price that cannot be read is none; the listener refuses a level without one.
        listener.onSnapshotLevel(
                side, (buffer.getByte(entry + levelOffset) & 0xFF) - 1,
                price == Prices.UNREADABLE ? MarketDataListener.NO_PRICE : price, quantity, orders == NULL ? 0 : orders);
    }

    /** Side of a level; negative for statistics and the rest of what a snapshot carries. */
    private static int side(final byte type) {
        if (type == EntryType.Bid.value()) {
            return MarketDataListener.BID;
        }
        if (type == EntryType.Offer.value()) {
            return MarketDataListener.ASK;
        }
        if (type == EntryType.ImpliedBid.value()) {
            return MarketDataListener.IMPLIED_BID;
        }
        return type == EntryType.ImpliedOffer.value() ? MarketDataListener.IMPLIED_ASK : -1;
    }
}
