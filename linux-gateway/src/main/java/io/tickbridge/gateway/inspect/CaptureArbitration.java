package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.arbitration.ArbitratedPackets;
import io.tickbridge.gateway.feed.arbitration.LineArbiter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Makes one stream of each channel's lines, or lets every line through as it is. What is repeated all day is let through. */
public final class CaptureArbitration implements DatagramVisitor {
    private static final int MAX_DATAGRAM = 65_535;

    private final InspectedFeed feed;
    private final boolean arbitrate;
    private final SequencedVisitor visitor;
    private final Map<CaptureChannel, LineArbiter> arbiters = new LinkedHashMap<>();

    /**
     * An arbitration.
     *
     * @param feed      what the capture holds
     * @param arbitrate whether redundant lines are made one
     * @param visitor   takes what comes of it
     */
    public CaptureArbitration(final InspectedFeed feed, final boolean arbitrate, final SequencedVisitor visitor) {
        this.feed = feed;
        this.arbitrate = arbitrate && feed.hasLines();
        this.visitor = visitor;
    }

    @Override
    public void onDatagram(
            final CaptureChannel channel, final int line, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime) {
        final long sequence = feed.sequence(buffer, offset, length);
        if (arbitrate && sequence >= 0 && line < InspectedFeed.MAX_LINES
                && !channel.isRepeated(feed, buffer, offset, length)) {
            arbiters.computeIfAbsent(channel, this::arbiter).offer(buffer, offset, length, sequence, 1,
                    feed.sendTime(buffer, offset, length), receiveTime, line);
        } else {
            visitor.onDatagram(channel, line, sequence, buffer, offset, length, receiveTime);
        }
    }

    /** The capture has ended: what was held back is released. */
    public void end() {
        arbiters.values().forEach(LineArbiter::flush);
    }

    private LineArbiter arbiter(final CaptureChannel channel) {
        return new LineArbiter(InspectedFeed.MAX_LINES, InspectedFeed.REORDER_WINDOW, MAX_DATAGRAM,
                InspectedFeed.REORDER_TIMEOUT, InspectedFeed.REORDER_WAIT, new FeedCounts(), new Output(channel, visitor));
    }

    private record Output(CaptureChannel channel, SequencedVisitor visitor) implements ArbitratedPackets {
        @Override
        public void onStart(final long sequence) {
            // What came before the capture is not the capture's loss.
        }

        @Override
        public void onRestart(final long expected, final long sequence) {
            // The packets' own numbers show it.
        }

        @Override
        public void onPacket(
                final DirectBuffer buffer, final int offset, final int length, final long sequence, final long receiveTime,
                final int skipUnits, final boolean late) {
            visitor.onDatagram(channel, 0, sequence, buffer, offset, length, receiveTime);
        }

        @Override
        public void onGap(final long from, final long to) {
            visitor.onGap(channel, from, to);
        }
    }
}
