package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefreshOrderBook44Decoder;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefreshOrderBook53Decoder;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefreshOrderBook53Decoder.NoMDEntriesDecoder;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Templates 53 and 44, SnapshotFullRefreshOrderBook: a piece of the orders of one instrument. The two differ in the exponent
 * of their prices alone. Passed over unread when the listener has no need of the instrument, which is nearly always.
 */
final class OrderSnapshotMessage {
    private static final int SEQUENCE = SnapshotFullRefreshOrderBook53Decoder.lastMsgSeqNumProcessedEncodingOffset();
    private static final int INSTRUMENT = SnapshotFullRefreshOrderBook53Decoder.securityIDEncodingOffset();
    private static final int CHUNKS = SnapshotFullRefreshOrderBook53Decoder.noChunksEncodingOffset();
    private static final int CHUNK = SnapshotFullRefreshOrderBook53Decoder.currentChunkEncodingOffset();
    private static final int SHORTEST_BLOCK = SnapshotFullRefreshOrderBook53Decoder.BLOCK_LENGTH;

    private static final int ORDER = NoMDEntriesDecoder.orderIDEncodingOffset();
    private static final int PRIORITY = NoMDEntriesDecoder.mDOrderPriorityEncodingOffset();
    private static final int PRICE = NoMDEntriesDecoder.mDEntryPxEncodingOffset();
    private static final int QUANTITY = NoMDEntriesDecoder.mDDisplayQtyEncodingOffset();
    private static final int TYPE = NoMDEntriesDecoder.mDEntryTypeEncodingOffset();

    private final MarketDataListener listener;
    private long earliest = Long.MIN_VALUE;

    OrderSnapshotMessage(final MarketDataListener listener) {
        this.listener = listener;
    }

    static boolean include(final int template) {
        return template == SnapshotFullRefreshOrderBook53Decoder.TEMPLATE_ID
                || template == SnapshotFullRefreshOrderBook44Decoder.TEMPLATE_ID;
    }

    /** As {@link SnapshotMessage#ignoreBefore}. */
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
        if (blockLength < SHORTEST_BLOCK) {
            return false;
        }
        final int instrument = buffer.getInt(block + INSTRUMENT, LITTLE_ENDIAN);
        if (sendingTime <= earliest || !listener.wantsOrderSnapshot(instrument)) {
            return true;
        }
        listener.onOrderSnapshotStart(
                instrument, unsigned(buffer, block + SEQUENCE), unsigned(buffer, block + CHUNK),
                unsigned(buffer, block + CHUNKS));
        if (!readEntries(buffer, block + blockLength, end,
                template == SnapshotFullRefreshOrderBook44Decoder.TEMPLATE_ID ? Prices.FROM_E7 : Prices.FROM_E9)) {
            return false;
        }
        listener.onOrderSnapshotEnd();
        return true;
    }

    private boolean readEntries(final WireBytes buffer, final int group, final int end, final int priceFactor) {
        final int count = EntryGroup.count(buffer, group, end, TYPE + 1);
        final int length = count <= 0 ? 0 : EntryGroup.entryLength(buffer, group);
        for (int i = 0; i < count; i++) {
            final int entry = group + EntryGroup.HEAD + i * length;
            final int side = BookEntries.side(buffer.getByte(entry + TYPE));
            final long price = Prices.scale(buffer.getLong(entry + PRICE, LITTLE_ENDIAN), priceFactor);
            if (side != MarketDataListener.BID && side != MarketDataListener.ASK || price == Prices.UNREADABLE) {
                return false;
            }
            listener.onSnapshotOrder(
                    buffer.getLong(entry + ORDER, LITTLE_ENDIAN), side, buffer.getLong(entry + PRIORITY, LITTLE_ENDIAN),
                    price, buffer.getInt(entry + QUANTITY, LITTLE_ENDIAN));
        }
        return count >= 0;
    }

    private static long unsigned(final WireBytes buffer, final int index) {
        return buffer.getInt(index, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
    }
}
