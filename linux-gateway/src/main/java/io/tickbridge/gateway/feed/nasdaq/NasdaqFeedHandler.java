package io.tickbridge.gateway.feed.nasdaq;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.LineCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.arbitration.ArbitratedPackets;
import io.tickbridge.gateway.feed.arbitration.LineArbiter;
import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;

/**
 * One TotalView-ITCH 5.0 feed: MoldUDP64 packets of all lines in, market events out.
 *
 * <p>Sequence numbers count messages, and lines may cut the same messages into different packets; the arbiter sees to
 * it that each message is processed once. A session that begins with message 1 is told with {@link
 * MarketDataListener#onFeedReset}: books are empty then. A feed first seen in mid-session tells nothing of the kind.
 *
 * <p>Instruments are named by the 8 characters of their symbol, first one lowest. Prices become 1e-9 from the wire's
 * 1e-4. The receive time's date in New York makes a time of the wire's ns since midnight.
 *
 * <p>Nothing throws, whatever a datagram holds. One that cannot be read as a whole counts as MALFORMED and as not
 * received ({@link MoldPacket#isSound}); a message of impossible length or content counts as MALFORMED, and when a book
 * may be wrong without it, its sequence number is told as lost. Packets of another session count as MALFORMED too, until
 * {@link FollowedSession} says that it is the one to follow.
 *
 * <p>One thread; allocates nothing after construction, but for the day's date.
 */
public final class NasdaqFeedHandler implements FeedHandler {
    /** UDP payload of the largest Ethernet frame in use, 9,000 bytes; Nasdaq itself sends less than 1,500. */
    public static final int LARGEST_DATAGRAM = 8_972;
    private static final long FIRST_OF_SESSION = 1;
    /** In which {@link MarketDataListener#onOrderSoon} names a packet's orders. */
    private static final int STEPS = 2;

    private final MarketDataListener listener;
    private final FeedCounts counts = new FeedCounts();
    private final WireBytes datagram = new WireBytes();
    private final MessageDecoder decoder;
    private final FollowedSession session = new FollowedSession();
    private final EasternDay day = new EasternDay();
    private final LineArbiter arbiter;

    /** Latest time that a packet stated, since the Unix epoch. Packets without messages state none. */
    private long eventTime;

    /**
     * A feed that has seen nothing yet.
     *
     * @param lines          number of lines, at least 1
     * @param reorderWindow  packets held back at most while an earlier message is missing
     * @param reorderTimeout ns of exchange time after which missing messages are given up
     * @param reorderWait    ns by receive time after which missing messages are given up
     * @param listener       told of the market
     */
    public NasdaqFeedHandler(
            final int lines, final int reorderWindow, final long reorderTimeout, final long reorderWait,
            final MarketDataListener listener) {
        this.listener = listener;
        decoder = new MessageDecoder(listener);
        arbiter = new LineArbiter(
                lines, reorderWindow, LARGEST_DATAGRAM, reorderTimeout, reorderWait, counts, new InSequence());
    }

    @Override
    public void onDatagram(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line) {
        datagram.wrap(buffer, offset, length);
        if (!MoldPacket.isSound(datagram, offset, length)) {
            refuse();
            return;
        }
        final long sequence = MoldPacket.sequence(buffer, offset);
        switch (session.judge(
                MoldPacket.sessionHead(buffer, offset), MoldPacket.sessionTail(buffer, offset), sequence)) {
            case FOLLOWED -> { }
            case ADOPTED -> adopt(receiveTime);
            case STRAY -> {
                refuse();
                return;
            }
        }
        final int messages = MoldPacket.messages(buffer, offset);
        final long timestamp = MoldPacket.firstTimestamp(buffer, offset, length);
        if (messages == 0) {
            counts.increment(FeedCounter.HEARTBEATS);
        } else if (timestamp >= 0) {
            eventTime = day.midnightBefore(receiveTime) + timestamp;
        }
        // An old packet tells nothing of how time passed, and must not look like a restart to the arbiter: restarts
        // show in the session's name.
        final boolean isOld = sequence < arbiter.expected() && sequence + messages <= arbiter.expected();
        arbiter.offer(buffer, offset, length, sequence, messages, isOld ? 0 : eventTime, receiveTime, line);
        if (MoldPacket.count(buffer, offset) == MoldPacket.END_OF_SESSION
                && sequence == arbiter.expected() && session.end()) {
            listener.onPacketStart(receiveTime, false);
            decoder.tellHours(false);
            listener.onEventEnd(eventTime);
        }
    }

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

    private void refuse() {
        counts.increment(FeedCounter.DATAGRAMS);
        counts.increment(FeedCounter.MALFORMED);
    }

    /** A new session began with message 1, seen or not. What is held of the old one is released first, as late. */
    private void adopt(final long receiveTime) {
        arbiter.reset(FIRST_OF_SESSION);
        listener.onPacketStart(receiveTime, true);
        counts.increment(FeedCounter.RESETS);
        begin();
    }

    private void begin() {
        decoder.forget();
        listener.onFeedReset();
        decoder.tellHours(false);
    }

    private void lose(final long sequence) {
        decoder.endEvent();
        counts.increment(FeedCounter.LOST);
        listener.onSequenceGap(sequence, sequence);
    }

    /** What the arbiter lets through. */
    private final class InSequence implements ArbitratedPackets {
        @Override
        public void onStart(final long sequence) {
            if (sequence == FIRST_OF_SESSION) {
                begin();
            }
        }

        /** Restarts show in the session's name; should the arbiter find one, nothing is sure any more. */
        @Override
        public void onRestart(final long expected, final long sequence) {
            counts.increment(FeedCounter.RESETS);
            decoder.forget();
            listener.onSequenceRestart();
        }

        @Override
        public void onPacket(
                final DirectBuffer buffer, final int offset, final int length,
                final long sequence, final long receiveTime, final int skipUnits, final boolean late) {
            listener.onPacketStart(receiveTime, late);
            decoder.begin(buffer, offset, length, day.midnightBefore(receiveTime));
            final int messages = MoldPacket.messages(buffer, offset);
            if (messages > 1 && listener.wantsOrdersSoon()) {
                announce(offset, messages);
            }
            int decoded = 0;
            int block = offset + MoldPacket.HEADER_LENGTH;
            for (int i = 0; i < messages; i++) {
                final int message = block + MoldPacket.BLOCK_LENGTH_SIZE;
                final int messageLength = decoder.messageLength(block);
                if (i >= skipUnits) {
                    decoded += decode(message, messageLength, sequence + i);
                }
                block = message + messageLength;
            }
            decoder.endEvent();
            counts.add(FeedCounter.MESSAGES, decoded);
        }

        @Override
        public void onGap(final long from, final long to) {
            listener.onSequenceGap(from, to);
        }

        private void announce(final int offset, final int messages) {
            for (int step = 0; step < STEPS; step++) {
                int block = offset + MoldPacket.HEADER_LENGTH;
                for (int i = 0; i < messages; i++) {
                    final int messageLength = decoder.messageLength(block);
                    decoder.announce(step, block + MoldPacket.BLOCK_LENGTH_SIZE, messageLength);
                    block += MoldPacket.BLOCK_LENGTH_SIZE + messageLength;
                }
            }
        }

        /** 1 when the message was decoded. */
        private int decode(final int message, final int messageLength, final long sequence) {
            final int type = messageLength == 0 ? 0 : decoder.type(message);
            final int expected = ItchLayout.length(type);
            if (expected == 0) {
                counts.increment(FeedCounter.UNKNOWN_MESSAGES);
                return 0;
            }
            if (messageLength != expected) {
                counts.increment(FeedCounter.MALFORMED);
                if (ItchLayout.concernsBooks(type)) {
                    lose(sequence);
                }
                return 0;
            }
            switch (decoder.decode(message, type)) {
                case DECODED -> {
                    return 1;
                }
                case UNKNOWN_INSTRUMENT -> counts.increment(FeedCounter.UNKNOWN_INSTRUMENTS);
                case UNUSABLE -> {
                    counts.increment(FeedCounter.MALFORMED);
                    lose(sequence);
                }
            }
            return 0;
        }
    }
}
