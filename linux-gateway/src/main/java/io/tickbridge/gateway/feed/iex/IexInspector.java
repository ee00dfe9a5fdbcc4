package io.tickbridge.gateway.feed.iex;

import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.wire.WireBytes;
import java.util.Arrays;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Spells out IEX-TP segments that carry TOPS 1.6, DEEP 1.0 or DEEP+ 1.0; each says itself which. Messages before the first one
 * that cannot be read are given.
 *
 * <p>Prices are decimal, times are ns since the Unix epoch except an auction's scheduled time, which is seconds as
 * on the wire. The wire knows no null: a quote's side without orders has price and size 0.
 */
public final class IexInspector implements MessageInspector {

    @Override
    public void inspect(final DirectBuffer buffer, final int offset, final int length, final Sink sink) {
        if (length < Segment.HEADER_LENGTH) {
            sink.onMalformed(-1, String.format(
                    "%d bytes are too few for an IEX-TP header of %d", length, Segment.HEADER_LENGTH));
            return;
        }
        final WireBytes bytes = new WireBytes();
        bytes.wrap(buffer, offset, length);
        final long sequence = Segment.firstSequence(bytes, offset);
        final Optional<IexProtocol> protocol = protocol(Segment.protocolId(bytes, offset));
        final int payload = Segment.payloadLength(bytes, offset);
        if (Segment.version(bytes, offset) != Segment.VERSION_1) {
            sink.onMalformed(sequence, String.format(
                    "IEX-TP version %d at byte 0 is not 1", Segment.version(bytes, offset)));
        } else if (protocol.isEmpty()) {
            sink.onMalformed(sequence, String.format(
                    "message protocol 0x%04x at byte 2 is none of TOPS 1.6 (0x8003), DEEP 1.0 (0x8004), DEEP+ 1.0 (0x8005)",
                    Segment.protocolId(bytes, offset)));
        } else if (payload > length - Segment.HEADER_LENGTH) {
            sink.onMalformed(sequence, String.format(
                    "payload length %d at byte 12, but %d bytes follow the header",
                    payload, length - Segment.HEADER_LENGTH));
        } else {
            messages(buffer, bytes, offset, protocol.get(), sink);
        }
    }

    private static void messages(
            final DirectBuffer buffer, final WireBytes bytes, final int offset, final IexProtocol protocol, final Sink sink) {
        final long sequence = Segment.firstSequence(bytes, offset);
        final int count = Segment.messageCount(bytes, offset);
        final int end = offset + Segment.HEADER_LENGTH + Segment.payloadLength(bytes, offset);
        int block = offset + Segment.HEADER_LENGTH;
        for (int i = 0; i < count; i++) {
            final String where = String.format("message %d of %d at byte %d", i + 1, count, block - offset);
            if (end - block < Segment.BLOCK_LENGTH_SIZE) {
                sink.onMalformed(sequence, where + ": the payload ends before its length");
                return;
            }
            final int message = block + Segment.BLOCK_LENGTH_SIZE;
            final int length = Segment.messageLength(bytes, block);
            if (length > end - message) {
                sink.onMalformed(sequence, String.format(
                        "%s: length %d, but %d bytes are left of the payload", where, length, end - message));
                return;
            }
            final int type = length == 0 ? 0 : buffer.getByte(message) & 0xff;
            final int minimum = protocol.minimumLength(type);
            if (minimum == 0) {
                sink.onMessage(sequence + i, typeText(type), MessageFields.ofUnknown(length));
            } else if (length < minimum) {
                sink.onMalformed(sequence, String.format(
                        "%s: length %d is less than the %d of type %c", where, length, minimum, type));
                return;
            } else {
                sink.onMessage(sequence + i, typeText(type), MessageFields.of(buffer, message, length));
            }
            block = message + length;
        }
        if (block != end) {
            sink.onMalformed(sequence, String.format(
                    "%d bytes of payload are left after message %d of %d", end - block, count, count));
        } else if (count == 0) {
            sink.onHeartbeat(sequence);
        }
    }

    private static Optional<IexProtocol> protocol(final int id) {
        return Arrays.stream(IexProtocol.values()).filter(protocol -> protocol.id() == id).findFirst();
    }

    private static String typeText(final int type) {
        return type > ' ' && type <= '~' ? String.valueOf((char) type) : FieldNames.hex(type);
    }
}
