package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.MessageInspector;
import io.tickbridge.gateway.feed.arbitration.ArbitratedPackets;
import io.tickbridge.gateway.feed.arbitration.LineArbiter;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Every message of a capture spelled out, each once whatever the number of lines, or each as often as it is there. */
public final class DecodedCapture implements DatagramVisitor {
    private static final int MAX_DATAGRAM = 65_535;

    private final InspectedFeed feed;
    private final boolean arbitrate;
    private final LineSink sink;
    private final MessageInspector inspector;
    private final Map<CaptureChannel, LineArbiter> arbiters = new HashMap<>();

    /** Takes messages, told beforehand where they come from. */
    public interface LineSink extends MessageInspector.Sink {

        /**
         * The messages that follow come from here.
         *
         * @param channel the channel
         * @param line    the line, from 0; the first channel's line A under arbitration
         */
        void from(CaptureChannel channel, int line);

        /**
         * No line of the capture holds these packets.
         *
         * @param from first missing number
         * @param to   last missing number
         */
        void onGap(long from, long to);
    }

    /**
     * A decoder.
     *
     * @param feed      what the capture holds
     * @param arbitrate whether redundant lines are made one
     * @param sink      takes the messages
     */
    public DecodedCapture(final InspectedFeed feed, final boolean arbitrate, final LineSink sink) {
        this.feed = feed;
        this.arbitrate = arbitrate && feed.hasLines();
        this.sink = sink;
        this.inspector = feed.inspector();
    }

    @Override
    public void onDatagram(
            final CaptureChannel channel, final int line, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime) {
        final long sequence = feed.sequence(buffer, offset, length);
        if (arbitrate && sequence >= 0 && line < InspectedFeed.MAX_LINES) {
            arbiters.computeIfAbsent(channel, this::arbiter).offer(buffer, offset, length, sequence, 1,
                    feed.sendTime(buffer, offset, length), receiveTime, line);
        } else {
            sink.from(channel, line);
            inspector.inspect(buffer, offset, length, sink);
        }
    }

    /** The capture has ended: what was held back is decoded. */
    public void end() {
        arbiters.values().forEach(LineArbiter::flush);
    }

    private LineArbiter arbiter(final CaptureChannel channel) {
        return new LineArbiter(InspectedFeed.MAX_LINES, InspectedFeed.REORDER_WINDOW, MAX_DATAGRAM,
                InspectedFeed.REORDER_TIMEOUT, new FeedCounts(), new ArbitratedPackets() {
                    @Override
                    public void onStart(final long sequence) {
                        // What came before the capture is not the capture's loss.
                    }

                    @Override
                    public void onRestart(final long expected, final long sequence) {
                        // The messages' own numbers show it.
                    }

                    @Override
                    public void onPacket(
                            final DirectBuffer buffer, final int offset, final int length, final long sequence,
                            final long receiveTime, final int skipUnits) {
                        sink.from(channel, 0);
                        inspector.inspect(buffer, offset, length, sink);
                    }

                    @Override
                    public void onGap(final long from, final long to) {
                        sink.onGap(from, to);
                    }
                });
    }
}
