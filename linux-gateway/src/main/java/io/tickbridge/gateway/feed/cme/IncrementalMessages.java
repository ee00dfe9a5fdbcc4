package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.ChannelResetDecoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshBook32Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshBook46Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshBookLongQty64Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshDailyStatistics33Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshDailyStatistics49Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshLimitsBanding34Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshLimitsBanding50Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshOrderBook43Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshOrderBook47Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshSessionStatistics35Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshSessionStatistics51Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshSessionStatisticsLongQty67Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTrade36Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTradeSummary42Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTradeSummary48Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshTradeSummaryLongQty65Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshVolume37Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshVolumeLongQty66Decoder;
import io.tickbridge.gateway.feed.cme.codec.SnapshotRefreshTopOrders59Decoder;
import io.tickbridge.gateway.wire.WireBytes;
import java.util.Arrays;

/**
 * The messages that begin with TransactTime and MatchEventIndicator and go on with one group of entries
 * (MDIncrementalRefresh and ChannelReset). A second group, of orders, is passed over unless orders are followed.
 */
final class IncrementalMessages {
    private static final int TRANSACT_TIME = IncrementalRefreshBook32Decoder.transactTimeEncodingOffset();
    private static final int MATCH_EVENT_INDICATOR =
            IncrementalRefreshBook32Decoder.matchEventIndicatorEncodingOffset();
    private static final int SHORTEST_BLOCK = MATCH_EVENT_INDICATOR + 1;

    /** Their templates below 64, one bit each: one test finds them. Those with 64-bit quantities are four in a row. */
    private static final long TEMPLATES = bits(
            ChannelResetDecoder.TEMPLATE_ID,
            IncrementalRefreshBook32Decoder.TEMPLATE_ID,
            IncrementalRefreshDailyStatistics33Decoder.TEMPLATE_ID,
            IncrementalRefreshLimitsBanding34Decoder.TEMPLATE_ID,
            IncrementalRefreshSessionStatistics35Decoder.TEMPLATE_ID,
            IncrementalRefreshTrade36Decoder.TEMPLATE_ID,
            IncrementalRefreshVolume37Decoder.TEMPLATE_ID,
            IncrementalRefreshTradeSummary42Decoder.TEMPLATE_ID,
            IncrementalRefreshOrderBook43Decoder.TEMPLATE_ID,
            IncrementalRefreshBook46Decoder.TEMPLATE_ID,
            IncrementalRefreshOrderBook47Decoder.TEMPLATE_ID,
            IncrementalRefreshTradeSummary48Decoder.TEMPLATE_ID,
            IncrementalRefreshDailyStatistics49Decoder.TEMPLATE_ID,
            IncrementalRefreshLimitsBanding50Decoder.TEMPLATE_ID,
            IncrementalRefreshSessionStatistics51Decoder.TEMPLATE_ID,
            SnapshotRefreshTopOrders59Decoder.TEMPLATE_ID);

    private final FeedCounts counts;
    private final MarketDataListener listener;
    private final MatchEvent event;
    private final BookEntries book;
    /** Null when single orders are not followed. */
    private final OrderEntries orders;
    private final TradeEntries tradeSummaries;
    private final TradeEntries trades;
    private final StatisticEntries dailyStatistics;
    private final StatisticEntries limits;
    private final StatisticEntries sessionStatistics;
    private final StatisticEntries volume;
    private final LongBookEntries longBook;
    private final TradeEntries longTradeSummaries;
    private final StatisticEntries longVolume;
    private final StatisticEntries longSessionStatistics;

    IncrementalMessages(final FeedCounts counts, final MarketDataListener listener, final MatchEvent event) {
        this.counts = counts;
        this.listener = listener;
        this.event = event;
        book = new BookEntries(listener);
        orders = listener.wantsOrders() ? new OrderEntries(listener) : null;
        tradeSummaries = TradeEntries.ofSummaries(listener);
        trades = TradeEntries.ofTrades(listener);
        dailyStatistics = new StatisticEntries.Daily(listener);
        limits = new StatisticEntries.Limits(listener);
        sessionStatistics = StatisticEntries.Session.of(listener);
        volume = StatisticEntries.Volume.of(listener);
        final LongQuantities quantities = new LongQuantities(counts);
        longBook = new LongBookEntries(listener, quantities);
        longTradeSummaries = TradeEntries.ofLongSummaries(listener, quantities);
        longVolume = StatisticEntries.Volume.ofLongQuantities(listener);
        longSessionStatistics = StatisticEntries.Session.ofLongQuantities(listener);
    }

    static boolean include(final int template) {
        return template < Long.SIZE ? (TEMPLATES >>> template & 1) != 0
                : template <= IncrementalRefreshSessionStatisticsLongQty67Decoder.TEMPLATE_ID;
    }

    /**
     * Reads a message.
     *
     * @param block       where the root block begins
     * @param blockLength its bytes on the wire, within the message
     * @param end         where the message ends
     * @param sequence    of its packet, named when the message makes no sense
     * @return false when it makes no sense; the listener has been told then that what it knows may be wrong, before
     *         the end of the event
     */
    boolean read(
            final int template, final WireBytes buffer, final int block, final int blockLength, final int end,
            final long sequence) {
        if (blockLength < SHORTEST_BLOCK) {
            listener.onSequenceGap(sequence, sequence);
            return false;
        }
        event.begin(buffer.getLong(block + TRANSACT_TIME, LITTLE_ENDIAN));
        final boolean sound = readEntries(template, buffer, block + blockLength, end);
        if (!sound) {
            listener.onSequenceGap(sequence, sequence);
        }
        event.end(buffer.getByte(block + MATCH_EVENT_INDICATOR));
        return sound;
    }

    private boolean readEntries(final int template, final WireBytes buffer, final int group, final int end) {
        if (template == IncrementalRefreshBook32Decoder.TEMPLATE_ID) {
            return book.read(buffer, group, end, Prices.FROM_E7)
                    && (orders == null || orders.readReferring(buffer, group, end, Prices.FROM_E7));
        }
        if (template == IncrementalRefreshBook46Decoder.TEMPLATE_ID) {
            return book.read(buffer, group, end, Prices.FROM_E9)
                    && (orders == null || orders.readReferring(buffer, group, end, Prices.FROM_E9));
        }
        return readOtherEntries(template, buffer, group, end);
    }

    /** All but books. Apart, because a method with all of them is too large for the compiler to inline. */
    private boolean readOtherEntries(final int template, final WireBytes buffer, final int group, final int end) {
        switch (template) {
            case IncrementalRefreshTradeSummary42Decoder.TEMPLATE_ID:
                return tradeSummaries.read(buffer, group, end, Prices.FROM_E7, event.transactTime());
            case IncrementalRefreshTradeSummary48Decoder.TEMPLATE_ID:
                return tradeSummaries.read(buffer, group, end, Prices.FROM_E9, event.transactTime());
            case IncrementalRefreshTrade36Decoder.TEMPLATE_ID:
                return trades.read(buffer, group, end, Prices.FROM_E7, event.transactTime());
            case IncrementalRefreshVolume37Decoder.TEMPLATE_ID:
                return volume.read(buffer, group, end, Prices.FROM_E7, event.transactTime());
            case IncrementalRefreshSessionStatistics35Decoder.TEMPLATE_ID:
                return sessionStatistics.read(buffer, group, end, Prices.FROM_E7, event.transactTime());
            case IncrementalRefreshSessionStatistics51Decoder.TEMPLATE_ID:
                return sessionStatistics.read(buffer, group, end, Prices.FROM_E9, event.transactTime());
            case IncrementalRefreshDailyStatistics33Decoder.TEMPLATE_ID:
                return dailyStatistics.read(buffer, group, end, Prices.FROM_E7, event.transactTime());
            case IncrementalRefreshDailyStatistics49Decoder.TEMPLATE_ID:
                return dailyStatistics.read(buffer, group, end, Prices.FROM_E9, event.transactTime());
            case IncrementalRefreshLimitsBanding34Decoder.TEMPLATE_ID:
                return limits.read(buffer, group, end, Prices.FROM_E7, event.transactTime());
            case IncrementalRefreshLimitsBanding50Decoder.TEMPLATE_ID:
                return limits.read(buffer, group, end, Prices.FROM_E9, event.transactTime());
            case IncrementalRefreshBookLongQty64Decoder.TEMPLATE_ID:
                return longBook.read(buffer, group, end);
            case IncrementalRefreshTradeSummaryLongQty65Decoder.TEMPLATE_ID:
                return longTradeSummaries.read(buffer, group, end, Prices.FROM_E9, event.transactTime());
            case IncrementalRefreshVolumeLongQty66Decoder.TEMPLATE_ID:
                return longVolume.read(buffer, group, end, Prices.FROM_E9, event.transactTime());
            case IncrementalRefreshSessionStatisticsLongQty67Decoder.TEMPLATE_ID:
                return longSessionStatistics.read(buffer, group, end, Prices.FROM_E9, event.transactTime());
            case ChannelResetDecoder.TEMPLATE_ID:
                counts.increment(FeedCounter.RESETS);
                listener.onFeedReset();
                return true;
            case IncrementalRefreshOrderBook47Decoder.TEMPLATE_ID:
                return orders == null || orders.readOwn(buffer, group, end, Prices.FROM_E9);
            case IncrementalRefreshOrderBook43Decoder.TEMPLATE_ID:
                return orders == null || orders.readOwn(buffer, group, end, Prices.FROM_E7);
            default:
                // The ten best orders (59), a product of conflated feeds, say nothing that full depth does not. Like single
                // orders that nobody follows, one can be the last message of its event.
                return true;
        }
    }

    private static long bits(final int... templates) {
        return Arrays.stream(templates).mapToLong(template -> 1L << template).reduce(0, (a, b) -> a | b);
    }
}
