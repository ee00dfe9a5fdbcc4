package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.GroupSize8ByteDecoder;
import io.tickbridge.gateway.feed.cme.codec.AggressorSide;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTrade36Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTradeSummary42Decoder.NoMDEntriesDecoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTradeSummary48Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTradeSummaryLongQty65Decoder;
import io.tickbridge.gateway.feed.cme.codec.UpdateAction;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Entries of templates 42, 48 and 65, MDIncrementalRefreshTradeSummary, and of the older 36, MDIncrementalRefreshTrade.
 * 36 has a trade number before the aggressor, 65 a 64-bit quantity. An entry that corrects or busts a trade (update action
 * other than New) is no trade: it counts in the report sequence, and breaks the earlier trade that has its number.
 *
 * <p>A summary's second group names the orders of all its trades one after the other. Each trade has as many as its
 * NumberOfOrders (tag 346) says; where someone took, that order comes first, with the whole quantity ("MDP 3.0 - Trade
 * Summary"). In the version 6 capture that the tests read, this holds for each of 388 summaries.
 */
final class TradeEntries {
    private static final int PRICE = NoMDEntriesDecoder.mDEntryPxEncodingOffset();
    private static final int SIZE = NoMDEntriesDecoder.mDEntrySizeEncodingOffset();
    private static final int NULL = NoMDEntriesDecoder.numberOfOrdersNullValue();
    private static final int NO_AGGRESSOR = -1;
    private static final int ABSENT = -1;
    private static final long UNKNOWN_TRADE = 0;

    private static final int ORDER = IncrementalRefreshTradeSummary48Decoder.NoOrderIDEntriesDecoder.orderIDEncodingOffset();
    private static final int FILLED = IncrementalRefreshTradeSummary48Decoder.NoOrderIDEntriesDecoder.lastQtyEncodingOffset();

    private final MarketDataListener listener;
    private final LongQuantities quantities;
    private final int instrumentOffset;
    private final int reportSequenceOffset;
    private final int aggressorOffset;
    private final int actionOffset;
    /** Of the trade's number; less than 0 when there is none. */
    private final int tradeOffset;
    /** Of the number of orders; less than 0 when orders are not followed. */
    private final int ordersOffset;

    private TradeEntries(
            final MarketDataListener listener, final LongQuantities quantities, final int instrumentOffset,
            final int reportSequenceOffset, final int aggressorOffset, final int actionOffset, final int tradeOffset,
            final int ordersOffset) {
        this.listener = listener;
        this.quantities = quantities;
        this.instrumentOffset = instrumentOffset;
        this.reportSequenceOffset = reportSequenceOffset;
        this.aggressorOffset = aggressorOffset;
        this.actionOffset = actionOffset;
        this.tradeOffset = tradeOffset;
        this.ordersOffset = listener.wantsOrders() ? ordersOffset : ABSENT;
    }

    static TradeEntries ofSummaries(final MarketDataListener listener) {
        return new TradeEntries(
                listener, null, NoMDEntriesDecoder.securityIDEncodingOffset(), NoMDEntriesDecoder.rptSeqEncodingOffset(),
                NoMDEntriesDecoder.aggressorSideEncodingOffset(), NoMDEntriesDecoder.mDUpdateActionEncodingOffset(),
                NoMDEntriesDecoder.mDTradeEntryIDEncodingOffset(), NoMDEntriesDecoder.numberOfOrdersEncodingOffset());
    }

    static TradeEntries ofTrades(final MarketDataListener listener) {
        return new TradeEntries(
                listener, null, IncrementalRefreshTrade36Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshTrade36Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset(),
                IncrementalRefreshTrade36Decoder.NoMDEntriesDecoder.aggressorSideEncodingOffset(),
                IncrementalRefreshTrade36Decoder.NoMDEntriesDecoder.mDUpdateActionEncodingOffset(),
                IncrementalRefreshTrade36Decoder.NoMDEntriesDecoder.tradeIDEncodingOffset(), ABSENT);
    }

    static TradeEntries ofLongSummaries(final MarketDataListener listener, final LongQuantities quantities) {
        return new TradeEntries(
                listener, quantities, IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset(),
                IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.aggressorSideEncodingOffset(),
                IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.mDUpdateActionEncodingOffset(),
                IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.mDTradeEntryIDEncodingOffset(),
                IncrementalRefreshTradeSummaryLongQty65Decoder.NoMDEntriesDecoder.numberOfOrdersEncodingOffset());
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
        final int second = OrderEntries.second(buffer, group);
        final int orders = ordersOffset == ABSENT ? 0 : OrderEntries.count(buffer, second, end, FILLED + Integer.BYTES);
        if (orders < 0) {
            return false;
        }
        int passed = 0;
        int entry = group + EntryGroup.HEAD;
        for (int i = 0; i < count; i++, entry += entryLength) {
            final long instrument = buffer.getInt(entry + instrumentOffset, LITTLE_ENDIAN);
            final long reportSequence = buffer.getInt(entry + reportSequenceOffset, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
            final int involved = ordersOffset == ABSENT ? 0 : involved(buffer, entry, orders - passed);
            if (buffer.getByte(entry + actionOffset) != UpdateAction.New.value()) {
                listener.onOtherUpdate(instrument, reportSequence);
                listener.onTradeBreak(instrument, trade(buffer, entry, entryLength), exchangeTime);
                passed += involved;
                continue;
            }
            final long price = Prices.scale(buffer.getLong(entry + PRICE, LITTLE_ENDIAN), priceFactor);
            final int size = quantities == null
                    ? buffer.getInt(entry + SIZE, LITTLE_ENDIAN) : quantities.read(buffer, entry + SIZE);
            if (size < 0 || price == Prices.UNREADABLE || price == MarketDataListener.NO_PRICE) {
                return false;
            }
            final int aggressor = aggressor(buffer.getByte(entry + aggressorOffset));
            listener.onTrade(
                    instrument, reportSequence, exchangeTime, price, quantities == null && size == NULL ? 0 : size, aggressor);
            passOrders(buffer, second, passed, involved, instrument, aggressor != NO_AGGRESSOR);
            passed += involved;
        }
        return true;
    }

    /** Orders of one trade; none when more are claimed than there are left, so that none is taken for another trade's. */
    private int involved(final WireBytes buffer, final int entry, final int left) {
        final int stated = buffer.getInt(entry + ordersOffset, LITTLE_ENDIAN);
        return stated < 0 || stated > left ? 0 : stated;
    }

    private void passOrders(
            final WireBytes buffer, final int second, final int from, final int count, final long instrument,
            final boolean someoneTook) {
        final int entryLength = count == 0 ? 0 : EntryGroup.entryLength(buffer, second);
        for (int i = 0; i < count; i++) {
            final int order = second + GroupSize8ByteDecoder.ENCODED_LENGTH + (from + i) * entryLength;
            listener.onTradeOrder(
                    instrument, buffer.getLong(order + ORDER, LITTLE_ENDIAN), buffer.getInt(order + FILLED, LITTLE_ENDIAN),
                    someoneTook && i == 0);
        }
    }

    /** The trade's number, 0 where it has none. Before version 7 a summary's is no part of the entry. */
    private long trade(final WireBytes buffer, final int entry, final int entryLength) {
        if (tradeOffset + Integer.BYTES > entryLength) {
            return UNKNOWN_TRADE;
        }
        final long trade = buffer.getInt(entry + tradeOffset, LITTLE_ENDIAN) & 0xFFFF_FFFFL;
        return trade == 0xFFFF_FFFFL ? UNKNOWN_TRADE : trade;
    }

    private static int aggressor(final byte side) {
        if (side == AggressorSide.Buy.value()) {
            return MarketDataListener.BID;
        }
        return side == AggressorSide.Sell.value() ? MarketDataListener.ASK : NO_AGGRESSOR;
    }
}
