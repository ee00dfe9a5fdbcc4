package io.tickbridge.gateway.feed.cme;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.arbitration.ArbitratedPackets;
import io.tickbridge.gateway.feed.cme.codec.AdminHeartbeatDecoder;
import io.tickbridge.gateway.feed.cme.codec.AdminLoginDecoder;
import io.tickbridge.gateway.feed.cme.codec.AdminLogoutDecoder;
import io.tickbridge.gateway.feed.cme.codec.MessageHeaderDecoder;
import io.tickbridge.gateway.feed.cme.codec.QuoteRequestDecoder;
import io.tickbridge.gateway.feed.cme.codec.SecurityStatusDecoder;
import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;

/**
 * Walks the messages of packets in sequence and hands their content to the listener. It steps by the lengths on the
 * wire: unknown templates, and what a later schema version appended to a block or an entry, are passed over.
 *
 * <p>Lengths are checked against each other once for each message and each group, so that no field is ever read
 * outside its message: {@link WireBytes} checks nothing more. A message that fails costs itself when its
 * size is sound, else the rest of its packet. Its content is lost as if the packet had been, so the listener is told
 * of a gap: the books it would have changed must not be trusted.
 */
final class PacketDecoder implements ArbitratedPackets {
    private static final int SCHEMA = MessageHeaderDecoder.SCHEMA_ID;

    private final WireBytes packet = new WireBytes();
    private final FeedCounts counts;
    private final MarketDataListener listener;
    private final MatchEvent event;
    private final IncrementalMessages incremental;
    private final StatusMessage status;
    private final DefinitionMessage definitions;
    private final SnapshotMessage snapshots;
    private final OrderSnapshotMessage orderSnapshots;
    private boolean restarted;

    PacketDecoder(
            final FeedCounts counts, final MarketDataListener listener, final DefinitionMessage definitions,
            final SnapshotMessage snapshots, final OrderSnapshotMessage orderSnapshots) {
        this.counts = counts;
        this.listener = listener;
        this.definitions = definitions;
        this.snapshots = snapshots;
        this.orderSnapshots = orderSnapshots;
        event = new MatchEvent(listener);
        incremental = new IncrementalMessages(counts, listener, event);
        status = new StatusMessage(listener, event);
    }

    @Override
    public void onStart(final long sequence) {
        // Books begin unknown; there is nothing to take back.
    }

    @Override
    public void onRestart(final long expected, final long sequence) {
        counts.increment(FeedCounter.RESETS);
        listener.onSequenceRestart();
        restarted = true;
    }

    @Override
    public void onGap(final long from, final long to) {
        listener.onSequenceGap(from, to);
    }

    @Override
    public void onPacket(
            final DirectBuffer buffer, final int offset, final int length,
            final long sequence, final long receiveTime, final int skipUnits, final boolean late) {
        listener.onPacketStart(receiveTime, late);
        listener.onPacketSequence(sequence);
        if (restarted) {
            restarted = false;
            snapshots.ignoreBefore(PacketHeader.sendingTime(buffer, offset));
            orderSnapshots.ignoreBefore(PacketHeader.sendingTime(buffer, offset));
        }
        packet.wrap(buffer, offset, length);
        final int end = offset + length;
        int messages = 0;
        int message = offset + PacketHeader.LENGTH;
        while (message < end) {
            final int size = end - message < MessageFraming.BLOCK ? 0 : MessageFraming.size(packet, message);
            if (size < MessageFraming.BLOCK || size > end - message) {
                broken(sequence);
                break;
            }
            messages += decode(message, message + size, sequence);
            message += size;
        }
        counts.add(FeedCounter.MESSAGES, messages);
    }

    /** Decodes one message of a sound size; how many that were, 0 or 1. */
    private int decode(final int message, final int end, final long sequence) {
        final int block = message + MessageFraming.BLOCK;
        final int blockLength = MessageFraming.blockLength(packet, message);
        if (MessageFraming.schema(packet, message) != SCHEMA || blockLength > end - block) {
            return broken(sequence);
        }
        final int template = MessageFraming.template(packet, message);
        if (IncrementalMessages.include(template)) {
            if (incremental.read(template, packet, block, blockLength, end, sequence)) {
                return 1;
            }
            counts.increment(FeedCounter.MALFORMED);
            return 0;
        }
        return decodeOther(template, block, blockLength, end, sequence);
    }

    private int decodeOther(
            final int template, final int block, final int blockLength, final int end, final long sequence) {
        switch (template) {
            case AdminHeartbeatDecoder.TEMPLATE_ID:
                counts.increment(FeedCounter.HEARTBEATS);
                return 1;
            case AdminLoginDecoder.TEMPLATE_ID:
            case AdminLogoutDecoder.TEMPLATE_ID:
                return 1;
            case SecurityStatusDecoder.TEMPLATE_ID:
                if (blockLength < SecurityStatusDecoder.BLOCK_LENGTH) {
                    return broken(sequence);
                }
                status.read(packet, block);
                return 1;
            case QuoteRequestDecoder.TEMPLATE_ID:
                // It changes no book, but may be the last message of its event.
                if (blockLength < QuoteRequestDecoder.BLOCK_LENGTH) {
                    return broken(sequence);
                }
                event.begin(packet.getLong(block + QuoteRequestDecoder.transactTimeEncodingOffset(), LITTLE_ENDIAN));
                event.end(packet.getByte(block + QuoteRequestDecoder.matchEventIndicatorEncodingOffset()));
                return 1;
            default:
                return decodeDefinition(template, block, blockLength, end);
        }
    }

    /** A definition changes no level, so a broken one makes no book doubtful: what is known of its instrument stays. */
    private int decodeDefinition(final int template, final int block, final int blockLength, final int end) {
        final DefinitionLayout layout = DefinitionLayout.of(template);
        if (layout == null) {
            counts.increment(FeedCounter.UNKNOWN_MESSAGES);
            return 0;
        }
        if (definitions.read(layout, packet, block, blockLength, end)) {
            return 1;
        }
        counts.increment(FeedCounter.MALFORMED);
        return 0;
    }

    private int broken(final long sequence) {
        counts.increment(FeedCounter.MALFORMED);
        listener.onSequenceGap(sequence, sequence);
        return 0;
    }
}
