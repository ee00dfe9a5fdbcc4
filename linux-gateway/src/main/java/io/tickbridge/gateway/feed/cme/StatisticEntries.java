package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.Statistic;
import io.tickbridge.gateway.feed.cme.codec.EntryTypeDailyStatistics;
import io.tickbridge.gateway.feed.cme.codec.EntryTypeStatistics;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshDailyStatistics33Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshLimitsBanding34Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshSessionStatistics35Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshSessionStatisticsLongQty67Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshVolume37Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshVolumeLongQty66Decoder;
import io.tickbridge.gateway.feed.cme.codec.OpenCloseSettlFlag;
import io.tickbridge.gateway.feed.cme.codec.UpdateAction;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Entries that count in the instrument's report sequence and say something of its session: daily statistics (33, 49), limits
 * and banding (34, 50), session statistics (35, 51, 67), volume (37, 66).
 */
abstract class StatisticEntries {
    private static final int NULL_QUANTITY = IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.mDEntrySizeNullValue();

    final MarketDataListener listener;
    private final int instrumentOffset;
    private final int reportSequenceOffset;
    private final int shortest;

    private StatisticEntries(
            final MarketDataListener listener, final int instrumentOffset, final int reportSequenceOffset,
            final int shortest) {
        this.listener = listener;
        this.instrumentOffset = instrumentOffset;
        this.reportSequenceOffset = reportSequenceOffset;
        this.shortest = shortest;
    }

    /**
     * Reads all entries.
     *
     * @param group       where the group begins
     * @param end         where the message ends
     * @param priceFactor see {@link Prices}
     * @param time        the event's
     * @return false when the group makes no sense; nothing of it was passed on
     */
    boolean read(final WireBytes buffer, final int group, final int end, final int priceFactor, final long time) {
        final int count = EntryGroup.count(buffer, group, end, shortest);
        if (count <= 0) {
            return count == 0;
        }
        final int entryLength = EntryGroup.entryLength(buffer, group);
        int entry = group + EntryGroup.HEAD;
        for (int i = 0; i < count; i++, entry += entryLength) {
            final int instrument = buffer.getInt(entry + instrumentOffset, LITTLE_ENDIAN);
            listener.onOtherUpdate(instrument, buffer.getInt(entry + reportSequenceOffset, LITTLE_ENDIAN) & 0xFFFF_FFFFL);
            pass(buffer, entry, instrument, priceFactor, time);
        }
        return true;
    }

    /** Passes one entry on. */
    abstract void pass(WireBytes buffer, int entry, long instrument, int priceFactor, long time);

    /** A statement, or that an earlier one holds no more. */
    final void state(
            final long instrument, final Statistic kind, final boolean withdrawn, final long price, final long quantity,
            final long time) {
        listener.onStatistic(
                instrument, kind, withdrawn ? MarketDataListener.NO_PRICE : price,
                withdrawn ? MarketDataListener.NO_QUANTITY : quantity, time);
    }

    private static long price(final WireBytes buffer, final int index, final int priceFactor) {
        final long price = Prices.scale(buffer.getLong(index, LITTLE_ENDIAN), priceFactor);
        return price == Prices.UNREADABLE ? MarketDataListener.NO_PRICE : price;
    }

    private static boolean isDelete(final WireBytes buffer, final int index) {
        return buffer.getByte(index) == UpdateAction.Delete.value();
    }

    /** Settlement, open interest, cleared volume, fixing. */
    static final class Daily extends StatisticEntries {
        private static final int PRICE = IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.mDEntryPxEncodingOffset();
        private static final int SIZE = IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.mDEntrySizeEncodingOffset();
        private static final int SETTLEMENT = IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.settlPriceTypeEncodingOffset();
        private static final int ACTION = IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.mDUpdateActionEncodingOffset();
        private static final int TYPE = IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.mDEntryTypeEncodingOffset();
        private static final int FINAL = 1; // bit 0 of SettlPriceType (tag 731)
        private static final int NULL = 1 << 7; // its bit 7: nothing is said

        Daily(final MarketDataListener listener) {
            super(listener, IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                    IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset(), TYPE + 1);
        }

        @Override
        void pass(final WireBytes buffer, final int entry, final long instrument, final int priceFactor, final long time) {
            final byte type = buffer.getByte(entry + TYPE);
            final int size = buffer.getInt(entry + SIZE, LITTLE_ENDIAN);
            final Statistic kind;
            if (type == EntryTypeDailyStatistics.SettlementPrice.value()) {
                kind = (buffer.getByte(entry + SETTLEMENT) & (FINAL | NULL)) == FINAL ? Statistic.SETTLEMENT : Statistic.PRELIMINARY_SETTLEMENT;
            } else if (type == EntryTypeDailyStatistics.OpenInterest.value()) {
                kind = Statistic.OPEN_INTEREST;
            } else if (type == EntryTypeDailyStatistics.ClearedVolume.value()) {
                kind = Statistic.CLEARED_VOLUME;
            } else if (type == EntryTypeDailyStatistics.FixingPrice.value()) {
                kind = Statistic.FIXING;
            } else {
                return; // of a later version
            }
            state(instrument, kind, isDelete(buffer, entry + ACTION), price(buffer, entry + PRICE, priceFactor),
                    size == NULL_QUANTITY ? MarketDataListener.NO_QUANTITY : size, time);
        }
    }

    /** Price limits and banding. */
    static final class Limits extends StatisticEntries {
        private static final int HIGH = IncrementalRefreshLimitsBanding34Decoder.NoMDEntriesDecoder.highLimitPriceEncodingOffset();
        private static final int LOW = IncrementalRefreshLimitsBanding34Decoder.NoMDEntriesDecoder.lowLimitPriceEncodingOffset();
        private static final int BAND = IncrementalRefreshLimitsBanding34Decoder.NoMDEntriesDecoder.maxPriceVariationEncodingOffset();
        private static final int REPORT = IncrementalRefreshLimitsBanding34Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset();

        Limits(final MarketDataListener listener) {
            super(listener, IncrementalRefreshLimitsBanding34Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(), REPORT,
                    REPORT + Integer.BYTES);
        }

        /** One entry states all three; without a price there is no limit. */
        @Override
        void pass(final WireBytes buffer, final int entry, final long instrument, final int priceFactor, final long time) {
            state(instrument, Statistic.HIGH_LIMIT, false, price(buffer, entry + HIGH, priceFactor), MarketDataListener.NO_QUANTITY, time);
            state(instrument, Statistic.LOW_LIMIT, false, price(buffer, entry + LOW, priceFactor), MarketDataListener.NO_QUANTITY, time);
            state(instrument, Statistic.BAND, false, price(buffer, entry + BAND, priceFactor), MarketDataListener.NO_QUANTITY, time);
        }
    }

    /** Opening, extremes and mean of the session; with 64-bit quantities in template 67. */
    static final class Session extends StatisticEntries {
        // The price comes first in all three.
        private static final int PRICE = IncrementalRefreshSessionStatistics35Decoder.NoMDEntriesDecoder.mDEntryPxEncodingOffset();
        private final int flagOffset;
        private final int actionOffset;
        private final int typeOffset;

        private Session(
                final MarketDataListener listener, final int instrument, final int report, final int flagOffset,
                final int actionOffset, final int typeOffset) {
            super(listener, instrument, report, typeOffset + 1);
            this.flagOffset = flagOffset;
            this.actionOffset = actionOffset;
            this.typeOffset = typeOffset;
        }

        static Session of(final MarketDataListener listener) {
            return new Session(listener, IncrementalRefreshSessionStatistics35Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                    IncrementalRefreshSessionStatistics35Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset(),
                    IncrementalRefreshSessionStatistics35Decoder.NoMDEntriesDecoder.openCloseSettlFlagEncodingOffset(),
                    IncrementalRefreshSessionStatistics35Decoder.NoMDEntriesDecoder.mDUpdateActionEncodingOffset(),
                    IncrementalRefreshSessionStatistics35Decoder.NoMDEntriesDecoder.mDEntryTypeEncodingOffset());
        }

        static Session ofLongQuantities(final MarketDataListener listener) {
            return new Session(listener, IncrementalRefreshSessionStatisticsLongQty67Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                    IncrementalRefreshSessionStatisticsLongQty67Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset(),
                    IncrementalRefreshSessionStatisticsLongQty67Decoder.NoMDEntriesDecoder.openCloseSettlFlagEncodingOffset(),
                    IncrementalRefreshSessionStatisticsLongQty67Decoder.NoMDEntriesDecoder.mDUpdateActionEncodingOffset(),
                    IncrementalRefreshSessionStatisticsLongQty67Decoder.NoMDEntriesDecoder.mDEntryTypeEncodingOffset());
        }

        @Override
        void pass(final WireBytes buffer, final int entry, final long instrument, final int priceFactor, final long time) {
            final byte type = buffer.getByte(entry + typeOffset);
            final Statistic kind;
            if (type == EntryTypeStatistics.OpenPrice.value()) {
                kind = buffer.getByte(entry + flagOffset) == OpenCloseSettlFlag.IndicativeOpeningPrice.value()
                        ? Statistic.INDICATIVE_OPEN : Statistic.OPEN;
            } else if (type == EntryTypeStatistics.HighTrade.value()) {
                kind = Statistic.HIGH;
            } else if (type == EntryTypeStatistics.LowTrade.value()) {
                kind = Statistic.LOW;
            } else if (type == EntryTypeStatistics.HighestBid.value()) {
                kind = Statistic.HIGHEST_BID;
            } else if (type == EntryTypeStatistics.LowestOffer.value()) {
                kind = Statistic.LOWEST_OFFER;
            } else if (type == EntryTypeStatistics.VolumeWeightedPrice.value()) {
                kind = Statistic.MEAN;
            } else {
                return; // of a later version
            }
            // The quantity that came with version 8 belongs to indicative openings and is not followed.
            state(instrument, kind, isDelete(buffer, entry + actionOffset), price(buffer, entry + PRICE, priceFactor),
                    MarketDataListener.NO_QUANTITY, time);
        }
    }

    /** Volume so far; 64 bits of it in template 66. */
    static final class Volume extends StatisticEntries {
        // The quantity comes first in both.
        private static final int SIZE = IncrementalRefreshVolume37Decoder.NoMDEntriesDecoder.mDEntrySizeEncodingOffset();
        private final int actionOffset;
        private final boolean wide;

        private Volume(
                final MarketDataListener listener, final int instrument, final int report, final int actionOffset,
                final boolean wide) {
            super(listener, instrument, report, actionOffset + 1);
            this.actionOffset = actionOffset;
            this.wide = wide;
        }

        static Volume of(final MarketDataListener listener) {
            return new Volume(listener, IncrementalRefreshVolume37Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                    IncrementalRefreshVolume37Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset(),
                    IncrementalRefreshVolume37Decoder.NoMDEntriesDecoder.mDUpdateActionEncodingOffset(), false);
        }

        static Volume ofLongQuantities(final MarketDataListener listener) {
            return new Volume(listener, IncrementalRefreshVolumeLongQty66Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                    IncrementalRefreshVolumeLongQty66Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset(),
                    IncrementalRefreshVolumeLongQty66Decoder.NoMDEntriesDecoder.mDUpdateActionEncodingOffset(), true);
        }

        @Override
        void pass(final WireBytes buffer, final int entry, final long instrument, final int priceFactor, final long time) {
            final long size = wide ? buffer.getLong(entry + SIZE, LITTLE_ENDIAN) : buffer.getInt(entry + SIZE, LITTLE_ENDIAN);
            // A negative number here is the null of an unsigned one, or nonsense.
            state(instrument, Statistic.VOLUME, isDelete(buffer, entry + actionOffset), MarketDataListener.NO_PRICE,
                    Math.max(size, MarketDataListener.NO_QUANTITY), time);
        }
    }
}
