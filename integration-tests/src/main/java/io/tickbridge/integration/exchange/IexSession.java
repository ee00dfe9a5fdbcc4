package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.List;

/** The messages of one IEX-TP session as they come about, and how they are cut into segments. Keeps them all, to re-send. */
final class IexSession {
    static final int CHANNEL = 1;
    /** Bytes of messages in a segment that fits an Ethernet frame. */
    private static final int FULL = 1_400;

    private final IexStream stream;
    private final Output output;
    private final LaterVersion later;
    private final List<byte[]> unsent = new ArrayList<>();

    /** Takes segments. */
    @FunctionalInterface
    interface Output {
        /** One segment; {@code next} is the number of the message after it. */
        void send(long next, byte[] segment);
    }

    IexSession(final int protocol, final int session, final Output output, final LaterVersion later) {
        this.stream = new IexStream(protocol, CHANNEL, session);
        this.output = output;
        this.later = later;
    }

    void add(final byte[] message) {
        unsent.add(later.lengthened(message));
        if (later.happens()) {
            unsent.add(later.unknown());
        }
    }

    /** Sends what was added, in as many segments as it takes. */
    void flush(final long time) {
        int next = stream.size() + 1;
        unsent.forEach(stream::add);
        unsent.clear();
        while (next <= stream.size()) {
            final int last = stream.lastThatFits(next, FULL);
            output.send(last + 1L, stream.segment(next, last, time));
            next = last + 1;
        }
    }

    /** Says which message comes next. */
    void heartbeat(final long time) {
        output.send(stream.size() + 1L, stream.segment(stream.size() + 1, stream.size(), time));
    }

    /** Segments as a gap fill server sends them, from one message to another. */
    List<byte[]> again(final int from, final int to, final int most, final long time) {
        final List<byte[]> segments = new ArrayList<>();
        final int last = Math.min(to, stream.size());
        for (int first = from; first <= last; first += most) {
            segments.add(stream.segment(first, Math.min(last, first + most - 1), time));
        }
        return segments;
    }

    /** Everything that was sent so far. */
    IexStream sent() {
        return stream;
    }

    int number() {
        return stream.session();
    }
}
