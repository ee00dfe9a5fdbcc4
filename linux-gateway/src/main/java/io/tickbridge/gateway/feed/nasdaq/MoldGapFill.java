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
 * sequence number, and how many messages; big-endian. A server answers with one downstream packet of as many of them as fit,
 * wherever that cuts an event; what is handed over ends with whole ones.
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

    /** No message. */
    private static final int NONE = -1;

    private final WireBytes packet = new WireBytes();
    private final UnsafeBuffer datagram =
            new UnsafeBuffer(ByteBuffer.allocateDirect(NasdaqFeedHandler.LARGEST_DATAGRAM));
    /** What of earlier answers is still to be handed over: so many messages, to this place, before this number. */
    private int count;
    private int end = MoldPacket.HEADER_LENGTH;
    private long next;
    private long pendingStream;
    private long pendingSession;

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
        final long end = Math.min(first + messages, to + 1);
        if (first > from) {
            hand(sink);
            take(buffer, first, messages, from, to, sink);
            hand(sink);
            reset(from);
            return from;
        }
        if (next != from || !isOfPending(stream, session)) {
            reset(from);
        }
        pendingStream = stream;
        pendingSession = session;
        take(buffer, first, messages, from, to, sink);
        if (end > to) {
            hand(sink);
        } else {
            handWholeEvents(sink);
        }
        return end;
    }

    private boolean isOfPending(final long stream, final long session) {
        return pendingStream == stream && pendingSession == session;
    }

    private void reset(final long from) {
        next = from;
        count = 0;
        end = MoldPacket.HEADER_LENGTH;
    }

    /** With nothing but what was asked for: the arbiter takes nothing beyond what the lines have shown to exist. */
    private void take(
            final DirectBuffer buffer, final long first, final int messages, final long from, final long to,
            final Sink sink) {
        datagram.putBytes(0, buffer, 0, MoldPacket.SESSION_LENGTH);
        int block = MoldPacket.HEADER_LENGTH;
        for (int i = 0; i < messages; i++) {
            final int length = MoldPacket.BLOCK_LENGTH_SIZE + MoldPacket.messageLength(buffer, block);
            if (first + i >= from && first + i <= to) {
                if (end + length > NasdaqFeedHandler.LARGEST_DATAGRAM) {
                    hand(sink);
                }
                next = count == 0 ? first + i + 1 : next + 1;
                datagram.putBytes(end, buffer, block, length);
                end += length;
                count++;
            }
            block += length;
        }
    }

    /** All that is pending. */
    private void hand(final Sink sink) {
        if (count > 0) {
            MoldPacket.putNumbers(datagram, next - count, count);
            sink.onDatagram(datagram, end);
        }
        reset(next);
    }

    /**
     * What is pending but for its last event, which goes on as long as stock and time are the same, and of which more may
     * follow with the next answer: nobody must see half of it.
     */
    private void handWholeEvents(final Sink sink) {
        int block = MoldPacket.HEADER_LENGTH;
        int before = NONE;
        int lastEvent = block;
        int whole = 0;
        for (int i = 0; i < count; i++) {
            final int message = block + MoldPacket.BLOCK_LENGTH_SIZE;
            final int length = MoldPacket.messageLength(datagram, block);
            final boolean hasTime = length >= ItchLayout.HEADER_LENGTH;
            if (before == NONE || !hasTime || !ItchLayout.isSameEvent(datagram, before, message)) {
                lastEvent = block;
                whole = i;
            }
            before = hasTime ? message : NONE;
            block = message + length;
        }
        if (whole > 0) {
            MoldPacket.putNumbers(datagram, next - count, whole);
            sink.onDatagram(datagram, lastEvent);
            datagram.putBytes(MoldPacket.HEADER_LENGTH, datagram, lastEvent, end - lastEvent);
            count -= whole;
            end -= lastEvent - MoldPacket.HEADER_LENGTH;
        }
    }
}
