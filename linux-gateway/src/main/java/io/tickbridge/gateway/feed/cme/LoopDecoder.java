package io.tickbridge.gateway.feed.cme;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.cme.codec.AdminHeartbeatDecoder;
import io.tickbridge.gateway.feed.cme.codec.MessageHeaderDecoder;
import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;

/**
 * Walks the packets of the two feeds that repeat themselves all day: instrument definitions, and snapshots. Their packets
 * are numbered anew in every loop, and each message stands for itself, so lines are not arbitrated: whatever comes first is
 * used, and what was lost comes again.
 */
final class LoopDecoder {
    private final WireBytes packet = new WireBytes();
    private final FeedCounts counts;
    private final MarketDataListener listener;
    private final DefinitionMessage definitions;
    private final SnapshotMessage snapshots;
    private final OrderSnapshotMessage orderSnapshots;

    LoopDecoder(
            final FeedCounts counts, final MarketDataListener listener, final DefinitionMessage definitions,
            final SnapshotMessage snapshots, final OrderSnapshotMessage orderSnapshots) {
        this.counts = counts;
        this.listener = listener;
        this.definitions = definitions;
        this.snapshots = snapshots;
        this.orderSnapshots = orderSnapshots;
    }

    void onPacket(final DirectBuffer buffer, final int offset, final int length, final long receiveTime) {
        // True content, but no news: nothing is signalled from it.
        listener.onPacketStart(receiveTime, true);
        packet.wrap(buffer, offset, length);
        final long sendingTime = PacketHeader.sendingTime(buffer, offset);
        final int end = offset + length;
        int message = offset + PacketHeader.LENGTH;
        while (message < end) {
            final int size = end - message < MessageFraming.BLOCK ? 0 : MessageFraming.size(packet, message);
            if (size < MessageFraming.BLOCK || size > end - message) {
                counts.increment(FeedCounter.MALFORMED);
                return;
            }
            decode(message, message + size, sendingTime);
            message += size;
        }
    }

    private void decode(final int message, final int end, final long sendingTime) {
        final int block = message + MessageFraming.BLOCK;
        final int blockLength = MessageFraming.blockLength(packet, message);
        if (MessageFraming.schema(packet, message) != MessageHeaderDecoder.SCHEMA_ID || blockLength > end - block) {
            counts.increment(FeedCounter.MALFORMED);
            return;
        }
        final int template = MessageFraming.template(packet, message);
        final DefinitionLayout definition = DefinitionLayout.of(template);
        if (SnapshotMessage.include(template)) {
            count(snapshots.read(template, packet, block, blockLength, end, sendingTime));
        } else if (OrderSnapshotMessage.include(template)) {
            count(orderSnapshots.read(template, packet, block, blockLength, end, sendingTime));
        } else if (definition != null) {
            count(definitions.read(definition, packet, block, blockLength, end));
        } else {
            counts.increment(template == AdminHeartbeatDecoder.TEMPLATE_ID
                    ? FeedCounter.HEARTBEATS : FeedCounter.UNKNOWN_MESSAGES);
        }
    }

    private void count(final boolean sound) {
        counts.increment(sound ? FeedCounter.REPEATED_MESSAGES : FeedCounter.MALFORMED);
    }
}
