package io.tickbridge.gateway.journal;

import static io.tickbridge.gateway.journal.RecordLayout.GAP_FRAMES_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.GAP_LAST_TIME_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.GAP_LENGTH;
import static io.tickbridge.gateway.journal.RecordLayout.GAP_SIGNALS_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.HEADER_LENGTH;
import static io.tickbridge.gateway.journal.RecordLayout.ORDER;

import io.tickbridge.gateway.signal.SignalListener;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RecordDescriptor;

/**
 * The receive thread's side of the journal: copies frames and signals into the ring, in the order of the calls.
 *
 * <p>For a live source it never waits. What finds no room is counted, and the first record that finds room again
 * has a gap record before it, so that the hole stands in the journal where it was. For a source that waits (a
 * file) it can wait instead, and loses nothing. Allocates nothing. Only the receive thread calls it, and nobody
 * after {@link Journal#close}.
 */
public final class JournalRecorder implements SignalListener {
    /** The ring's own header and alignment for two messages. */
    private static final int RING_OVERHEAD = 2 * (RecordDescriptor.HEADER_LENGTH + RecordDescriptor.ALIGNMENT);

    private static final int LINK_MEMORY = 2048;

    private final OneToOneRingBuffer ring;
    private final AtomicBuffer memory;
    private final int maxRecordLength;
    private final boolean waitWhenFull;
    private final JournalCounts counts;
    private final BackoffIdleStrategy idle =
            new BackoffIdleStrategy(100, 10, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MICROSECONDS.toNanos(100));

    /** Set by the journal thread when it ends: nobody will make room any more. */
    private volatile boolean drainEnded;

    /** One link record before it goes into the ring: longest frame of the link and what stands before it. */
    private final UnsafeBuffer linkMemory = new UnsafeBuffer(new byte[LINK_MEMORY]);

    private long lostFrames;
    private long lostSignals;
    private long lostOthers;
    private long firstLostTime;
    private long lastLostTime;

    JournalRecorder(final OneToOneRingBuffer ring, final boolean waitWhenFull, final JournalCounts counts) {
        this.ring = ring;
        this.memory = ring.buffer();
        this.maxRecordLength = Math.min(ring.maxMsgLength(), RecordLayout.MAX_RECORD_LENGTH);
        this.waitWhenFull = waitWhenFull;
        this.counts = counts;
    }

    /**
     * Records one frame. Call it before the frame is decoded: the signals it causes come after it.
     *
     * @param buffer      memory that holds the frame
     * @param offset      where the frame begins
     * @param length      bytes of the frame
     * @param receiveTime ns since the Unix epoch
     * @param line        the configured feed line it came in on, from 0 over all feeds, at most 65535
     */
    public void onFrame(
            final DirectBuffer buffer, final int offset, final int length, final long receiveTime, final int line) {
        if (!record(RecordLayout.FRAME, buffer, offset, length, receiveTime, line)) {
            counts.add(JournalCounter.REFUSED_FRAMES, 1);
            lost(1, 0, 0, receiveTime);
        }
    }

    @Override
    public void onSignal(final DirectBuffer body, final int offset, final long receiveTime) {
        if (!record(RecordLayout.SIGNAL, body, offset, RecordLayout.SIGNAL_LENGTH, receiveTime, 0)) {
            counts.add(JournalCounter.REFUSED_SIGNALS, 1);
            lost(0, 1, 0, receiveTime);
        }
    }

    /**
     * Records what an add-on reported. What finds no room is not counted as lost: it is not acknowledged, so the
     * add-on sends it again.
     *
     * @param connection  number of the connection it came on
     * @param buffer      memory that holds the frame
     * @param offset      where the frame begins
     * @param length      bytes of the frame
     * @param receiveTime ns since the Unix epoch
     * @return false when it found no room
     */
    public boolean onLinkReport(
            final long connection, final DirectBuffer buffer, final int offset, final int length, final long receiveTime) {
        linkMemory.putLong(0, connection, ORDER);
        linkMemory.putBytes(RecordLayout.REPORT_CONNECTION_LENGTH, buffer, offset, length);
        return record(RecordLayout.LINK_REPORT, linkMemory, 0, RecordLayout.REPORT_CONNECTION_LENGTH + length, receiveTime, 0);
    }

    /**
     * Records what happened on the link. Allocates; not for the hot path.
     *
     * @param event what
     * @param time  ns since the Unix epoch
     */
    public void onLinkEvent(final LinkEvent event, final long time) {
        event.encode(linkMemory, 0);
        if (!record(RecordLayout.LINK_EVENT, linkMemory, 0, LinkEvent.LENGTH, time, 0)) {
            counts.add(JournalCounter.REFUSED_LINK_EVENTS, 1);
            lost(0, 0, 1, time);
        }
    }

    /**
     * Records that packets of a feed were lost.
     *
     * @param feed its place in the configuration, from 0
     * @param gaps holes since the last time
     * @param lost packets in them
     * @param time ns since the Unix epoch
     */
    public void onFeedGap(final int feed, final long gaps, final long lost, final long time) {
        FeedHealth.encode(linkMemory, FeedHealth.Kind.GAP, feed, 0, 0, gaps, lost, 0);
        recordHealth(time);
    }

    /**
     * Records that a book is not to be trusted, or is again.
     *
     * @param feed         its place in the configuration, from 0
     * @param instrument   the venue's number of it
     * @param state        by its number on the link
     * @param exchangeTime ns since the Unix epoch
     * @param time         ns since the Unix epoch when it was noticed
     */
    public void onBookState(final int feed, final long instrument, final int state, final long exchangeTime, final long time) {
        FeedHealth.encode(linkMemory, FeedHealth.Kind.BOOK_STATE, feed, state, instrument, 0, 0, exchangeTime);
        recordHealth(time);
    }

    /**
     * Records that a signal is on its way to add-ons. Call it after {@link #onSignal}; what finds no room is counted.
     *
     * @param session   of the link
     * @param sequence  of the signal in that session
     * @param number    of the signal in its run
     * @param readyTime ns since the Unix epoch when the link had it
     * @param sentTime  ns since the Unix epoch when the link had written it; 0 when that is not known
     * @param peers     add-ons logged on
     */
    public void onSignalSent(final long session, final long sequence, final long number, final long readyTime,
            final long sentTime, final long peers) {
        linkMemory.putLong(RecordLayout.SENT_SESSION_OFFSET, session, ORDER);
        linkMemory.putLong(RecordLayout.SENT_SEQUENCE_OFFSET, sequence, ORDER);
        linkMemory.putLong(RecordLayout.SENT_NUMBER_OFFSET, number, ORDER);
        linkMemory.putLong(RecordLayout.SENT_READY_TIME_OFFSET, readyTime, ORDER);
        linkMemory.putLong(RecordLayout.SENT_PEERS_OFFSET, peers, ORDER);
        if (!record(RecordLayout.SIGNAL_SENT, linkMemory, 0, RecordLayout.SENT_LENGTH, sentTime, 0)) {
            counts.add(JournalCounter.REFUSED_SIGNAL_TIMES, 1);
            lost(0, 0, 1, readyTime);
        }
    }

    private void recordHealth(final long time) {
        if (!record(RecordLayout.FEED_HEALTH, linkMemory, 0, FeedHealth.LENGTH, time, 0)) {
            counts.add(JournalCounter.LOST_HEALTH_EVENTS, 1);
            lost(0, 0, 1, time);
        }
    }

    /**
     * How far was recorded. Compare with {@link #writtenPosition}.
     *
     * @return grows with every record
     */
    public long position() {
        return ring.producerPosition();
    }

    /**
     * How far the journal thread has come: every record before it was appended, or could not be (see
     * {@link Journal#hasFailed}, to be asked afterwards).
     *
     * @return not above {@link #position}
     */
    public long writtenPosition() {
        return ring.consumerPosition();
    }

    /** Puts a gap that is still owed into the ring, waiting for room. For the end of the run. */
    void settle() {
        if (owesGap()) {
            putGap(claim(RecordLayout.JOURNAL_GAP, HEADER_LENGTH + gapLength(), true));
        }
    }

    /** The journal thread takes nothing more from the ring. */
    void drainEnded() {
        drainEnded = true;
    }

    private boolean record(final int type, final DirectBuffer source, final int offset, final int length,
            final long time, final int line) {
        // Before the claim: a claim that is not committed would block the ring for good.
        source.boundsCheck(offset, length);
        final int recordLength = HEADER_LENGTH + length;
        if (recordLength > maxRecordLength) {
            return false;
        }
        if (owesGap() && !putGapBefore(recordLength)) {
            return false;
        }
        final int index = claim(type, recordLength, waitWhenFull);
        if (index < 0) {
            return false;
        }
        putHeader(memory, index, type, length, time, line);
        memory.putBytes(index + HEADER_LENGTH, source, offset, length);
        ring.commit(index);
        return true;
    }

    /** Only together with a record: otherwise a ring that is almost full would fill with gaps. */
    private boolean putGapBefore(final int recordLength) {
        final int needed = recordLength + HEADER_LENGTH + gapLength() + RING_OVERHEAD;
        if (!waitWhenFull && ring.capacity() - ring.size() < needed) {
            return false;
        }
        return putGap(claim(RecordLayout.JOURNAL_GAP, HEADER_LENGTH + gapLength(), waitWhenFull));
    }

    private boolean putGap(final int index) {
        if (index < 0) {
            return false;
        }
        putHeader(memory, index, RecordLayout.JOURNAL_GAP, gapLength(), firstLostTime, 0);
        final int payload = index + HEADER_LENGTH;
        memory.putLong(payload + GAP_FRAMES_OFFSET, lostFrames, ORDER);
        memory.putLong(payload + GAP_SIGNALS_OFFSET, lostSignals, ORDER);
        memory.putLong(payload + GAP_LAST_TIME_OFFSET, lastLostTime, ORDER);
        if (lostOthers > 0) {
            memory.putLong(payload + RecordLayout.GAP_OTHERS_OFFSET, lostOthers, ORDER);
        }
        ring.commit(index);
        lostFrames = 0;
        lostSignals = 0;
        lostOthers = 0;
        return true;
    }

    private boolean owesGap() {
        return (lostFrames | lostSignals | lostOthers) != 0;
    }

    private int gapLength() {
        return lostOthers == 0 ? GAP_LENGTH : RecordLayout.GAP_OF_OTHERS_LENGTH;
    }

    private int claim(final int type, final int length, final boolean wait) {
        int index = ring.tryClaim(type, length);
        if (index < 0 && wait) {
            idle.reset();
            while (index < 0 && !drainEnded) {
                idle.idle();
                index = ring.tryClaim(type, length);
            }
        }
        return index;
    }

    private void lost(final int frames, final int signals, final int others, final long time) {
        if (!owesGap()) {
            firstLostTime = time;
        }
        lostFrames += frames;
        lostSignals += signals;
        lostOthers += others;
        lastLostTime = time;
    }

    /** Writes every field of a header except number and checksum, which the journal thread adds. */
    static void putHeader(final MutableDirectBuffer buffer, final int offset, final int type, final int length,
            final long time, final int line) {
        buffer.putInt(offset + RecordLayout.LENGTH_OFFSET, length, ORDER);
        buffer.putLong(offset + RecordLayout.TIME_OFFSET, time, ORDER);
        buffer.putByte(offset + RecordLayout.TYPE_OFFSET, (byte) type);
        buffer.putByte(offset + RecordLayout.VERSION_OFFSET, (byte) RecordLayout.versionOf(type, length));
        buffer.putShort(offset + RecordLayout.LINE_OFFSET, (short) line, ORDER);
    }
}
