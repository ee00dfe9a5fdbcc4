package io.tickbridge.gateway.feed.nasdaq;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.FeedHandler;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.LineCounts;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.arbitration.ArbitratedPackets;
import io.tickbridge.gateway.feed.arbitration.LineArbiter;
import io.tickbridge.gateway.feed.arbitration.MissingNumbers;
import io.tickbridge.gateway.feed.nasdaq.PacketReader.Manner;
import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;

/**
 * One TotalView-ITCH 5.0 feed: MoldUDP64 packets of all lines in, market events out.
 *
 * <p>Sequence numbers count messages, and lines may cut the same messages into different packets; the arbiter sees to
 * it that each message is processed once. A session that begins with message 1 is told with {@link
 * MarketDataListener#onFeedReset}: books are empty then. A feed first seen in mid-session tells nothing of the kind: its
 * books, and those of any feed after a loss that nobody made good, wait for a snapshot ({@link SnapshotStart}) or, where
 * none comes, for the next session.
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

    private final MarketDataListener listener;
    private final FeedCounts counts = new FeedCounts();
    private final WireBytes datagram = new WireBytes();
    private final MessageDecoder decoder;
    private final FollowedSession session = new FollowedSession();
    private final EasternDay day = new EasternDay();
    private final PacketReader reader;
    /** Null where nobody is asked for snapshots. */
    private final SnapshotStart snapshots;
    private final LineArbiter arbiter;
    private final int recoveryLine;

    /** Latest time that a packet stated, since the Unix epoch. Packets without messages state none. */
    private long eventTime;

    /**
     * A feed that has seen nothing yet, for which nobody is asked.
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
        this(lines, reorderWindow, reorderTimeout, reorderWait, 0, GapWatch.NOBODY, listener);
    }

    /**
     * A feed that has seen nothing yet. What is re-sent for it comes as datagrams of the line behind the last, snapshots as
     * datagrams of the one behind that.
     *
     * @param lines          number of lines, at least 1
     * @param reorderWindow  packets held back at most while an earlier message is missing
     * @param reorderTimeout ns of exchange time after which missing messages are given up
     * @param reorderWait    ns by receive time after which missing messages are given up
     * @param snapshotBuffer bytes in which packets are kept while a snapshot is on its way; 0 when there will be none
     * @param gaps           told of holes, and when a snapshot is wanted; a stream is the last two characters of a
     *                       session's name, a session its first eight
     * @param listener       told of the market
     */
    public NasdaqFeedHandler(
            final int lines, final int reorderWindow, final long reorderTimeout, final long reorderWait,
            final int snapshotBuffer, final GapWatch gaps, final MarketDataListener listener) {
        this.listener = listener;
        recoveryLine = lines;
        decoder = new MessageDecoder(listener);
        final SnapshotEvidence evidence = new SnapshotEvidence(listener, decoder.directory());
        reader = new PacketReader(listener, decoder, counts, day, this::onLost, evidence);
        snapshots = snapshotBuffer == 0
                ? null : new SnapshotStart(listener, decoder, reader, counts, gaps, evidence, snapshotBuffer);
        arbiter = new LineArbiter(
                lines, reorderWindow, LARGEST_DATAGRAM, reorderTimeout, reorderWait, counts, new InSequence());
        arbiter.watch(new Missing(gaps));
    }

    @Override
    public void onDatagram(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line) {
        if (snapshots != null) {
            snapshots.at(receiveTime);
        }
        if (line < recoveryLine) {
            onLine(buffer, offset, length, receiveTime, line);
        } else if (line == recoveryLine) {
            onRecovered(buffer, offset, length, receiveTime);
        } else if (snapshots != null) {
            snapshots.onDatagram(buffer, offset, length, receiveTime);
        }
        if (snapshots != null) {
            snapshots.proceed();
        }
    }

    private void onLine(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line) {
        datagram.wrap(buffer, offset, length);
        if (!MoldPacket.isSound(datagram, offset, length)) {
            refuse();
            return;
        }
        final long sequence = MoldPacket.sequence(datagram, offset);
        switch (session.judge(
                MoldPacket.sessionHead(datagram, offset), MoldPacket.sessionTail(datagram, offset), sequence)) {
            case FOLLOWED -> { }
            case ADOPTED -> adopt(receiveTime);
            case STRAY -> {
                refuse();
                return;
            }
        }
        final int count = MoldPacket.count(datagram, offset);
        final int messages = count == MoldPacket.END_OF_SESSION ? 0 : count;
        final long timestamp = MoldPacket.firstTimestamp(datagram, offset, length, messages);
        if (messages == 0) {
            counts.increment(FeedCounter.HEARTBEATS);
        } else if (timestamp >= 0) {
            eventTime = day.midnightBefore(receiveTime) + timestamp;
        }
        // An old packet tells nothing of how time passed, and must not look like a restart to the arbiter: restarts
        // show in the session's name.
        final boolean isOld = sequence < arbiter.expected() && sequence + messages <= arbiter.expected();
        arbiter.offer(buffer, offset, length, sequence, messages, isOld ? 0 : eventTime, receiveTime, line);
        if (count == MoldPacket.END_OF_SESSION && sequence == arbiter.expected() && session.end()) {
            listener.onPacketStart(receiveTime, false);
            decoder.statuses().tellHours(false);
            listener.onEventEnd(eventTime);
        }
    }

    /** Messages that a re-request server sent. When they did is no matter: the lines tell how time passes. */
    private void onRecovered(final DirectBuffer buffer, final int offset, final int length, final long receiveTime) {
        datagram.wrap(buffer, offset, length);
        if (length > LARGEST_DATAGRAM || !MoldPacket.isSound(datagram, offset, length)
                || MoldPacket.messages(buffer, offset) == 0) {
            refuse();
        } else if (MoldPacket.sessionHead(buffer, offset) != session.head()
                || MoldPacket.sessionTail(buffer, offset) != session.tail()) {
            counts.increment(FeedCounter.DATAGRAMS);
            counts.increment(FeedCounter.DUPLICATES); // of a session that has ended meanwhile
        } else {
            arbiter.offerRecovered(buffer, offset, length, MoldPacket.sequence(buffer, offset),
                    MoldPacket.messages(buffer, offset), eventTime, receiveTime);
        }
    }

    @Override
    public void onEndOfInput() {
        arbiter.flush();
        if (snapshots != null) {
            snapshots.finish();
        }
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
        if (snapshots != null) {
            snapshots.forget();
        }
        decoder.forget();
        listener.onFeedReset();
        decoder.statuses().tellHours(false);
    }

    /** A message without which a book may be wrong cannot be used. */
    private void onLost(final long sequence, final Manner manner) {
        if (manner != Manner.SNAPSHOT) {
            counts.increment(FeedCounter.LOST);
        }
        if (manner == Manner.NEWS) {
            listener.onSequenceGap(sequence, sequence);
            wantSnapshot();
        } else if (snapshots != null) {
            snapshots.onLost();
        }
    }

    private void wantSnapshot() {
        if (snapshots != null) {
            snapshots.want(session.head(), session.tail(), arbiter.expected());
        }
    }

    /** Puts the session's name to a hole. */
    private final class Missing implements MissingNumbers {
        private final GapWatch gaps;

        Missing(final GapWatch gaps) {
            this.gaps = gaps;
        }

        @Override
        public void onMissing(final long from, final long to) {
            gaps.onMissing(session.tail(), session.head(), from, to);
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
                begin();
            } else {
                wantSnapshot();
            }
        }

        @Override
        public void onPacket(
                final DirectBuffer buffer, final int offset, final int length,
                final long sequence, final long receiveTime, final int skipUnits, final boolean late) {
            Manner manner = Manner.NEWS;
            if (snapshots != null) {
                manner = snapshots.manner();
                snapshots.keep(buffer, offset, length, sequence, skipUnits, receiveTime);
            }
            reader.read(buffer, offset, length, sequence, receiveTime, skipUnits, late, manner);
        }

        @Override
        public void onGap(final long from, final long to) {
            if (snapshots == null || snapshots.manner() == Manner.NEWS) {
                listener.onSequenceGap(from, to);
            }
            // Else books are in doubt already, and a snapshot that is being read may contain what was lost.
            wantSnapshot();
        }
    }
}
