package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.GroupSize8ByteDecoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshBook46Decoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshBook46Decoder.NoOrderIDEntriesDecoder;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshOrderBook47Decoder.NoMDEntriesDecoder;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Single orders of the incremental feed (CME Globex MDP 3.0, "Market by Order Full Depth - Book Management"). Templates 46
 * and 32 name orders in a second group, NoOrderIDEntries, whose ReferenceID points, from 1, to the level entry that has the
 * instrument, the side and the price; 47 and 43 have them in entries of their own, for what is too deep to change a level.
 * The older of each pair differ in the exponent of their prices alone. There are no implied orders.
 */
final class OrderEntries {
    private static final int ORDER = NoOrderIDEntriesDecoder.orderIDEncodingOffset();
    private static final int PRIORITY = NoOrderIDEntriesDecoder.mDOrderPriorityEncodingOffset();
    private static final int QUANTITY = NoOrderIDEntriesDecoder.mDDisplayQtyEncodingOffset();
    private static final int REFERENCE = NoOrderIDEntriesDecoder.referenceIDEncodingOffset();
    private static final int ACTION = NoOrderIDEntriesDecoder.orderUpdateActionEncodingOffset();

    private static final int LEVEL_PRICE = IncrementalRefreshBook46Decoder.NoMDEntriesDecoder.mDEntryPxEncodingOffset();
    private static final int LEVEL_INSTRUMENT =
            IncrementalRefreshBook46Decoder.NoMDEntriesDecoder.securityIDEncodingOffset();
    private static final int LEVEL_TYPE = IncrementalRefreshBook46Decoder.NoMDEntriesDecoder.mDEntryTypeEncodingOffset();

    private static final int OWN_ORDER = NoMDEntriesDecoder.orderIDEncodingOffset();
    private static final int OWN_PRIORITY = NoMDEntriesDecoder.mDOrderPriorityEncodingOffset();
    private static final int OWN_PRICE = NoMDEntriesDecoder.mDEntryPxEncodingOffset();
    private static final int OWN_QUANTITY = NoMDEntriesDecoder.mDDisplayQtyEncodingOffset();
    private static final int OWN_INSTRUMENT = NoMDEntriesDecoder.securityIDEncodingOffset();
    private static final int OWN_ACTION = NoMDEntriesDecoder.mDUpdateActionEncodingOffset();
    private static final int OWN_TYPE = NoMDEntriesDecoder.mDEntryTypeEncodingOffset();

    private static final int NULL_QUANTITY = NoOrderIDEntriesDecoder.mDDisplayQtyNullValue();
    private static final int COUNT = GroupSize8ByteDecoder.numInGroupEncodingOffset();

    private final MarketDataListener listener;

    OrderEntries(final MarketDataListener listener) {
        this.listener = listener;
    }

    /**
     * Where the second group begins, the first having been found sound.
     *
     * @return an index at or near the end when the message has no second group
     */
    static int second(final WireBytes buffer, final int group) {
        return group + EntryGroup.HEAD + EntryGroup.counted(buffer, group) * EntryGroup.entryLength(buffer, group);
    }

    /**
     * Number of entries of a second group, whose head has 8 bytes.
     *
     * @param shortest bytes of an entry that are read
     * @return 0 when there is no such group, {@link EntryGroup#BROKEN} when it contradicts its message
     */
    static int count(final WireBytes buffer, final int second, final int end, final int shortest) {
        // Before version 7 messages have one group; what is too short for another's head is padding.
        if (end - second < GroupSize8ByteDecoder.ENCODED_LENGTH) {
            return 0;
        }
        final int count = buffer.getByte(second + COUNT) & 0xFF;
        if (count == 0) {
            return 0;
        }
        final int entryLength = EntryGroup.entryLength(buffer, second);
        return entryLength < shortest || count * entryLength > end - second - GroupSize8ByteDecoder.ENCODED_LENGTH
                ? EntryGroup.BROKEN : count;
    }

    /**
     * Reads the orders that refer to levels.
     *
     * @param levels where the group of levels begins, which was found sound
     * @param end    where the message ends
     * @return false when something makes no sense; entries before that were passed on
     */
    boolean readReferring(final WireBytes buffer, final int levels, final int end, final int priceFactor) {
        final int second = second(buffer, levels);
        final int count = count(buffer, second, end, ACTION + 1);
        final int entryLength = count <= 0 ? 0 : EntryGroup.entryLength(buffer, second);
        int entry = second + GroupSize8ByteDecoder.ENCODED_LENGTH;
        for (int i = 0; i < count; i++, entry += entryLength) {
            final int reference = (buffer.getByte(entry + REFERENCE) & 0xFF) - 1;
            if (reference < 0 || reference >= EntryGroup.counted(buffer, levels)) {
                return false;
            }
            final int level = levels + EntryGroup.HEAD + reference * EntryGroup.entryLength(buffer, levels);
            if (!pass(
                    buffer.getInt(level + LEVEL_INSTRUMENT, LITTLE_ENDIAN), buffer.getLong(entry + ORDER, LITTLE_ENDIAN),
                    BookEntries.side(buffer.getByte(level + LEVEL_TYPE)), buffer.getByte(entry + ACTION) & 0xFF,
                    buffer.getLong(entry + PRIORITY, LITTLE_ENDIAN),
                    Prices.scale(buffer.getLong(level + LEVEL_PRICE, LITTLE_ENDIAN), priceFactor),
                    buffer.getInt(entry + QUANTITY, LITTLE_ENDIAN))) {
                return false;
            }
        }
        return count >= 0;
    }

    /**
     * Reads the entries of templates 47 and 43.
     *
     * @param group where the group begins
     * @param end   where the message ends
     * @return false when something makes no sense; entries before that were passed on
     */
    boolean readOwn(final WireBytes buffer, final int group, final int end, final int priceFactor) {
        final int count = EntryGroup.count(buffer, group, end, OWN_TYPE + 1);
        final int entryLength = count <= 0 ? 0 : EntryGroup.entryLength(buffer, group);
        int entry = group + EntryGroup.HEAD;
        for (int i = 0; i < count; i++, entry += entryLength) {
            if (!pass(
                    buffer.getInt(entry + OWN_INSTRUMENT, LITTLE_ENDIAN), buffer.getLong(entry + OWN_ORDER, LITTLE_ENDIAN),
                    BookEntries.side(buffer.getByte(entry + OWN_TYPE)), buffer.getByte(entry + OWN_ACTION) & 0xFF,
                    buffer.getLong(entry + OWN_PRIORITY, LITTLE_ENDIAN),
                    Prices.scale(buffer.getLong(entry + OWN_PRICE, LITTLE_ENDIAN), priceFactor),
                    buffer.getInt(entry + OWN_QUANTITY, LITTLE_ENDIAN))) {
                return false;
            }
        }
        return count >= 0;
    }

    private boolean pass(
            final int instrument, final long order, final int side, final int action, final long priority,
            final long price, final int quantity) {
        if (side != MarketDataListener.BID && side != MarketDataListener.ASK || quantity < 0
                || action > MarketDataListener.ACTION_DELETE || price == Prices.UNREADABLE) {
            return false;
        }
        // The wire's null of a priority is the listener's.
        listener.onOrder(instrument, order, side, action, priority, price, quantity == NULL_QUANTITY ? 0 : quantity);
        return true;
    }
}
