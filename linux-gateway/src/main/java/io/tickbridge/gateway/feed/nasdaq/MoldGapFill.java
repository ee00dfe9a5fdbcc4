package io.tickbridge.gateway.feed.nasdaq;

import static java.nio.ByteOrder.BIG_ENDIAN;

import io.tickbridge.gateway.feed.GapFill;
import io.tickbridge.gateway.wire.WireBytes;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Re-requests as MoldUDP64 has them ("Request Packet" in the MoldUDP64 Protocol Specification V 1.00): session, first
 * sequence number, and how many messages; big-endian. A server answers with one downstream packet of as many of them as fit.
 *
 * <p>The stream is the last two characters of the session's name, the session its first eight.
 *
 * <p>One thread, not the receive thread.
 */
public final class MoldGapFill implements GapFill {
    private static final int REQUEST_LENGTH = 20;
    private static final int SEQUENCE = 10;
    private static final int COUNT = 18;
    /** The largest count but one, which stands for a session's end in the packets of the other direction. */
    private static final int MOST = 0xfffe;

    private final WireBytes packet = new WireBytes();
    private final UnsafeBuffer datagram =
            new UnsafeBuffer(ByteBuffer.allocateDirect(NasdaqFeedHandler.LARGEST_DATAGRAM));

    @Override
    public int mostByDatagram() {
        return MOST;
    }

    @Override
    public boolean answersInOnePacket() {
        return true;
    }

    @Override
    public int largestPacket() {
        return NasdaqFeedHandler.LARGEST_DATAGRAM;
    }

    @Override
    public int request(
            final MutableDirectBuffer target, final long stream, final long session, final long from, final long to) {
        MoldPacket.putSession(target, session, (short) stream);
        target.putLong(SEQUENCE, from, BIG_ENDIAN);
        target.putShort(COUNT, (short) (to - from + 1), BIG_ENDIAN);
        return REQUEST_LENGTH;
    }

    /** {@inheritDoc} MoldUDP64 knows no streams of bytes. */
    @Override
    public int packetLength(final DirectBuffer buffer, final int length) {
        throw new UnsupportedOperationException("MoldUDP64 is asked by datagrams alone");
    }

    @Override
    public long answer(
            final DirectBuffer buffer, final int length, final long stream, final long session, final long from,
            final long to, final Sink sink) {
        packet.wrap(buffer, 0, length);
        if (!MoldPacket.isSound(packet, 0, length)
                || MoldPacket.sessionHead(buffer, 0) != session || MoldPacket.sessionTail(buffer, 0) != (short) stream) {
            return REFUSED;
        }
        final long first = MoldPacket.sequence(buffer, 0);
        final int messages = MoldPacket.messages(buffer, 0);
        if (messages == 0 || first > to || first + messages <= from) {
            return REFUSED;
        }
        cut(buffer, first, messages, from, to, sink);
        return first <= from ? Math.min(first + messages, to + 1) : from;
    }

    /** With nothing but what was asked for: the arbiter takes nothing beyond what the lines have shown to exist. */
    private void cut(
            final DirectBuffer buffer, final long first, final int messages, final long from, final long to,
            final Sink sink) {
        datagram.putBytes(0, buffer, 0, MoldPacket.HEADER_LENGTH);
        int block = MoldPacket.HEADER_LENGTH;
        int end = MoldPacket.HEADER_LENGTH;
        int count = 0;
        for (int i = 0; i < messages; i++) {
            final int length = MoldPacket.BLOCK_LENGTH_SIZE + MoldPacket.messageLength(buffer, block);
            if (first + i >= from && first + i <= to) {
                datagram.putBytes(end, buffer, block, length);
                end += length;
                count++;
            }
            block += length;
        }
        MoldPacket.putNumbers(datagram, Math.max(first, from), count);
        sink.onDatagram(datagram, end);
    }
}
