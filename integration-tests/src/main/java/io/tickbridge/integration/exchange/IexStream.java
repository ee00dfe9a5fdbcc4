package io.tickbridge.integration.exchange;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What was said in one IEX-TP session, and its Outbound Segments ("Outbound Segment Format" in the IEX Transport
 * Specification). Messages are numbered from 1; at which byte of the stream each begins is kept, so that a segment costs
 * the same however long the day already is. Any thread.
 */
final class IexStream {
    private static final int SEGMENT_HEADER = 40;

    private final int protocol;
    private final int channel;
    private final int session;
    private final List<byte[]> messages = new ArrayList<>();
    /** Bytes of payload before each message, and before the one that comes next. */
    private long[] offsets = new long[1024];

    IexStream(final int protocol, final int channel, final int session) {
        this.protocol = protocol;
        this.channel = channel;
        this.session = session;
    }

    int protocol() {
        return protocol;
    }

    int channel() {
        return channel;
    }

    int session() {
        return session;
    }

    synchronized IexStream add(final byte[] message) {
        if (messages.size() + 1 == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * offsets.length);
        }
        offsets[messages.size() + 1] = offsets[messages.size()] + Short.BYTES + message.length;
        messages.add(message);
        return this;
    }

    /** How many messages there are. */
    synchronized int size() {
        return messages.size();
    }

    /** The last of the messages from a number on that fit so many bytes of payload: that number's at least. */
    synchronized int lastThatFits(final int from, final int payload) {
        int last = from;
        while (last < messages.size() && offsets[last + 1] - offsets[from - 1] <= payload) {
            last++;
        }
        return last;
    }

    /** The segment of the messages from one number to another; that from the next number to the last one is a heartbeat. */
    synchronized byte[] segment(final int from, final int to, final long sendTime) {
        final int payload = (int) (offsets[to] - offsets[from - 1]);
        final ByteBuffer segment = ByteBuffer.allocate(SEGMENT_HEADER + payload).order(ByteOrder.LITTLE_ENDIAN);
        segment.put((byte) 1).put((byte) 0).putShort((short) protocol).putInt(channel).putInt(session);
        segment.putShort((short) payload).putShort((short) (to - from + 1)).putLong(offsets[from - 1]).putLong(from);
        segment.putLong(sendTime);
        messages.subList(from - 1, to).forEach(message -> segment.putShort((short) message.length).put(message));
        return segment.array();
    }
}
