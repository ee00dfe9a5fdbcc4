package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.capture.CaptureException;
import io.tickbridge.gateway.feed.MessageInspector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Keeps a capture's datagrams back until one of them makes sense as what the user says they are, then lets all through.
 * A file of another kind so gets one error instead of one for each datagram.
 */
final class FeedRecognition implements DatagramVisitor {
    /** Datagrams of other kinds that a capture may begin with. */
    static final int PATIENCE = 1000;

    private final Path file;
    private final InspectedFeed feed;
    private final MessageInspector inspector;
    private final DatagramVisitor visitor;
    private final List<Held> held = new ArrayList<>();
    private boolean recognised;
    private String complaint;

    private record Held(CaptureChannel channel, int line, byte[] bytes, long receiveTime) {
    }

    /**
     * A recognition that has seen nothing yet.
     *
     * @param file    named in the error
     * @param feed    what its datagrams are to be
     * @param visitor takes them
     */
    FeedRecognition(final Path file, final InspectedFeed feed, final DatagramVisitor visitor) {
        this.file = file;
        this.feed = feed;
        this.inspector = feed.inspector();
        this.visitor = visitor;
    }

    @Override
    public void onDatagram(
            final CaptureChannel channel, final int line, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime) {
        if (!recognised) {
            recognised = makesSense(buffer, offset, length);
            if (!recognised) {
                final byte[] bytes = new byte[length];
                buffer.getBytes(offset, bytes);
                held.add(new Held(channel, line, bytes, receiveTime));
                if (held.size() == PATIENCE) {
                    throw refusal();
                }
                return;
            }
            release();
        }
        visitor.onDatagram(channel, line, buffer, offset, length, receiveTime);
    }

    /**
     * The capture has ended.
     *
     * @throws CaptureException when it had datagrams and none of them made sense
     */
    void end() {
        if (!recognised && !held.isEmpty()) {
            throw refusal();
        }
    }

    private void release() {
        for (final Held datagram : held) {
            visitor.onDatagram(datagram.channel, datagram.line, new UnsafeBuffer(datagram.bytes), 0,
                    datagram.bytes.length, datagram.receiveTime);
        }
        held.clear();
    }

    private boolean makesSense(final DirectBuffer buffer, final int offset, final int length) {
        final Judgement judgement = new Judgement();
        inspector.inspect(buffer, offset, length, judgement);
        if (complaint == null) {
            complaint = judgement.complaint;
        }
        return judgement.complaint == null && judgement.understood;
    }

    private CaptureException refusal() {
        return new CaptureException(file + ": not one of " + (held.size() < PATIENCE ? "its " : "its first ")
                + held.size() + " datagrams is " + feed.description()
                + "; name the feed that it holds, or another file. Of the first: " + complaint, null);
    }

    private static final class Judgement implements MessageInspector.Sink {
        private String complaint;
        private boolean understood;

        @Override
        public void onMessage(final long sequence, final String type, final Map<String, Object> fields) {
            understood = true;
        }

        @Override
        public void onHeartbeat(final long sequence) {
            understood = true;
        }

        @Override
        public void onMalformed(final long sequence, final String what) {
            complaint = complaint == null ? what : complaint;
        }
    }
}
