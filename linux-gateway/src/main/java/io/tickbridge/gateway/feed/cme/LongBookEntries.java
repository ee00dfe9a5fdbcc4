package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshBookLongQty64Decoder.NoMDEntriesDecoder;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Entries of template 64, MDIncrementalRefreshBookLongQty: as {@link BookEntries}, with 64-bit quantities, which push every
 * other field to another place. Apart from it, since offsets that vary would cost each entry of the common templates.
 */
final class LongBookEntries {
    private static final int PRICE = NoMDEntriesDecoder.mDEntryPxEncodingOffset();
    private static final int SIZE = NoMDEntriesDecoder.mDEntrySizeEncodingOffset();
    private static final int INSTRUMENT = NoMDEntriesDecoder.securityIDEncodingOffset();
    private static final int REPORT_SEQUENCE = NoMDEntriesDecoder.rptSeqEncodingOffset();
    private static final int ORDERS = NoMDEntriesDecoder.numberOfOrdersEncodingOffset();
    private static final int LEVEL = NoMDEntriesDecoder.mDPriceLevelEncodingOffset();
    private static final int ACTION = NoMDEntriesDecoder.mDUpdateActionEncodingOffset();
    private static final int TYPE = NoMDEntriesDecoder.mDEntryTypeEncodingOffset();
    private static final int SHORTEST = TYPE + NoMDEntriesDecoder.mDEntryTypeEncodingLength();
    private static final int NULL_ORDERS = NoMDEntriesDecoder.numberOfOrdersNullValue();

    private final MarketDataListener listener;
    private final LongQuantities quantities;

    LongBookEntries(final MarketDataListener listener, final LongQuantities quantities) {
        this.listener = listener;
        this.quantities = quantities;
    }

    /** As {@link BookEntries#read}. */
    boolean read(final WireBytes buffer, final int group, final int end) {
        final int count = EntryGroup.count(buffer, group, end, SHORTEST);
        if (count <= 0) {
            return count == 0;
        }
        final int entryLength = EntryGroup.entryLength(buffer, group);
        int entry = group + EntryGroup.HEAD;
        for (int i = 0; i < count; i++, entry += entryLength) {
            final int instrument = buffer.getInt(entry + INSTRUMENT, LITTLE_ENDIAN);
            final long reportSequence = buffer.getInt(entry + REPORT_SEQUENCE, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
            final int side = BookEntries.side(buffer.getByte(entry + TYPE));
            if (side < 0) {
                BookEntries.passOther(listener, instrument, reportSequence, side);
            } else if (!readLevel(buffer, entry, instrument, reportSequence, side)) {
                return false;
            }
        }
        return true;
    }

    private boolean readLevel(
            final WireBytes buffer, final int entry, final int instrument, final long reportSequence, final int side) {
        final long price = Prices.scale(buffer.getLong(entry + PRICE, LITTLE_ENDIAN), Prices.FROM_E9);
        final int position = (buffer.getByte(entry + LEVEL) & 0xFF) - 1;
        final int action = buffer.getByte(entry + ACTION) & 0xFF;
        if (position < 0 || action > MarketDataListener.ACTION_OVERLAY || price == Prices.UNREADABLE) {
            return false;
        }
        final int orders = buffer.getInt(entry + ORDERS, LITTLE_ENDIAN);
        listener.onLevel(
                instrument, reportSequence, side, action, position, price, quantities.read(buffer, entry + SIZE),
                orders == NULL_ORDERS ? 0 : orders);
        return true;
    }
}
