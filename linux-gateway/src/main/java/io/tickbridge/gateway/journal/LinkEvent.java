package io.tickbridge.gateway.journal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Something that happened on the link: who came, who went, and why. Text, so that it can be read without this software.
 * What does not fit its field is cut off.
 *
 * @param connection number of the connection in its run, from 1; 0 for none in particular
 * @param count      how many such things this one stands for
 * @param kind       what happened, lower case words with hyphens, at most 24 characters
 * @param name       the add-on's name, at most 32; empty before it has logged on
 * @param address    where it connects from, at most 48
 * @param text       more, for people, at most 112
 */
public record LinkEvent(long connection, long count, String kind, String name, String address, String text) {
    /** Bytes of the payload. */
    static final int LENGTH = 232;

    private static final int COUNT_OFFSET = 8;
    private static final int KIND_OFFSET = 16;
    private static final int NAME_OFFSET = 40;
    private static final int ADDRESS_OFFSET = 72;
    private static final int TEXT_OFFSET = 120;

    void encode(final MutableDirectBuffer buffer, final int offset) {
        buffer.putLong(offset, connection, RecordLayout.ORDER);
        buffer.putLong(offset + COUNT_OFFSET, count, RecordLayout.ORDER);
        put(kind, buffer, offset + KIND_OFFSET, NAME_OFFSET - KIND_OFFSET);
        put(name, buffer, offset + NAME_OFFSET, ADDRESS_OFFSET - NAME_OFFSET);
        put(address, buffer, offset + ADDRESS_OFFSET, TEXT_OFFSET - ADDRESS_OFFSET);
        put(text, buffer, offset + TEXT_OFFSET, LENGTH - TEXT_OFFSET);
    }

    static LinkEvent decode(final DirectBuffer buffer, final int offset) {
        return new LinkEvent(buffer.getLong(offset, RecordLayout.ORDER),
                buffer.getLong(offset + COUNT_OFFSET, RecordLayout.ORDER),
                get(buffer, offset + KIND_OFFSET, NAME_OFFSET - KIND_OFFSET),
                get(buffer, offset + NAME_OFFSET, ADDRESS_OFFSET - NAME_OFFSET),
                get(buffer, offset + ADDRESS_OFFSET, TEXT_OFFSET - ADDRESS_OFFSET),
                get(buffer, offset + TEXT_OFFSET, LENGTH - TEXT_OFFSET));
    }

    private static void put(final String text, final MutableDirectBuffer buffer, final int offset, final int length) {
        buffer.putBytes(offset, Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), length));
    }

    private static String get(final DirectBuffer buffer, final int offset, final int length) {
        final String text = buffer.getStringWithoutLengthAscii(offset, length);
        final int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }
}
