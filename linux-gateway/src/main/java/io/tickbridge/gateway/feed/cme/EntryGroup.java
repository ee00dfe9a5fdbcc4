package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.cme.codec.GroupSizeDecoder;
import io.tickbridge.gateway.wire.WireBytes;

/**
 * Head of the repeating group of entries that follows a root block: composite groupSize of the schema. Its lengths
 * are checked once here, so that nothing needs checking while entries are read.
 */
final class EntryGroup {
    /** Bytes before the first entry. */
    static final int HEAD = GroupSizeDecoder.ENCODED_LENGTH;
    /** What {@link #count} returns for a group that contradicts its message. */
    static final int BROKEN = -1;

    private static final int ENTRY_LENGTH = GroupSizeDecoder.blockLengthEncodingOffset();
    private static final int COUNT = GroupSizeDecoder.numInGroupEncodingOffset();

    private EntryGroup() {
    }

    /**
     * Number of entries.
     *
     * @param shortest bytes of an entry that are read; a shorter one is broken, a longer one is of a later version
     * @return {@link #BROKEN} when the entries do not fit between here and the message's end
     */
    static int count(final WireBytes buffer, final int group, final int end, final int shortest) {
        if (end - group < HEAD) {
            return BROKEN;
        }
        final int count = buffer.getByte(group + COUNT) & 0xFF;
        if (count == 0) {
            return 0;
        }
        final int entryLength = entryLength(buffer, group);
        return entryLength < shortest || count * entryLength > end - group - HEAD ? BROKEN : count;
    }

    /** Number of entries of a group that {@link #count} found sound. */
    static int counted(final WireBytes buffer, final int group) {
        return buffer.getByte(group + COUNT) & 0xFF;
    }

    static int entryLength(final WireBytes buffer, final int group) {
        return buffer.getShort(group + ENTRY_LENGTH, LITTLE_ENDIAN) & 0xFFFF;
    }
}
