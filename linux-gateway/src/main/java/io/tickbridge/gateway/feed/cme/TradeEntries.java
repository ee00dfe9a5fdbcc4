package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.AggressorSide;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTrade36Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTradeSummary42Decoder.NoMDEntriesDecoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTradeSummaryLongQty65Decoder;
import io.tickbridge.gateway.feed.cme.codec.UpdateAction;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Entries of templates 42, 48 and 65, MDIncrementalRefreshTradeSummary, and of the older 36, MDIncrementalRefreshTrade.
 * 36 has a trade number before the aggressor, 65 a 64-bit quantity. An entry that corrects or busts a trade (update action
 * other than New) is no trade; it only counts in the report sequence.
 */
final class TradeEntries {
    private static final int PRICE = NoMDEntriesDecoder.mDEntryPxEncodingOffset();
    private static final int SIZE = NoMDEntriesDecoder.mDEntrySizeEncodingOffset();
    private static final int NULL = NoMDEntriesDecoder.numberOfOrdersNullValue();
    private static final int NO_AGGRESSOR = -1;

    private final MarketDataListener listener;
    private final LongQuantities quantities;
    private final int instrumentOffset;
    private final int reportSequenceOffset;
    private final int aggressorOffset;
    private final int actionOffset;

    private TradeEntries(
            final MarketDataListener listener, final LongQuantities quantities, final int instrumentOffset,
            final int reportSequenceOffset, final int aggressorOffset, final int actionOffset) {
        this.listener = listener;
        this.quantities = quantities;
        this.instrumentOffset = instrumentOffset;
        this.reportSequenceOffset = reportSequenceOffset;
        this.aggressorOffset = aggressorOffset;
        this.actionOffset = actionOffset;
    }

    static TradeEntries ofSummaries(final MarketDataListener listener) {
        return new TradeEntries(
                listener, null, NoMDEntriesDecoder.securityIDEncodingOffset(), NoMDEntriesDecoder.rptSeqEncodingOffset(),
                NoMDEntriesDecoder.aggressorSideEncodingOffset(), NoMDEntriesDecoder.mDUpdateActionEncodingOffset());
    }

    static TradeEntries ofTrades(final MarketDataListener listener) {
        return new TradeEntries(
                listener, null, IncrementalRefreshTrade36Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshTrade36Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset(),
                IncrementalRefreshTrade36Decoder.NoMDEntriesDecoder.aggressorSideEncodingOffset(),
                IncrementalRefreshTrade36Decoder.NoMDEntriesDecoder.mDUpdateActionEncodingOffset());
    }

    static TradeEntries ofLongSummaries(final MarketDataListener listener, final LongQuantities quantities) {
        return new TradeEntries(
                listener, quantities, IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset(),
                IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.aggressorSideEncodingOffset(),
                IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.mDUpdateActionEncodingOffset());
    }

    /**
     * Reads all entries.
     *
     * @param group        where the group begins
     * @param end          where the message ends
     * @param priceFactor  see {@link Prices}
     * @param exchangeTime the event's
     * @return false when the group or one of its entries makes no sense; entries before that one were passed on
     */
    boolean read(
            final WireBytes buffer, final int group, final int end, final int priceFactor, final long exchangeTime) {
        final int count = EntryGroup.count(buffer, group, end, actionOffset + 1);
        if (count <= 0) {
            return count == 0;
        }
        final int entryLength = EntryGroup.entryLength(buffer, group);
        int entry = group + EntryGroup.HEAD;
        for (int i = 0; i < count; i++, entry += entryLength) {
            final long instrument = buffer.getInt(entry + instrumentOffset, LITTLE_ENDIAN);
            final long reportSequence = buffer.getInt(entry + reportSequenceOffset, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
            if (buffer.getByte(entry + actionOffset) != UpdateAction.New.value()) {
                listener.onOtherUpdate(instrument, reportSequence);
                continue;
            }
            final long price = Prices.scale(buffer.getLong(entry + PRICE, LITTLE_ENDIAN), priceFactor);
            final int size = quantities == null
                    ? buffer.getInt(entry + SIZE, LITTLE_ENDIAN) : quantities.read(buffer, entry + SIZE);
            if (size < 0 || price == Prices.UNREADABLE || price == MarketDataListener.NO_PRICE) {
                return false;
            }
            listener.onTrade(
                    instrument, reportSequence, exchangeTime, price, quantities == null && size == NULL ? 0 : size,
                    aggressor(buffer.getByte(entry + aggressorOffset)));
        }
        return true;
    }

    private static int aggressor(final byte side) {
        if (side == AggressorSide.Buy.value()) {
            return MarketDataListener.BID;
        }
        return side == AggressorSide.Sell.value() ? MarketDataListener.ASK : NO_AGGRESSOR;
    }
}
