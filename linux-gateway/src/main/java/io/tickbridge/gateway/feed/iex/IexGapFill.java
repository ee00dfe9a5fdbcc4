package io.tickbridge.gateway.feed.iex;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.wire.WireBytes;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gap fill as IEX offers it: "Gap Fill Request" and "Unicast Gap Fill" of the IEX Transport Specification 1.26, and
 * "Unicast Gap Fill Details" of the message specifications: request type Sequenced Messages, 1,000 messages a request by
 * UDP, no limit by TCP. Little-endian.
 *
 * <p>A request has one Request Range Block. An answer is made of Outbound Segments, by TCP of up to 64 KB. They are cut
 * into segments that a datagram can hold, each message once; header fields stay the server's, but for payload length,
 * message count, stream offset and first sequence number.
 *
 * <p>One thread, not the receive thread.
 */
public final class IexGapFill implements GapFill {
    private static final int SEQUENCED_MESSAGES = 1;
    private static final int MOST_BY_UDP = 1000;
    private static final int REQUEST_LENGTH = 32;
    private static final int LARGEST_PAYLOAD = 0xffff;
    /** Payload after which a segment is ended: with all headers it fits an Ethernet frame of 1,500 bytes. */
    private static final int FULL = 1400;

    private static final int REQUEST_TYPE = 1;
    private static final int PROTOCOL_ID = 2;
    private static final int CHANNEL = 4;
    private static final int SESSION = 8;
    private static final int RANGE_COUNT = 12;
    private static final int FIRST = 16;
    private static final int LAST = 24;

    private static final int PAYLOAD_LENGTH = 12;
    private static final int MESSAGE_COUNT = 14;
    private static final int STREAM_OFFSET = 16;
    private static final int FIRST_SEQUENCE = 24;

    private final IexProtocol protocol;
    private final WireBytes bytes = new WireBytes();
    private final UnsafeBuffer segment =
            new UnsafeBuffer(ByteBuffer.allocateDirect(Segment.HEADER_LENGTH + LARGEST_PAYLOAD));

    /**
     * For one feed.
     *
     * @param protocol which messages it carries
     */
    public IexGapFill(final IexProtocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public int mostByDatagram() {
        return MOST_BY_UDP;
    }

    @Override
    public int largestPacket() {
        return Segment.HEADER_LENGTH + LARGEST_PAYLOAD;
    }

    /** {@inheritDoc} The stream is the Channel ID, the session the Session ID. */
    @Override
    public int request(
            final MutableDirectBuffer target, final long stream, final long session, final long from, final long to) {
        target.putByte(0, (byte) Segment.VERSION_1);
        target.putByte(REQUEST_TYPE, (byte) SEQUENCED_MESSAGES);
        target.putShort(PROTOCOL_ID, (short) protocol.id(), LITTLE_ENDIAN);
        target.putInt(CHANNEL, (int) stream, LITTLE_ENDIAN);
        target.putInt(SESSION, (int) session, LITTLE_ENDIAN);
        target.putInt(RANGE_COUNT, 1, LITTLE_ENDIAN);
        target.putLong(FIRST, from, LITTLE_ENDIAN);
        target.putLong(LAST, to, LITTLE_ENDIAN);
        return REQUEST_LENGTH;
    }

    @Override
    public int packetLength(final DirectBuffer buffer, final int length) {
        return length < Segment.HEADER_LENGTH ? 0
                : Segment.HEADER_LENGTH + (buffer.getShort(PAYLOAD_LENGTH, LITTLE_ENDIAN) & 0xffff);
    }

    @Override
    public long answer(
            final DirectBuffer buffer, final int length, final long stream, final long session, final long from,
            final long to, final Sink sink) {
        bytes.wrap(buffer, 0, length);
        if (!Segment.isSound(bytes, 0, length, protocol)
                || Segment.channel(bytes, 0) != (int) stream || Segment.session(bytes, 0) != (int) session) {
            return REFUSED;
        }
        final long first = Segment.firstSequence(bytes, 0);
        final int messages = Segment.messageCount(bytes, 0);
        if (messages == 0 || first > to || first + messages <= from) {
            return REFUSED;
        }
        cut(buffer, first, messages, from, to, sink);
        return first <= from ? Math.min(first + messages, to + 1) : from;
    }

    private void cut(
            final DirectBuffer buffer, final long first, final int messages, final long from, final long to,
            final Sink sink) {
        segment.putBytes(0, buffer, 0, Segment.HEADER_LENGTH);
        final long offset = Segment.streamOffset(bytes, 0);
        int block = Segment.HEADER_LENGTH;
        int end = Segment.HEADER_LENGTH;
        int count = 0;
        for (int i = 0; i < messages; i++) {
            final int length = Segment.BLOCK_LENGTH_SIZE + Segment.messageLength(bytes, block);
            if (first + i >= from && first + i <= to) {
                if (count > 0 && end + length > Segment.HEADER_LENGTH + FULL) {
                    hand(end, count, sink);
                    count = 0;
                }
                if (count == 0) {
                    segment.putLong(STREAM_OFFSET, offset + block - Segment.HEADER_LENGTH, LITTLE_ENDIAN);
                    segment.putLong(FIRST_SEQUENCE, first + i, LITTLE_ENDIAN);
                    end = Segment.HEADER_LENGTH;
                }
                segment.putBytes(end, buffer, block, length);
                end += length;
                count++;
            }
            block += length;
        }
        hand(end, count, sink);
    }

    private void hand(final int end, final int count, final Sink sink) {
        segment.putShort(PAYLOAD_LENGTH, (short) (end - Segment.HEADER_LENGTH), LITTLE_ENDIAN);
        segment.putShort(MESSAGE_COUNT, (short) count, LITTLE_ENDIAN);
        sink.onDatagram(segment, end);
    }
}
