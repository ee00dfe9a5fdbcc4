package io.tickbridge.gateway.journal;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Something that concerns how far a feed can be trusted.
 *
 * @param kind         what
 * @param feed         its place in the configuration, from 0
 * @param state        of the book, by its number on the link; for {@link Kind#BOOK_STATE}, otherwise 0
 * @param instrument   the venue's number of it; for {@link Kind#BOOK_STATE}, otherwise 0
 * @param gaps         holes on all lines that were given up since the last such event; for {@link Kind#GAP}, otherwise 0
 * @param lost         packets in them; for IEX messages
 * @param exchangeTime ns since the Unix epoch; for {@link Kind#BOOK_STATE}, otherwise 0
 */
public record FeedHealth(Kind kind, int feed, int state, long instrument, long gaps, long lost, long exchangeTime) {
    /** Bytes of the payload. */
    static final int LENGTH = 40;

    private static final int KIND_OFFSET = 0;
    private static final int STATE_OFFSET = 1;
    private static final int FEED_OFFSET = 2;
    // Four bytes are left, zero.
    private static final int INSTRUMENT_OFFSET = 8;
    private static final int GAPS_OFFSET = 16;
    private static final int LOST_OFFSET = 24;
    private static final int EXCHANGE_TIME_OFFSET = 32;

    /** Kinds of event, by their number in the record. */
    public enum Kind {
        /** Of a later build. */
        UNKNOWN,
        /** Packets that no line delivered were given up. */
        GAP,
        /** A book is not to be trusted any more, and why; or it is again. */
        BOOK_STATE
    }

    private static final Kind[] KINDS = Kind.values();

    static void encode(
            final MutableDirectBuffer buffer, final Kind kind, final int feed, final int state, final long instrument,
            final long gaps, final long lost, final long exchangeTime) {
        buffer.putLong(0, 0);
        buffer.putByte(KIND_OFFSET, (byte) kind.ordinal());
        buffer.putByte(STATE_OFFSET, (byte) state);
        buffer.putShort(FEED_OFFSET, (short) feed, RecordLayout.ORDER);
        buffer.putLong(INSTRUMENT_OFFSET, instrument, RecordLayout.ORDER);
        buffer.putLong(GAPS_OFFSET, gaps, RecordLayout.ORDER);
        buffer.putLong(LOST_OFFSET, lost, RecordLayout.ORDER);
        buffer.putLong(EXCHANGE_TIME_OFFSET, exchangeTime, RecordLayout.ORDER);
    }

    static FeedHealth decode(final DirectBuffer buffer, final int offset) {
        final int kind = buffer.getByte(offset + KIND_OFFSET) & 0xff;
        return new FeedHealth(kind < KINDS.length ? KINDS[kind] : Kind.UNKNOWN,
                buffer.getShort(offset + FEED_OFFSET, RecordLayout.ORDER) & 0xffff,
                buffer.getByte(offset + STATE_OFFSET) & 0xff,
                buffer.getLong(offset + INSTRUMENT_OFFSET, RecordLayout.ORDER),
                buffer.getLong(offset + GAPS_OFFSET, RecordLayout.ORDER),
                buffer.getLong(offset + LOST_OFFSET, RecordLayout.ORDER),
                buffer.getLong(offset + EXCHANGE_TIME_OFFSET, RecordLayout.ORDER));
    }
}
