package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.Statistic;
import io.tickbridge.gateway.feed.cme.codec.EntryType;
import io.tickbridge.gateway.feed.cme.codec.OpenCloseSettlFlag;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefresh52Decoder;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefresh52Decoder.NoMDEntriesDecoder;
import io.tickbridge.gateway.feed.cme.codec.SnapshotFullRefreshLongQty69Decoder;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * What a snapshot (38, 52, 69) says besides the book: price limits in its root block, and entries that are no levels. Each is
 * passed on as of the snapshot's time; what a snapshot does not mention it does not deny.
 */
final class SnapshotStatistics {
    private static final int HIGH = SnapshotFullRefresh52Decoder.highLimitPriceEncodingOffset();
    private static final int LOW = SnapshotFullRefresh52Decoder.lowLimitPriceEncodingOffset();
    private static final int BAND = SnapshotFullRefresh52Decoder.maxPriceVariationEncodingOffset();
    private static final int SIZE = NoMDEntriesDecoder.mDEntrySizeEncodingOffset();
    private static final int FINAL = 1; // bit 0 of SettlPriceType (tag 731)
    private static final int NULL_SETTLEMENT = 1 << 7; // its bit 7: nothing is said

    private final MarketDataListener listener;

    SnapshotStatistics(final MarketDataListener listener) {
        this.listener = listener;
    }

    /** Passes on the limits of a root block that was found long enough to have a status. */
    void limits(
            final WireBytes buffer, final int block, final int blockLength, final int priceFactor, final long instrument,
            final long time) {
        if (blockLength >= BAND + Long.BYTES) {
            limit(buffer, block + HIGH, priceFactor, instrument, Statistic.HIGH_LIMIT, time);
            limit(buffer, block + LOW, priceFactor, instrument, Statistic.LOW_LIMIT, time);
            limit(buffer, block + BAND, priceFactor, instrument, Statistic.BAND, time);
        }
    }

    private void limit(
            final WireBytes buffer, final int index, final int priceFactor, final long instrument, final Statistic kind,
            final long time) {
        final long price = Prices.scale(buffer.getLong(index, LITTLE_ENDIAN), priceFactor);
        if (price != Prices.UNREADABLE && price != MarketDataListener.NO_PRICE) {
            listener.onStatistic(instrument, kind, price, MarketDataListener.NO_QUANTITY, time);
        }
    }

    /** Passes on an entry of template 38 or 52, if it is a statistic. */
    void entry(
            final WireBytes buffer, final int entry, final int priceFactor, final long instrument, final long time) {
        final int size = buffer.getInt(entry + SIZE, LITTLE_ENDIAN);
        final byte type = buffer.getByte(entry + NoMDEntriesDecoder.mDEntryTypeEncodingOffset());
        pass(kind(type, buffer.getByte(entry + NoMDEntriesDecoder.openCloseSettlFlagEncodingOffset()),
                        buffer.getByte(entry + NoMDEntriesDecoder.settlPriceTypeEncodingOffset())),
                buffer, entry, priceFactor,
                size == NoMDEntriesDecoder.mDEntrySizeNullValue() ? MarketDataListener.NO_QUANTITY : size, instrument, time);
    }

    /** The same of template 69, which does not say whether a settlement is final. */
    void longEntry(
            final WireBytes buffer, final int entry, final int priceFactor, final long instrument, final long time) {
        final long size = buffer.getLong(entry + SIZE, LITTLE_ENDIAN);
        final byte type = buffer.getByte(entry + SnapshotFullRefreshLongQty69Decoder.NoMDEntriesDecoder.mDEntryTypeEncodingOffset());
        // A negative number here is the null of an unsigned one, or nonsense.
        pass(kind(type, buffer.getByte(
                        entry + SnapshotFullRefreshLongQty69Decoder.NoMDEntriesDecoder.openCloseSettlFlagEncodingOffset()), 0),
                buffer, entry, priceFactor, Math.max(size, MarketDataListener.NO_QUANTITY), instrument, time);
    }

    private void pass(
            final Statistic kind, final WireBytes buffer, final int entry, final int priceFactor, final long size,
            final long instrument, final long time) {
        if (kind == null) {
            return;
        }
        final boolean isQuantity =
                kind == Statistic.OPEN_INTEREST || kind == Statistic.CLEARED_VOLUME || kind == Statistic.VOLUME;
        final long scaled = Prices.scale(
                buffer.getLong(entry + NoMDEntriesDecoder.mDEntryPxEncodingOffset(), LITTLE_ENDIAN), priceFactor);
        final long price = isQuantity || scaled == Prices.UNREADABLE ? MarketDataListener.NO_PRICE : scaled;
        final long quantity = isQuantity ? size : MarketDataListener.NO_QUANTITY;
        if (price != MarketDataListener.NO_PRICE || quantity != MarketDataListener.NO_QUANTITY) {
            listener.onStatistic(instrument, kind, price, quantity, time);
        }
    }

    /** Which statistic an entry is; null for a level, a trade, or what a later version has. */
    private static Statistic kind(final byte type, final byte flag, final int settlement) {
        if (type == EntryType.OpenPrice.value()) {
            return flag == OpenCloseSettlFlag.IndicativeOpeningPrice.value() ? Statistic.INDICATIVE_OPEN : Statistic.OPEN;
        }
        if (type == EntryType.SettlementPrice.value()) {
            return (settlement & (FINAL | NULL_SETTLEMENT)) == FINAL ? Statistic.SETTLEMENT : Statistic.PRELIMINARY_SETTLEMENT;
        }
        if (type == EntryType.HighTrade.value()) {
            return Statistic.HIGH;
        }
        if (type == EntryType.LowTrade.value()) {
            return Statistic.LOW;
        }
        if (type == EntryType.VolumeWeightedPrice.value()) {
            return Statistic.MEAN;
        }
        if (type == EntryType.HighestBid.value()) {
            return Statistic.HIGHEST_BID;
        }
        return quantityKind(type);
    }

    private static Statistic quantityKind(final byte type) {
        if (type == EntryType.LowestOffer.value()) {
            return Statistic.LOWEST_OFFER;
        }
        if (type == EntryType.FixingPrice.value()) {
            return Statistic.FIXING;
        }
        if (type == EntryType.ClearedVolume.value()) {
            return Statistic.CLEARED_VOLUME;
        }
        if (type == EntryType.OpenInterest.value()) {
            return Statistic.OPEN_INTEREST;
        }
        return type == EntryType.ElectronicVolume.value() ? Statistic.VOLUME : null;
    }
}
