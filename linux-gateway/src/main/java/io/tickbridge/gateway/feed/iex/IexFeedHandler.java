package io.tickbridge.gateway.feed.iex;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.LineCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.arbitration.ArbitratedPackets;
import io.tickbridge.gateway.feed.arbitration.LineArbiter;
import io.tickbridge.gateway.feed.arbitration.MissingNumbers;
import io.tickbridge.gateway.wire.WireBytes;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One IEX feed, TOPS, DEEP or DEEP+: IEX-TP segments of all lines in, market events out.
 *
 * <p>Sequence numbers count messages, and lines may cut the same messages into different segments; the arbiter sees
 * to it that each message is processed once. A session that begins with message 1, or begins anew ({@link
 * RestartDetector}), is told to the listener with {@link MarketDataListener#onFeedReset}: books are empty then. A
 * feed first seen in mid-session tells nothing of the kind.
 *
 * <p>Instruments are named by {@link IexSymbol#key}. IEX does not say who took the other's price, so trades have no
 * aggressor. Prices become 1e-9 from the wire's 1e-4; sizes above {@link Integer#MAX_VALUE} are shown as that.
 *
 * <p>Nothing throws, whatever a datagram holds. One that cannot be read as a whole counts as MALFORMED and as not
 * received ({@link Segment#isSound}); a message whose content is impossible counts as MALFORMED and its sequence
 * number is told as lost. Datagrams of another protocol or channel are MALFORMED for this feed;
 * {@link FollowedChannel} says how a feed recovers that began with another's.
 *
 * <p>One thread; allocates nothing after construction as long as no more than about 20,000 instruments appear.
 */
public final class IexFeedHandler implements FeedHandler {
    /** UDP payload of the largest Ethernet frame in use, 9,000 bytes; IEX itself sends less than 1,500. */
    public static final int LARGEST_DATAGRAM = 8_972;
    private static final long FIRST_OF_SESSION = 1;

    private final IexProtocol protocol;
    private final MarketDataListener listener;
    private final FeedCounts counts = new FeedCounts();
    private final EventAssembler events;
    private final MessageDecoder decoder;
    private final RestartDetector restarts;
    private final LineArbiter arbiter;
    private final FollowedChannel channel = new FollowedChannel();
    /** The datagram that came, or the one that the arbiter lets through. */
    private final WireBytes bytes = new WireBytes();
    private final UnsafeBuffer recovered = new UnsafeBuffer(ByteBuffer.allocateDirect(LARGEST_DATAGRAM));
    private final int recoveryLine;
    /** Number that follows the segment handed over last, and the bytes that the stream had by then. */
    private long followingSequence;
    private long followingOffset;
    /** Latest send time that a line stated. */
    private long latestSendTime;

    /**
     * A feed that has seen nothing yet.
     *
     * @param protocol       which messages its segments carry; others are refused
     * @param lines          number of lines, at least 1
     * @param reorderWindow  segments held back at most while an earlier message is missing
     * @param reorderTimeout ns of send time after which missing messages are given up
     * @param reorderWait    ns by receive time after which missing messages are given up
     * @param listener       told of the market
     */
    public IexFeedHandler(
            final IexProtocol protocol, final int lines, final int reorderWindow, final long reorderTimeout,
            final long reorderWait, final MarketDataListener listener) {
        this(protocol, lines, reorderWindow, reorderTimeout, reorderWait, GapWatch.NOBODY, listener);
    }

    /**
     * A feed that has seen nothing yet. What is recovered for it comes as datagrams of the line behind the last.
     *
     * @param protocol       which messages its segments carry; others are refused
     * @param lines          number of lines, at least 1
     * @param reorderWindow  segments held back at most while an earlier message is missing
     * @param reorderTimeout ns of send time after which missing messages are given up
     * @param reorderWait    ns by receive time after which missing messages are given up
     * @param gaps           told of holes; streams are Channel IDs, sessions Session IDs
     * @param listener       told of the market
     */
    public IexFeedHandler(
            final IexProtocol protocol, final int lines, final int reorderWindow, final long reorderTimeout,
            final long reorderWait, final GapWatch gaps, final MarketDataListener listener) {
        this.protocol = protocol;
        recoveryLine = lines;
        this.listener = listener;
        events = new EventAssembler(protocol == IexProtocol.DEEP_PLUS, counts, listener);
        decoder = new MessageDecoder(protocol, events);
        restarts = new RestartDetector(lines);
        arbiter = new LineArbiter(
                lines, reorderWindow, LARGEST_DATAGRAM, reorderTimeout, reorderWait, counts, new InSequence());
        arbiter.watch(new Missing(gaps));
    }

    @Override
    public void onDatagram(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line) {
        bytes.wrap(buffer, offset, length);
        if (line == recoveryLine) {
            onRecovered(buffer, offset, length, receiveTime);
            return;
        }
        final FollowedChannel.Verdict ofChannel = Segment.isSound(bytes, offset, length, protocol)
                ? channel.judge(Segment.channel(bytes, offset))
                : FollowedChannel.Verdict.STRAY;
        if (ofChannel == FollowedChannel.Verdict.STRAY) {
            counts.increment(FeedCounter.DATAGRAMS);
            counts.increment(FeedCounter.MALFORMED);
            return;
        }
        final long sequence = Segment.firstSequence(bytes, offset);
        if (ofChannel == FollowedChannel.Verdict.ADOPTED) {
            adopt(sequence, receiveTime);
        }
        final int messages = Segment.messageCount(bytes, offset);
        final long sendTime = Segment.sendTime(bytes, offset);
        if (messages == 0) {
            counts.increment(FeedCounter.HEARTBEATS);
        }
        final RestartDetector.Verdict verdict = restarts.judge(
                line, Segment.session(bytes, offset), sequence, messages,
                Segment.streamOffset(bytes, offset), Segment.payloadLength(bytes, offset), sendTime);
        if (verdict == RestartDetector.Verdict.STALE) {
            counts.increment(FeedCounter.DATAGRAMS);
            counts.increment(FeedCounter.DUPLICATES);
            return;
        }
        if (verdict == RestartDetector.Verdict.RESTART) {
            // What the new session ends was begun in the old one, and is no news.
            listener.onPacketStart(receiveTime, true);
            restart();
        }
        latestSendTime = Math.max(latestSendTime, sendTime);
        // Each line stamps its own send times, so a slow line's duplicates tell nothing of how time passed, and to
        // the arbiter, which knows senders by one clock only, they would look like a restart.
        final boolean isOld = sequence < arbiter.expected() && sequence + messages <= arbiter.expected();
        arbiter.offer(buffer, offset, length, sequence, messages, isOld ? 0 : sendTime, receiveTime, line);
        if (messages == 0 && sequence == arbiter.expected()) {
            // Idle for a second: nothing that was begun goes on.
            listener.onPacketStart(receiveTime, false);
            events.endTrades();
            events.onSendTime(sendTime);
        }
    }

    /**
     * Messages that a gap fill server re-sent. Its send times are not those of the lines and tell nothing: it is marked by
     * none at all, which no line's segment has.
     */
    private void onRecovered(final DirectBuffer buffer, final int offset, final int length, final long receiveTime) {
        if (length > LARGEST_DATAGRAM || !Segment.isSound(bytes, offset, length, protocol)
                || Segment.messageCount(bytes, offset) == 0 || !channel.isFollowed(Segment.channel(bytes, offset))) {
            counts.increment(FeedCounter.DATAGRAMS);
            counts.increment(FeedCounter.MALFORMED);
        } else if (Segment.session(bytes, offset) != restarts.session() || !continuesStream(offset)) {
            counts.increment(FeedCounter.DATAGRAMS);
            counts.increment(FeedCounter.DUPLICATES);
        } else {
            final long sequence = Segment.firstSequence(bytes, offset);
            final int messages = Segment.messageCount(bytes, offset);
            recovered.putBytes(0, buffer, offset, length);
            Segment.clearSendTime(recovered, 0);
            arbiter.offerRecovered(recovered, 0, length, sequence, messages, latestSendTime, receiveTime);
        }
    }

    /**
     * Whether a segment begins at the byte of the stream at which the one before it ended. A session identifier alone does
     * not tell counts apart, see {@link RestartDetector}, and what another count had under the same number is not wanted.
     */
    private boolean continuesStream(final int offset) {
        return Segment.firstSequence(bytes, offset) != followingSequence
                || Segment.streamOffset(bytes, offset) == followingOffset;
    }

    @Override
    public void onEndOfInput() {
        arbiter.flush();
        events.endTrades();
    }

    @Override
    public FeedCounts counts() {
        return counts;
    }

    @Override
    public LineCounts lineCounts() {
        return arbiter.lineCounts();
    }

    /** What is held of the old count is released first. The new one began with message 1, seen or not. */
    private void restart() {
        arbiter.reset(FIRST_OF_SESSION);
        counts.increment(FeedCounter.RESETS);
        events.onReset();
    }

    /** What was followed so far was the wrong channel: nothing that it said holds for this one. */
    private void adopt(final long sequence, final long receiveTime) {
        listener.onPacketStart(receiveTime, true);
        restarts.forget();
        arbiter.reset(sequence);
        counts.increment(FeedCounter.RESETS);
        begin(sequence);
    }

    /** A count is followed from here on that is not the one that was followed before. */
    private void begin(final long sequence) {
        if (sequence == FIRST_OF_SESSION) {
            events.onReset();
        } else {
            events.onRestart();
        }
    }

    private void count(final MessageDecoder.Outcome outcome, final long sequence) {
        switch (outcome) {
            case DECODED -> counts.increment(FeedCounter.MESSAGES);
            case UNKNOWN -> counts.increment(FeedCounter.UNKNOWN_MESSAGES);
            case UNUSABLE -> {
                counts.increment(FeedCounter.MALFORMED);
                counts.increment(FeedCounter.LOST);
                events.onGap(sequence, sequence);
            }
        }
    }

    /** Puts the names of channel and session to a hole. */
    private final class Missing implements MissingNumbers {
        private final GapWatch gaps;

        Missing(final GapWatch gaps) {
            this.gaps = gaps;
        }

        @Override
        public void onMissing(final long from, final long to) {
            gaps.onMissing(channel.channel(), restarts.session(), from, to);
        }

        @Override
        public void onNext(final long next) {
            gaps.onNext(next);
        }
    }

    /** What the arbiter lets through. */
    private final class InSequence implements ArbitratedPackets {
        @Override
        public void onStart(final long sequence) {
            if (sequence == FIRST_OF_SESSION) {
                events.onReset();
            }
        }

        /** The detector finds restarts before the arbiter can; should the arbiter find one, that began with message 1. */
        @Override
        public void onRestart(final long expected, final long sequence) {
            counts.increment(FeedCounter.RESETS);
            begin(sequence);
        }

        @Override
        public void onPacket(
                final DirectBuffer buffer, final int offset, final int length,
                final long sequence, final long receiveTime, final int skipUnits, final boolean late) {
            bytes.wrap(buffer, offset, length);
            listener.onPacketStart(receiveTime, late);
            final long sendTime = Segment.sendTime(bytes, offset);
            if (sendTime != Segment.NO_SEND_TIME) {
                events.onSendTime(sendTime);
            }
            final int messages = Segment.messageCount(bytes, offset);
            followingSequence = sequence + messages;
            followingOffset = Segment.streamOffset(bytes, offset) + Segment.payloadLength(bytes, offset);
            int block = offset + Segment.HEADER_LENGTH;
            for (int i = 0; i < messages; i++) {
                final int message = block + Segment.BLOCK_LENGTH_SIZE;
                final int messageLength = Segment.messageLength(bytes, block);
                if (i >= skipUnits) {
                    count(decoder.decode(bytes, message, messageLength), sequence + i);
                }
                block = message + messageLength;
            }
            // Gap fill cuts where it likes, in mid-event too, and what it brings is always followed by what came on a line.
            if (protocol == IexProtocol.DEEP_PLUS && sendTime != Segment.NO_SEND_TIME) {
                events.endTrades();
            }
        }

        @Override
        public void onGap(final long from, final long to) {
            events.onGap(from, to);
        }
    }
}
