package io.tickbridge.gateway.feed.nasdaq;

import io.tickbridge.gateway.feed.MessageInspector;
import org.agrona.DirectBuffer;

/**
 * Spells out MoldUDP64 packets that carry TotalView-ITCH 5.0. A message whose length is not that of its type is
 * malformed by itself: the packet's other messages are given.
 *
 * <p>Prices are decimal, timestamps ns since midnight in New York.
 */
public final class ItchInspector implements MessageInspector {

    @Override
    public void inspect(final DirectBuffer buffer, final int offset, final int length, final Sink sink) {
        if (length < MoldPacket.HEADER_LENGTH) {
            sink.onMalformed(-1, String.format(
                    "%d bytes are too few for a MoldUDP64 header of %d", length, MoldPacket.HEADER_LENGTH));
            return;
        }
        final long sequence = MoldPacket.sequence(buffer, offset);
        final int count = MoldPacket.messages(buffer, offset);
        final int end = offset + length;
        int block = offset + MoldPacket.HEADER_LENGTH;
        for (int i = 0; i < count; i++) {
            final String where = String.format("message %d of %d at byte %d", i + 1, count, block - offset);
            if (end - block < MoldPacket.BLOCK_LENGTH_SIZE) {
                sink.onMalformed(sequence, where + ": the packet ends before its length");
                return;
            }
            final int message = block + MoldPacket.BLOCK_LENGTH_SIZE;
            final int messageLength = MoldPacket.messageLength(buffer, block);
            if (messageLength > end - message) {
                sink.onMalformed(sequence, String.format(
                        "%s: length %d, but %d bytes are left", where, messageLength, end - message));
                return;
            }
            message(buffer, message, messageLength, sequence, sequence + i, where, sink);
            block = message + messageLength;
        }
        if (block != end) {
            sink.onMalformed(sequence, String.format(
                    "%d bytes are left after message %d of %d", end - block, count, count));
        } else if (count == 0) {
            sink.onHeartbeat(sequence);
        }
    }

    private static void message(
            final DirectBuffer buffer, final int message, final int length, final long packet, final long sequence,
            final String where, final Sink sink) {
        final int type = length == 0 ? 0 : buffer.getByte(message) & 0xff;
        final int expected = ItchLayout.length(type);
        if (expected == 0) {
            sink.onMessage(sequence, ItchNames.text(type), ItchFields.ofUnknown(length));
        } else if (length != expected) {
            sink.onMalformed(packet, String.format(
                    "%s: length %d is not the %d of type %c", where, length, expected, type));
        } else {
            sink.onMessage(sequence, ItchNames.text(type), ItchFields.of(buffer, message));
        }
    }
}
