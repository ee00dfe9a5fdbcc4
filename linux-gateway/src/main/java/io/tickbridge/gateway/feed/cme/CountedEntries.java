package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshDailyStatistics33Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshLimitsBanding34Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshSessionStatistics35Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshSessionStatisticsLongQty67Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshVolume37Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshVolumeLongQty66Decoder;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Entries of which only the place in the instrument's report sequence matters here: daily statistics (33, 49),
 * limits and banding (34, 50), session statistics (35, 51, 67), volume (37, 66). They differ in where the instrument and
 * the report sequence lie.
 */
final class CountedEntries {
    private final MarketDataListener listener;
    private final int instrumentOffset;
    private final int reportSequenceOffset;

    private CountedEntries(
            final MarketDataListener listener, final int instrumentOffset, final int reportSequenceOffset) {
        this.listener = listener;
        this.instrumentOffset = instrumentOffset;
        this.reportSequenceOffset = reportSequenceOffset;
    }

    static CountedEntries ofDailyStatistics(final MarketDataListener listener) {
        return new CountedEntries(
                listener,
                IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshDailyStatistics33Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset());
    }

    static CountedEntries ofLimits(final MarketDataListener listener) {
        return new CountedEntries(
                listener,
                IncrementalRefreshLimitsBanding34Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshLimitsBanding34Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset());
    }

    static CountedEntries ofSessionStatistics(final MarketDataListener listener) {
        return new CountedEntries(
                listener,
                IncrementalRefreshSessionStatistics35Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshSessionStatistics35Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset());
    }

    static CountedEntries ofVolume(final MarketDataListener listener) {
        return new CountedEntries(
                listener,
                IncrementalRefreshVolume37Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshVolume37Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset());
    }

    static CountedEntries ofLongVolume(final MarketDataListener listener) {
        return new CountedEntries(
                listener,
                IncrementalRefreshVolumeLongQty66Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshVolumeLongQty66Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset());
    }

    static CountedEntries ofLongSessionStatistics(final MarketDataListener listener) {
        return new CountedEntries(
                listener,
                IncrementalRefreshSessionStatisticsLongQty67Decoder.NoMDEntriesDecoder.securityIDEncodingOffset(),
                IncrementalRefreshSessionStatisticsLongQty67Decoder.NoMDEntriesDecoder.rptSeqEncodingOffset());
    }

    /**
     * Reads all entries.
     *
     * @param group where the group begins
     * @param end   where the message ends
     * @return false when the group makes no sense; nothing of it was passed on
     */
    boolean read(final WireBytes buffer, final int group, final int end) {
        final int shortest = Math.max(instrumentOffset, reportSequenceOffset) + Integer.BYTES;
        final int count = EntryGroup.count(buffer, group, end, shortest);
        if (count <= 0) {
            return count == 0;
        }
        final int entryLength = EntryGroup.entryLength(buffer, group);
        int entry = group + EntryGroup.HEAD;
        for (int i = 0; i < count; i++, entry += entryLength) {
            listener.onOtherUpdate(
                    buffer.getInt(entry + instrumentOffset, LITTLE_ENDIAN),
                    buffer.getInt(entry + reportSequenceOffset, LITTLE_ENDIAN) & 0xFFFF_FFFFL);
        }
        return true;
    }
}
