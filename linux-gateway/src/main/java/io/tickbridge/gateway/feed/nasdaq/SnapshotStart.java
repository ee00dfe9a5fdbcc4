package io.tickbridge.gateway.feed.nasdaq;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.MarketDataListener;
import io.tickbridge.gateway.feed.SnapshotFault;
import io.tickbridge.gateway.feed.nasdaq.PacketReader.Manner;
import io.tickbridge.gateway.wire.WireBytes;
import org.agrona.DirectBuffer;

/**
 * From doubt to whole books by a GLIMPSE snapshot. While one is wanted, packets are read as ever and kept besides, the
 * latest ones as far as the memory goes. From the snapshot's first message on books are made of it, and packets are only
 * kept. Its end names the message with which processing goes on: from there on what was kept is applied, a slice with each
 * datagram that comes, and when nothing is left and {@link SnapshotEvidence} has no doubt, the books are the exchange's.
 *
 * <p>When nothing comes of a snapshot any more, or its beginning did not arrive, that is said, by the time at which datagrams
 * of the feed were received.
 *
 * <p>Everything follows from the datagrams and their order, so that a replay comes to the same.
 *
 * <p>One thread; allocates nothing after construction, but for the day's date.
 */
final class SnapshotStart {
    /** Messages by which a snapshot may be ahead of the lines: seconds of a busy day. More, and it is another session's. */
    private static final long LONGEST_LEAD = 1 << 22;
    /** Bytes of kept packets that are applied with each datagram: many times what a datagram brings. */
    private static final int SLICE = 1 << 16;
    private static final long FIRST = 1;
    /** ns without a datagram of a snapshot after which to say so; MoldUDP64's heartbeats come every second at least. */
    static final long OVERDUE = 1_000_000_000L;

    private enum State {
        /** Books are as good as the lines make them, and nothing else is wanted. */
        SETTLED,
        /** They are not, and a snapshot would help. */
        WANTED,
        /** Its messages are coming. */
        READING,
        /** It is complete, and what was kept is being applied. */
        CATCHING_UP
    }

    private final WireBytes datagram = new WireBytes();
    private final MarketDataListener listener;
    private final MessageDecoder decoder;
    private final PacketReader reader;
    private final FeedCounts counts;
    private final GapWatch watch;
    private final SnapshotEvidence evidence;
    private final KeptPackets kept;

    private State state = State.SETTLED;
    private long sessionHead;
    private short sessionTail;
    /** Number of the message that the lines bring next. */
    private long expected;
    /** Of the snapshot's next message, as the snapshot counts them. */
    private long nextOfSnapshot;
    /** Messages before this one are part of the snapshot. */
    private long applyFrom;
    /** When the datagram came that is looked at. */
    private long now;
    /** When the last one of a snapshot came, or was waited for. */
    private long latestProgress;
    /** What still comes of a snapshot is the rest of one that is of no use, and nobody wonders about it. */
    private boolean isRest;
    /** Whether a message of the snapshot that is being read was of no use. */
    private boolean spoilt;

    /**
     * Nothing is wanted yet.
     *
     * @param capacity bytes in which packets are kept
     */
    SnapshotStart(
            final MarketDataListener listener, final MessageDecoder decoder, final PacketReader reader,
            final FeedCounts counts, final GapWatch watch, final SnapshotEvidence evidence, final int capacity) {
        this.listener = listener;
        this.decoder = decoder;
        this.reader = reader;
        this.counts = counts;
        this.watch = watch;
        this.evidence = evidence;
        this.kept = new KeptPackets(capacity);
    }

    /** What follows comes from a datagram that was received at this time. */
    void at(final long receiveTime) {
        now = receiveTime;
    }

    /**
     * Books are in doubt: messages before this one were not all seen. A snapshot that was asked for before may still be of
     * use, should it take account of them; its end tells.
     */
    void want(final long head, final short tail, final long next) {
        sessionHead = head;
        sessionTail = tail;
        expected = next;
        kept.clear();
        if (state == State.CATCHING_UP && next > applyFrom) {
            abandon(SnapshotFault.OTHER_NUMBER);
        } else if (state == State.SETTLED) {
            ask();
        }
    }

    /** A session begins, with books that are known: nothing that was wanted so far is. */
    void forget() {
        if (state != State.SETTLED) {
            settle();
        }
        kept.clear();
        evidence.forget();
    }

    /** How the next packet of the lines is to be read. */
    Manner manner() {
        return state == State.READING || state == State.CATCHING_UP ? Manner.TRADES_ONLY : Manner.NEWS;
    }

    /** Keeps a packet of the lines, in its turn and before it is read. */
    void keep(
            final DirectBuffer buffer, final int offset, final int length, final long sequence, final int skip,
            final long receiveTime) {
        expected = sequence + MoldPacket.messages(buffer, offset);
        evidence.onLine(buffer, offset, length, receiveTime);
        if (state == State.SETTLED || kept.add(buffer, offset, length, sequence, skip, receiveTime)) {
            return;
        }
        if (state == State.WANTED) {
            // The latest ones: a snapshot that is yet to come begins near the end of them.
            do {
                kept.removeFirst();
            } while (!kept.add(buffer, offset, length, sequence, skip, receiveTime));
        } else {
            counts.increment(FeedCounter.SNAPSHOT_OVERFLOWS);
            kept.clear();
            abandon(SnapshotFault.OVERFLOW);
        }
    }

    /** Takes a datagram of the snapshot line. */
    void onDatagram(final DirectBuffer buffer, final int offset, final int length, final long receiveTime) {
        counts.increment(FeedCounter.DATAGRAMS);
        datagram.wrap(buffer, offset, length);
        if (!MoldPacket.isSound(datagram, offset, length)) {
            counts.increment(FeedCounter.MALFORMED);
            return;
        }
        final long sequence = MoldPacket.sequence(buffer, offset);
        if (state == State.SETTLED || state == State.CATCHING_UP
                || MoldPacket.sessionHead(buffer, offset) != sessionHead
                || MoldPacket.sessionTail(buffer, offset) != sessionTail) {
            counts.increment(FeedCounter.DUPLICATES); // of a snapshot that nobody wants any more
            return;
        }
        latestProgress = now;
        if (sequence == FIRST) {
            begin(receiveTime);
        } else if (state == State.WANTED) {
            counts.increment(FeedCounter.DUPLICATES); // what follows one that was given up, or that lacks its beginning
            if (!isRest) {
                isRest = true;
                counts.increment(FeedCounter.UNUSABLE_SNAPSHOTS);
                watch.onSnapshotUnusable(SnapshotFault.INCOMPLETE);
                watch.onSnapshotOverdue();
            }
            return;
        }
        if (sequence != nextOfSnapshot) {
            giveUp(SnapshotFault.INCOMPLETE);
            return;
        }
        evidence.onSnapshot(buffer, offset);
        nextOfSnapshot = sequence + MoldPacket.messages(buffer, offset);
        reader.read(buffer, offset, length, sequence, receiveTime, 0, true, Manner.SNAPSHOT);
        if (spoilt) {
            giveUp(SnapshotFault.SENSELESS);
            return;
        }
        final int last = lastMessage(buffer, offset);
        if (last >= 0 && (buffer.getByte(last) & 0xff) == EndOfSnapshot.TYPE) {
            end(EndOfSnapshot.sequence(buffer, last, offset + length - last));
        }
    }

    /** A message of a snapshot, or one that was kept, cannot be used. */
    void onLost() {
        spoilt = true;
    }

    /** Applies some of what was kept, if it is time, or says that time runs out. To be called after each datagram. */
    void proceed() {
        if (state == State.CATCHING_UP) {
            apply(SLICE);
        } else if (state != State.SETTLED && now - latestProgress > OVERDUE) {
            latestProgress = now;
            isRest = false;
            watch.onSnapshotOverdue();
        }
    }

    /** Applies all of what was kept: no more datagrams will come. */
    void finish() {
        if (state == State.CATCHING_UP) {
            apply(Long.MAX_VALUE);
        }
    }

    private void begin(final long receiveTime) {
        if (state == State.READING) {
            counts.increment(FeedCounter.UNUSABLE_SNAPSHOTS);
            watch.onSnapshotUnusable(SnapshotFault.BROKEN_OFF);
        }
        isRest = false;
        evidence.begin();
        state = State.READING;
        nextOfSnapshot = FIRST;
        spoilt = false;
        listener.onPacketStart(receiveTime, true);
        decoder.statuses().beginSnapshot();
        listener.onRebuildStart();
    }

    private void end(final long from) {
        final long first = kept.isEmpty() ? expected : kept.sequence() + kept.skip();
        if (from < first || from > expected + LONGEST_LEAD) {
            giveUp(SnapshotFault.OTHER_NUMBER);
            return;
        }
        if (!evidence.isOfItsTime(now)) {
            giveUp(SnapshotFault.OTHER_TIME);
            return;
        }
        decoder.statuses().endSnapshot();
        applyFrom = from;
        state = State.CATCHING_UP;
    }

    private void apply(final long bytes) {
        long left = bytes;
        while (!kept.isEmpty() && left > 0) {
            final int offset = kept.offset();
            final long sequence = kept.sequence();
            final int messages = MoldPacket.messages(kept.memory(), offset);
            left -= kept.length();
            final int known = (int) Math.max(0, Math.min(messages, applyFrom - sequence));
            if (!evidence.agreesWithEarlier(kept.memory(), offset, kept.skip(), known)) {
                spoilt = true;
            } else if (known < messages) {
                reader.read(kept.memory(), offset, kept.length(), sequence, kept.receiveTime(),
                        Math.max(kept.skip(), known), true, Manner.CATCH_UP);
            }
            if (spoilt) {
                kept.clear();
                giveUp(SnapshotFault.OTHER_ORDERS);
                return;
            }
            kept.removeFirst();
        }
        if (kept.isEmpty() && expected >= applyFrom && evidence.isProven()) {
            if (!evidence.isOfItsTime(now)) {
                giveUp(SnapshotFault.OTHER_TIME);
                return;
            }
            counts.increment(FeedCounter.REBUILDS);
            // Books are true now, but that they are is no news of the market's.
            listener.onPacketStart(now, true);
            listener.onRebuildEnd(reader.lastTime());
            settle();
        }
    }

    /** Of no use. What was kept may fit the next one, which will be from later on. */
    private void giveUp(final SnapshotFault fault) {
        counts.increment(FeedCounter.UNUSABLE_SNAPSHOTS);
        abandon(fault);
    }

    private void abandon(final SnapshotFault fault) {
        isRest = true;
        decoder.statuses().endSnapshot();
        if (fault == SnapshotFault.OTHER_NUMBER || fault == SnapshotFault.OTHER_TIME || fault == SnapshotFault.OTHER_ORDERS) {
            // Its locate codes may stand for other stocks here.
            decoder.forget();
        }
        watch.onSnapshotUnusable(fault);
        // Books hold what is neither the snapshot's nor the exchange's.
        listener.onSequenceGap(expected - 1, expected - 1);
        ask();
    }

    private void ask() {
        state = State.WANTED;
        latestProgress = now;
        watch.onSnapshotWanted(sessionTail, sessionHead);
    }

    private void settle() {
        state = State.SETTLED;
        decoder.statuses().endSnapshot();
        watch.onSnapshotSettled();
    }

    private static int lastMessage(final DirectBuffer buffer, final int offset) {
        int block = offset + MoldPacket.HEADER_LENGTH;
        int last = -1;
        for (int i = MoldPacket.messages(buffer, offset); i > 0; i--) {
            last = block + MoldPacket.BLOCK_LENGTH_SIZE;
            block = last + MoldPacket.messageLength(buffer, block);
        }
        return last;
    }
}
