package io.tickbridge.gateway.feed.iex;

import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A second line made of a captured one: the same messages, one to a segment, each sent a little later by another
 * clock.
 */
final class RecutLine {
    private static final long LATER = 300_000;
    private static final int HEADER = 40;

    private final IexCapture capture;
    private final WireBytes wire = new WireBytes();
    private final MutableDirectBuffer segment = new UnsafeBuffer(new byte[1 << 16]);

    RecutLine(final IexCapture capture) {
        this.capture = capture;
    }

    /**
     * Plays what one datagram of the capture holds.
     *
     * @param lossy whether messages whose sequence is divisible by eleven are lost
     */
    void play(final int index, final IexFeedHandler feed, final int line, final boolean lossy) {
        final IexCapture.Payload payload = capture.payloads().get(index);
        final DirectBuffer bytes = capture.bytes();
        final int offset = payload.offset();
        wire.wrap(bytes, offset, payload.length());
        final int count = Segment.messageCount(wire, offset);
        if (count == 0) {
            send(feed, line, offset, offset + HEADER, 0, Segment.firstSequence(bytes, offset), 0);
        }
        int block = offset + HEADER;
        for (int i = 0; i < count; i++) {
            final int length = 2 + Segment.messageLength(wire, block);
            final long sequence = Segment.firstSequence(bytes, offset) + i;
            if (!lossy || sequence % 11 != 0) {
                send(feed, line, offset, block, length, sequence, 1);
            }
            block += length;
        }
    }

    private void send(
            final IexFeedHandler feed, final int line,
            final int header, final int block, final int length, final long sequence, final int messages) {
        final DirectBuffer bytes = capture.bytes();
        segment.putBytes(0, bytes, header, HEADER);
        segment.putShort(12, (short) length);
        segment.putShort(14, (short) messages);
        segment.putLong(16, Segment.streamOffset(wire, header) + block - header - HEADER);
        segment.putLong(24, sequence);
        segment.putLong(32, Segment.sendTime(bytes, header) + LATER);
        segment.putBytes(HEADER, bytes, block, length);
        feed.onDatagram(segment, 0, HEADER + length, 0, line);
    }
}
