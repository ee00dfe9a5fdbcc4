package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.InstrumentDefinition;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.EventType;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionFuture54Decoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionFuture54Decoder.NoEventsDecoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionFuture54Decoder.NoMDFeedTypesDecoder;
import io.tickbridge.gateway.feed.cme.codec.InstrumentDefinitionSpread56Decoder.NoLegsDecoder;
import io.tickbridge.gateway.feed.cme.codec.LegSide;
import io.tickbridge.gateway.feed.cme.codec.SecurityUpdateAction;
import io.tickbridge.gateway.wire.WireBytes;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * Templates 27, 29, 41 and 54 to 58, 63, MDInstrumentDefinition. The exchange repeats them all day in a loop, so one whose
 * LastUpdateTime (FIX tag 779) was seen before is passed over, and nothing is allocated for it.
 */
final class DefinitionMessage {
    // The same in all nine templates: SchemaTest holds that.
    private static final int ACTION = InstrumentDefinitionFuture54Decoder.securityUpdateActionEncodingOffset();
    private static final int UPDATE_TIME = InstrumentDefinitionFuture54Decoder.lastUpdateTimeEncodingOffset();
    private static final int GROUP = InstrumentDefinitionFuture54Decoder.securityGroupEncodingOffset();
    private static final int PRODUCT = InstrumentDefinitionFuture54Decoder.assetEncodingOffset();
    private static final int SYMBOL = InstrumentDefinitionFuture54Decoder.symbolEncodingOffset();
    private static final int INSTRUMENT = InstrumentDefinitionFuture54Decoder.securityIDEncodingOffset();
    private static final int TYPE = InstrumentDefinitionFuture54Decoder.securityTypeEncodingOffset();
    private static final int CURRENCY_LENGTH = InstrumentDefinitionFuture54Decoder.currencyLength();

    private static final int EVENT_ENTRY = NoEventsDecoder.eventTimeEncodingOffset() + Long.BYTES;
    private static final int FEED_TYPE_ENTRY = NoMDFeedTypesDecoder.marketDepthEncodingOffset() + 1;
    private static final int LEG_ENTRY = NoLegsDecoder.legRatioQtyEncodingOffset() + 1;
    private static final byte IMPLIED_FEED = 'I'; // third letter of MDFeedType (FIX tag 1022): GBX base, GBI implied
    private static final byte BASE_FEED = 'X';
    private static final int FEED_LETTER = 2;

    private static final long NEVER = Long.MIN_VALUE;

    private final MarketDataListener listener;
    private final Long2LongHashMap updateTimes = new Long2LongHashMap(NEVER);
    private final byte[] text = new byte[InstrumentDefinitionFuture54Decoder.symbolLength()];

    DefinitionMessage(final MarketDataListener listener) {
        this.listener = listener;
    }

    /**
     * Reads a message.
     *
     * @param layout      of its template
     * @param block       where the root block begins
     * @param blockLength its bytes on the wire, within the message
     * @param end         where the message ends
     * @return false when it makes no sense; nothing was passed on then
     */
    boolean read(
            final DefinitionLayout layout, final WireBytes buffer, final int block, final int blockLength, final int end) {
        if (blockLength < layout.shortestBlock()) {
            return false;
        }
        final int instrument = buffer.getInt(block + INSTRUMENT, LITTLE_ENDIAN);
        final long updateTime = buffer.getLong(block + UPDATE_TIME, LITTLE_ENDIAN);
        final boolean deleted = buffer.getByte(block + ACTION) == SecurityUpdateAction.Delete.value();
        // A deletion may carry the time of the definition that it ends: the lowest bit tells them apart.
        final long version = updateTime << 1 | (deleted ? 1 : 0);
        if (updateTimes.get(instrument) == version) {
            return true;
        }
        final InstrumentDefinition definition =
                definition(layout, buffer, block, block + blockLength, end, instrument, updateTime, deleted);
        if (definition == null) {
            return false;
        }
        updateTimes.put(instrument, version);
        listener.onDefinition(definition);
        return true;
    }

    private InstrumentDefinition definition(
            final DefinitionLayout layout, final WireBytes buffer, final int block, final int events, final int end,
            final int instrument, final long updateTime, final boolean deleted) {
        final int feedTypes = after(buffer, events, end, EVENT_ENTRY);
        final int attributes = feedTypes < 0 ? feedTypes : after(buffer, feedTypes, end, FEED_TYPE_ENTRY);
        final List<InstrumentDefinition.Leg> legs = attributes < 0 ? null : legs(layout, buffer, attributes, end);
        final long tick = Prices.scale(buffer.getLong(block + layout.tick(), LITTLE_ENDIAN), layout.priceFactor());
        final long factor = Prices.scale(buffer.getLong(block + layout.displayFactor(), LITTLE_ENDIAN), layout.priceFactor());
        if (legs == null || tick == Prices.UNREADABLE || factor == Prices.UNREADABLE) {
            return null;
        }
        return new InstrumentDefinition(
                instrument, deleted, text(buffer, block + SYMBOL, text.length),
                text(buffer, block + GROUP, InstrumentDefinitionFuture54Decoder.securityGroupLength()),
                text(buffer, block + PRODUCT, InstrumentDefinitionFuture54Decoder.assetLength()),
                text(buffer, block + TYPE, InstrumentDefinitionFuture54Decoder.securityTypeLength()),
                text(buffer, block + layout.currency(), CURRENCY_LENGTH),
                layout.maturity() == DefinitionLayout.NONE ? "" : MaturityText.of(buffer, block + layout.maturity()),
                expiry(buffer, events), Math.max(tick, 0), Math.max(factor, 0),
                depth(buffer, feedTypes, BASE_FEED), depth(buffer, feedTypes, IMPLIED_FEED), updateTime, legs);
    }

    /** Where the group after this one begins; negative when this one contradicts its message. */
    private static int after(final WireBytes buffer, final int group, final int end, final int shortest) {
        final int count = EntryGroup.count(buffer, group, end, shortest);
        return count < 0 ? count
                : group + EntryGroup.HEAD + (count == 0 ? 0 : count * EntryGroup.entryLength(buffer, group));
    }

    private static long expiry(final WireBytes buffer, final int events) {
        final int count = EntryGroup.counted(buffer, events);
        final int length = EntryGroup.entryLength(buffer, events);
        for (int i = 0; i < count; i++) {
            final int entry = events + EntryGroup.HEAD + i * length;
            if (buffer.getByte(entry + NoEventsDecoder.eventTypeEncodingOffset()) == EventType.LastEligibleTradeDate.value()) {
                return buffer.getLong(entry + NoEventsDecoder.eventTimeEncodingOffset(), LITTLE_ENDIAN);
            }
        }
        return 0;
    }

    private static int depth(final WireBytes buffer, final int feedTypes, final byte letter) {
        final int count = EntryGroup.counted(buffer, feedTypes);
        final int length = EntryGroup.entryLength(buffer, feedTypes);
        for (int i = 0; i < count; i++) {
            final int entry = feedTypes + EntryGroup.HEAD + i * length;
            if (buffer.getByte(entry + NoMDFeedTypesDecoder.mDFeedTypeEncodingOffset() + FEED_LETTER) == letter) {
                return Math.max(buffer.getByte(entry + NoMDFeedTypesDecoder.marketDepthEncodingOffset()), 0);
            }
        }
        return 0;
    }

    private static List<InstrumentDefinition.Leg> legs(
            final DefinitionLayout layout, final WireBytes buffer, final int attributes, final int end) {
        if (!layout.hasLegs()) {
            return List.of();
        }
        final int lots = after(buffer, attributes, end, 0);
        final int legs = lots < 0 ? lots : after(buffer, lots, end, 0);
        if (legs < 0 || after(buffer, legs, end, LEG_ENTRY) < 0) {
            return null;
        }
        final List<InstrumentDefinition.Leg> result = new ArrayList<>();
        final int count = EntryGroup.counted(buffer, legs);
        final int length = EntryGroup.entryLength(buffer, legs);
        for (int i = 0; i < count; i++) {
            final int entry = legs + EntryGroup.HEAD + i * length;
            result.add(new InstrumentDefinition.Leg(
                    buffer.getInt(entry + NoLegsDecoder.legSecurityIDEncodingOffset(), LITTLE_ENDIAN),
                    buffer.getByte(entry + NoLegsDecoder.legSideEncodingOffset()) == LegSide.BuySide.value(),
                    buffer.getByte(entry + NoLegsDecoder.legRatioQtyEncodingOffset())));
        }
        return List.copyOf(result);
    }

    /** Characters up to the first NUL; what is not printable ASCII cannot end up in a log. */
    private String text(final WireBytes buffer, final int at, final int length) {
        int used = 0;
        while (used < length) {
            final byte character = buffer.getByte(at + used);
            if (character == 0) {
                break;
            }
            text[used++] = character >= ' ' && character <= '~' ? character : (byte) '?';
        }
        return new String(text, 0, used, java.nio.charset.StandardCharsets.US_ASCII).stripTrailing();
    }
}
