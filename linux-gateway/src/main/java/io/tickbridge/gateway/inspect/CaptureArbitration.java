package io.tickbridge.gateway.inspect;

import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.arbitration.ArbitratedPackets;
import io.tickbridge.gateway.feed.arbitration.LineArbiter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.DirectBuffer;

/**
 * Makes one stream of each channel's lines, or lets every line through as it is. What is repeated all day is let through, and
 * where datagrams count messages, so is everything before a second line appears: a file of one line is shown as it is.
 */
public final class CaptureArbitration implements DatagramVisitor {
    private static final int MAX_DATAGRAM = 65_535;

    private final InspectedFeed feed;
    private final boolean arbitrate;
    private final SequencedVisitor visitor;
    private final Map<Stream, LineArbiter> arbiters = new LinkedHashMap<>();
    /** Where there is one line so far: the number that comes next. */
    private final Map<Stream, Long> nextOfOneLine = new HashMap<>();

    /** What counts from 1. */
    private record Stream(CaptureChannel channel, String session) {
    }

    /**
     * An arbitration.
     *
     * @param feed      what the capture holds
     * @param arbitrate whether redundant lines are made one
     * @param visitor   takes what comes of it
     */
    public CaptureArbitration(final InspectedFeed feed, final boolean arbitrate, final SequencedVisitor visitor) {
        this.feed = feed;
        this.arbitrate = arbitrate;
        this.visitor = visitor;
    }

    @Override
    public void onDatagram(
            final CaptureChannel channel, final int line, final DirectBuffer buffer, final int offset, final int length,
            final long receiveTime) {
        final long sequence = feed.sequence(buffer, offset, length);
        final int units = arbitrate ? feed.units(buffer, offset, length) : -1;
        if (units < 0 || line >= InspectedFeed.MAX_LINES || channel.isRepeated(feed, buffer, offset, length)) {
            visitor.onDatagram(channel, line, sequence, buffer, offset, length, receiveTime);
            return;
        }
        final Stream stream = new Stream(channel, feed.session(buffer, offset));
        if (feed.handlesLines() && channel.hasOneLine()) {
            nextOfOneLine.put(stream, sequence + units);
            visitor.onDatagram(channel, line, sequence, buffer, offset, length, receiveTime);
            return;
        }
        final LineArbiter arbiter = arbiters.computeIfAbsent(stream, this::arbiter);
        // An old packet tells nothing of how time passed, and where sessions have names does not begin anything.
        final boolean isOld = feed.handlesLines() && sequence + units <= arbiter.expected();
        arbiter.offer(buffer, offset, length, sequence, units, isOld ? 0 : feed.sendTime(buffer, offset, length), receiveTime, line);
    }

    /** The capture has ended: what was held back is released. */
    public void end() {
        arbiters.values().forEach(LineArbiter::flush);
    }

    private LineArbiter arbiter(final Stream stream) {
        final LineArbiter arbiter = new LineArbiter(InspectedFeed.MAX_LINES, InspectedFeed.REORDER_WINDOW, MAX_DATAGRAM,
                InspectedFeed.REORDER_TIMEOUT, InspectedFeed.REORDER_WAIT, new FeedCounts(), new Output(stream.channel, feed, visitor));
        if (nextOfOneLine.containsKey(stream)) {
            arbiter.reset(nextOfOneLine.get(stream));
        }
        return arbiter;
    }

    private record Output(CaptureChannel channel, InspectedFeed feed, SequencedVisitor visitor) implements ArbitratedPackets {
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
            if (skipUnits == 0) {
                visitor.onDatagram(channel, 0, sequence, buffer, offset, length, receiveTime);
            } else {
                final DirectBuffer rest = feed.withoutFirst(buffer, offset, length, skipUnits);
                visitor.onDatagram(channel, 0, sequence + skipUnits, rest, 0, rest.capacity(), receiveTime);
            }
        }

        @Override
        public void onGap(final long from, final long to) {
            visitor.onGap(channel, from, to);
        }
    }
}
