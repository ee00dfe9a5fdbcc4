package io.tickbridge.gateway.feed.cme;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.LineCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.arbitration.LineArbiter;
import io.tickbridge.gateway.feed.arbitration.MissingNumbers;
import io.tickbridge.gateway.feed.cme.codec.AdminHeartbeatDecoder;
import io.tickbridge.gateway.feed.cme.codec.MessageHeaderDecoder;
import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;

/**
 * One CME Globex MDP 3.0 channel, schema 1 versions 6 to 13: the lines of its incremental feed in, market events out, in
 * the order of the packet sequence. Lines of its snapshot and definition feeds may come in beside them.
 *
 * <p>An instrument is named by its SecurityID, which CME numbers from 1; the int32 is sign-extended. All methods but
 * {@link #counts} and {@link #lineCounts} belong to the receive thread; nothing is allocated after construction.
 */
public final class CmeFeedHandler implements FeedHandler {
    /** CME sends a packet in one Ethernet frame of ordinary size; what is larger is not held for reordering. */
    public static final int MAX_DATAGRAM = 2048;

    private final FeedCounts counts = new FeedCounts();
    private final LineArbiter arbiter;
    private final LoopDecoder loops;
    /** By line: whether it repeats definitions or snapshots. */
    private final boolean[] repeats;
    /** What incremental lines stated. */
    private final SendingTimes times = new SendingTimes();

    /**
     * A feed of incremental lines that has seen nothing yet.
     *
     * @param lines          number of lines, at least 1
     * @param reorderWindow  packets held back at most while an earlier one is missing; 0 for none
     * @param reorderTimeout ns of exchange time after which a missing packet is given up
     * @param reorderWait    ns by receive time after which a missing packet is given up
     * @param listener       told what happens
     */
    public CmeFeedHandler(
            final int lines, final int reorderWindow, final long reorderTimeout, final long reorderWait,
            final MarketDataListener listener) {
        this(new boolean[lines], reorderWindow, reorderTimeout, reorderWait, listener);
    }

    /**
     * A feed that has seen nothing yet.
     *
     * @param repeats        for each line whether it repeats definitions or snapshots; at least one does not
     * @param reorderWindow  packets held back at most while an earlier one is missing; 0 for none
     * @param reorderTimeout ns of exchange time after which a missing packet is given up
     * @param reorderWait    ns by receive time after which a missing packet is given up
     * @param listener       told what happens
     */
    public CmeFeedHandler(
            final boolean[] repeats, final int reorderWindow, final long reorderTimeout, final long reorderWait,
            final MarketDataListener listener) {
        this(repeats, reorderWindow, reorderTimeout, reorderWait, GapWatch.NOBODY, listener);
    }

    /**
     * A feed that has seen nothing yet. What is recovered for it comes as datagrams of the line behind the last.
     *
     * @param repeats        for each line whether it repeats definitions or snapshots; at least one does not
     * @param reorderWindow  packets held back at most while an earlier one is missing
     * @param reorderTimeout ns of exchange time after which a missing packet is given up
     * @param reorderWait    ns by receive time after which a missing packet is given up
     * @param gaps           told of holes; stream and session are 0
     * @param listener       told what happens
     */
    public CmeFeedHandler(
            final boolean[] repeats, final int reorderWindow, final long reorderTimeout, final long reorderWait,
            final GapWatch gaps, final MarketDataListener listener) {
        final DefinitionMessage definitions = new DefinitionMessage(listener);
        final SnapshotMessage snapshots = new SnapshotMessage(counts, listener);
        final OrderSnapshotMessage orderSnapshots = new OrderSnapshotMessage(listener);
        this.repeats = repeats.clone();
        arbiter = new LineArbiter(
                repeats.length, reorderWindow, MAX_DATAGRAM, reorderTimeout, reorderWait, counts,
                new PacketDecoder(counts, listener, definitions, snapshots, orderSnapshots));
        arbiter.watch(new Missing(gaps));
        loops = new LoopDecoder(counts, listener, definitions, snapshots, orderSnapshots);
    }

    /**
     * Whether a datagram states what is, as snapshots and definitions do. Definitions may come among changes, too.
     *
     * @param buffer holds it
     * @param offset where it begins
     * @param length its bytes
     * @return by its first message
     */
    public static boolean statesAll(final DirectBuffer buffer, final int offset, final int length) {
        final int template = firstTemplate(buffer, offset, length);
        return SnapshotMessage.include(template) || OrderSnapshotMessage.include(template)
                || DefinitionLayout.of(template) != null;
    }

    /**
     * Whether a datagram tells nothing: it is a heartbeat, which any feed may carry, or makes no sense.
     *
     * @param buffer holds it
     * @param offset where it begins
     * @param length its bytes
     * @return by its first message
     */
    public static boolean tellsNothing(final DirectBuffer buffer, final int offset, final int length) {
        final int template = firstTemplate(buffer, offset, length);
        return template == AdminHeartbeatDecoder.TEMPLATE_ID || template == 0;
    }

    /** 0, which no template has, for what makes no sense. */
    private static int firstTemplate(final DirectBuffer buffer, final int offset, final int length) {
        if (length < PacketHeader.LENGTH + MessageFraming.BLOCK) {
            return 0;
        }
        final WireBytes bytes = new WireBytes();
        bytes.wrap(buffer, offset, length);
        final int message = offset + PacketHeader.LENGTH;
        return MessageFraming.schema(bytes, message) == MessageHeaderDecoder.SCHEMA_ID
                ? MessageFraming.template(bytes, message) : 0;
    }

    @Override
    public void onDatagram(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line) {
        if (length < PacketHeader.LENGTH) {
            counts.increment(FeedCounter.DATAGRAMS);
            counts.increment(FeedCounter.MALFORMED);
            return;
        }
        if (line == repeats.length) {
            onRecovered(buffer, offset, length, receiveTime);
            return;
        }
        if (repeats[line]) {
            counts.increment(FeedCounter.DATAGRAMS);
            arbiter.lineCounts().datagram(line);
            loops.onPacket(buffer, offset, length, receiveTime);
            return;
        }
        final long sendingTime = times.of(PacketHeader.sendingTime(buffer, offset), receiveTime);
        arbiter.offer(buffer, offset, length, PacketHeader.sequence(buffer, offset), 1, sendingTime, receiveTime, line);
    }

    /**
     * A packet that a replay server sent again. It may bear the time of either sending, which so tells nothing: it counts as
     * of now. One of an older count, which a server should not have, would show by the report sequence of its instruments.
     */
    private void onRecovered(final DirectBuffer buffer, final int offset, final int length, final long receiveTime) {
        arbiter.offerRecovered(
                buffer, offset, length, PacketHeader.sequence(buffer, offset), 1, times.latest(), receiveTime);
    }

    /** Passes on what the arbiter misses; a channel is one stream, and its count has no name. */
    private record Missing(GapWatch gaps) implements MissingNumbers {
        @Override
        public void onMissing(final long from, final long to) {
            gaps.onMissing(0, 0, from, to);
        }

        @Override
        public void onNext(final long next) {
            gaps.onNext(next);
        }
    }

    /** {@inheritDoc} An event that is not complete then stays so: nothing acts on half of it. */
    @Override
    public void onEndOfInput() {
        arbiter.flush();
    }

    @Override
    public FeedCounts counts() {
        return counts;
    }

    @Override
    public LineCounts lineCounts() {
        return arbiter.lineCounts();
    }
}
