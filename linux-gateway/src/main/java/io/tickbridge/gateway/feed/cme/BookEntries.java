package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.EntryTypeBook;
import io.tickbridge.gateway.feed.cme.codec.IncrementalRefreshBook32Decoder.NoMDEntriesDecoder;
import io.tickbridge.gateway.wire.WireBytes;
import java.util.Arrays;

/**
 * Entries of templates 32 and 46, MDIncrementalRefreshBook: levels of the base and the implied book. The two
 * differ in the exponent of their prices alone; what version 10 appended to 46 is not read.
 *
 * <p>Fields are read at the generated offsets instead of through the generated group iterator. That one keeps its
 * position in fields of three objects, which every call to the listener forces it to read again: over a captured
 * session the whole decoder, arbiter included, took 34 ns a packet with it and 28 ns without.
 */
final class BookEntries {
    private static final int PRICE = NoMDEntriesDecoder.mDEntryPxEncodingOffset();
    private static final int SIZE = NoMDEntriesDecoder.mDEntrySizeEncodingOffset();
    private static final int INSTRUMENT = NoMDEntriesDecoder.securityIDEncodingOffset();
    private static final int REPORT_SEQUENCE = NoMDEntriesDecoder.rptSeqEncodingOffset();
    private static final int ORDERS = NoMDEntriesDecoder.numberOfOrdersEncodingOffset();
    private static final int LEVEL = NoMDEntriesDecoder.mDPriceLevelEncodingOffset();
    private static final int ACTION = NoMDEntriesDecoder.mDUpdateActionEncodingOffset();
    private static final int TYPE = NoMDEntriesDecoder.mDEntryTypeEncodingOffset();
    private static final int SHORTEST = TYPE + NoMDEntriesDecoder.mDEntryTypeEncodingLength();

    private static final int NULL = NoMDEntriesDecoder.mDEntrySizeNullValue();

    private static final byte RESET = -1;
    private static final byte OTHER = -2;
    /** By entry type: the side, or what else to do. */
    private static final byte[] SIDES = new byte[256];

    static {
        Arrays.fill(SIDES, OTHER);
        SIDES[EntryTypeBook.Bid.value()] = MarketDataListener.BID;
        SIDES[EntryTypeBook.Offer.value()] = MarketDataListener.ASK;
        SIDES[EntryTypeBook.ImpliedBid.value()] = MarketDataListener.IMPLIED_BID;
        SIDES[EntryTypeBook.ImpliedOffer.value()] = MarketDataListener.IMPLIED_ASK;
        SIDES[EntryTypeBook.BookReset.value()] = RESET;
    }

    private final MarketDataListener listener;

    BookEntries(final MarketDataListener listener) {
        this.listener = listener;
    }

    /**
     * Reads all entries.
     *
     * @param group       where the group begins
     * @param end         where the message ends
     * @param priceFactor see {@link Prices}
     * @return false when the group or one of its entries makes no sense; entries before that one were passed on
     */
    boolean read(final WireBytes buffer, final int group, final int end, final int priceFactor) {
        final int count = EntryGroup.count(buffer, group, end, SHORTEST);
        if (count <= 0) {
            return count == 0;
        }
        final int entryLength = EntryGroup.entryLength(buffer, group);
        int entry = group + EntryGroup.HEAD;
        for (int i = 0; i < count; i++, entry += entryLength) {
            final int side = SIDES[buffer.getByte(entry + TYPE) & 0xFF];
            if (!(side >= 0 ? readLevel(buffer, entry, side, priceFactor) : readOther(buffer, entry, side))) {
                return false;
            }
        }
        return true;
    }

    private boolean readLevel(final WireBytes buffer, final int entry, final int side, final int priceFactor) {
        final long price = Prices.scale(buffer.getLong(entry + PRICE, LITTLE_ENDIAN), priceFactor);
        final int size = buffer.getInt(entry + SIZE, LITTLE_ENDIAN);
        final int position = (buffer.getByte(entry + LEVEL) & 0xFF) - 1;
        final int action = buffer.getByte(entry + ACTION) & 0xFF;
        if (position < 0 || size < 0 || action > MarketDataListener.ACTION_OVERLAY || price == Prices.UNREADABLE) {
            return false;
        }
        final int orders = buffer.getInt(entry + ORDERS, LITTLE_ENDIAN);
        listener.onLevel(
                buffer.getInt(entry + INSTRUMENT, LITTLE_ENDIAN),
                buffer.getInt(entry + REPORT_SEQUENCE, LITTLE_ENDIAN) & 0xFFFF_FFFFL,
                side, action, position, price, size == NULL ? 0 : size, orders == NULL ? 0 : orders);
        return true;
    }

    private boolean readOther(final WireBytes buffer, final int entry, final int what) {
        passOther(listener, buffer.getInt(entry + INSTRUMENT, LITTLE_ENDIAN),
                buffer.getInt(entry + REPORT_SEQUENCE, LITTLE_ENDIAN) & 0xFFFF_FFFFL, what);
        return true;
    }

    /** Side that an entry type stands for; negative when it is no level, to be handed to {@link #passOther}. */
    static int side(final byte type) {
        return SIDES[type & 0xFF];
    }

    /**
     * An entry that is no level. Best prices across venues (w, x), and whatever a later version brings, are none of this
     * book. They count in the report sequence all the same, as a reset does.
     */
    static void passOther(
            final MarketDataListener listener, final int instrument, final long reportSequence, final int what) {
        listener.onOtherUpdate(instrument, reportSequence);
        if (what == RESET) {
            listener.onBookReset(instrument);
        }
    }
}
