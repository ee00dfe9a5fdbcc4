package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.inspect.CaptureChannel;
import io.tickbridge.gateway.inspect.InspectedFeed;
import io.tickbridge.gateway.inspect.SequencedVisitor;
import java.io.PrintWriter;
import org.agrona.DirectBuffer;

/** What the two ways of printing messages share: they remember where messages come from, and what was wrong. */
abstract class MessageSink implements SequencedVisitor, MessageInspector.Sink {
    private final MessageInspector inspector;
    /** What the feed's numbers count. */
    private final String counted;
    private final FirstLines malformed = new FirstLines();
    private final FirstLines gaps = new FirstLines();
    private CaptureChannel channel;
    private int line;

    MessageSink(final InspectedFeed feed) {
        inspector = feed.inspector();
        counted = feed.handlesLines() ? "messages " : "packets ";
    }

    @Override
    public void onDatagram(
            final CaptureChannel fromChannel, final int fromLine, final long sequence, final DirectBuffer buffer,
            final int offset, final int length, final long receiveTime) {
        channel = fromChannel;
        line = fromLine;
        inspector.inspect(buffer, offset, length, this);
    }

    @Override
    public void onMalformed(final long sequence, final String what) {
        malformed.add("packet " + (sequence < 0 ? "without a header" : Long.toString(sequence)) + ": " + what);
    }

    @Override
    public void onHeartbeat(final long sequence) {
        // Not a message: the transport says that it is alive.
    }

    @Override
    public void onGap(final CaptureChannel of, final long from, final long to) {
        gaps.add(counted + from + " to " + to + " are on no line of the capture");
    }

    /** Line of the message at hand, as people call it: A, B, … */
    String line() {
        return (channel.number() == 0 ? "" : channel.number() + 1 + "/") + (char) ('A' + line);
    }

    /** Prints what was kept until the end. */
    abstract void finish(PrintWriter out, boolean json);

    /** What could not be decoded. */
    FirstLines malformed() {
        return malformed;
    }

    /** What the capture does not have. */
    FirstLines gaps() {
        return gaps;
    }
}
