package io.tickbridge.integration.exchange;

import java.util.ArrayList;
import java.util.List;

/** The messages of one IEX-TP session, numbered from 1, and how they are cut into segments. Keeps them all, to re-send. */
final class IexSession {
    static final int CHANNEL = 1;
    /** Bytes of messages in a segment that fits an Ethernet frame. */
    private static final int FULL = 1_400;

    private final int protocol;
    private final int session;
    private final Output output;
    private final List<byte[]> messages = new ArrayList<>();
    private int sent;

    /** Takes segments. */
    @FunctionalInterface
    interface Output {
        /** One segment; {@code next} is the number of the message after it. */
        void send(long next, byte[] segment);
    }

    IexSession(final int protocol, final int session, final Output output) {
        this.protocol = protocol;
        this.session = session;
        this.output = output;
    }

    synchronized void add(final byte[] message) {
        messages.add(message);
    }

    /** Sends what was added, in as many segments as it takes. */
    synchronized void flush(final long time) {
        while (sent < messages.size()) {
            final int first = sent + 1;
            int bytes = 0;
            while (sent < messages.size() && bytes + 2 + messages.get(sent).length <= FULL) {
                bytes += 2 + messages.get(sent).length;
                sent++;
            }
            output.send(sent + 1L, GapFillServer.segment(protocol, CHANNEL, session, messages, first, sent, time));
        }
    }

    /** Says which message comes next. */
    void heartbeat(final long time) {
        output.send(sent + 1L, GapFillServer.segment(protocol, CHANNEL, session, messages, sent + 1, sent, time));
    }

    /** Segments as a gap fill server sends them, from one message to another. */
    List<byte[]> again(final int from, final int to, final int most, final long time) {
        final List<byte[]> segments = new ArrayList<>();
        for (int first = from; first <= Math.min(to, sent); first += most) {
            segments.add(GapFillServer.segment(
                    protocol, CHANNEL, session, messages, first, Math.min(Math.min(to, sent), first + most - 1), time));
        }
        return segments;
    }

    /** Everything that was sent so far. */
    synchronized List<byte[]> sent() {
        return List.copyOf(messages.subList(0, sent));
    }

    int number() {
        return session;
    }
}
