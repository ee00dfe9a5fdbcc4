package io.tickbridge.gateway.feed.arbitration;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import io.tickbridge.gateway.feed.LineCounts;
import org.agrona.DirectBuffer;

/**
 * Makes one stream of the packets that redundant lines deliver: in sequence, each number once.
 *
 * <p>A packet covers the numbers [sequence, sequence + units): CME numbers packets, so one unit each; MoldUDP64 and
 * IEX-TP number messages, so as many as it has. A packet of no units is a transport heartbeat that says which
 * number comes next, and so reveals a loss at the tail.
 *
 * <p>A packet that comes early is held until what is missing before it has come on some line. What is missing is
 * given up, and reported as a gap, when the window is full, when the early packet is too large to hold, when a
 * packet arrives whose event time lies more than the timeout past that of the first one held, or when one arrives
 * later than the longest wait after any that is held. Event time is the exchange's own, and receive times come with
 * the packets and are journalled with them; no clock is read here, so a replay decides as the live feed did.
 *
 * <p>The two limits answer different questions. Event time says that the exchange has moved on, however fast or slow
 * a recording is played. Receive time says how old what is held has become here: in a quiet market the next packet
 * may come half a minute later, and must not make what waited for it look new. When the wait has been too long the
 * gap is told first, so that whoever keeps books doubts them, and what was held is then handed over as late; a
 * missing packet that comes after that is a duplicate. What is released at the end of the input counts as late too:
 * no packet says how long it has waited.
 *
 * <p>A packet with a number long past whose event time lies more than the timeout after that of the last one
 * handed over is no straggler: its sender counts anew. Without this rule one corrupt number, or the weekly restart
 * of a channel, would leave the feed deaf while it looked alive.
 *
 * <p>One thread. Allocates nothing after construction. The output may call {@link #reset} from its methods, but not
 * {@link #offer}.
 */
public final class LineArbiter {
    /** The count of what is lost goes no further: a few corrupt numbers, each of them 64 bits long, must not turn it negative. */
    private static final long MOST_LOST = Long.MAX_VALUE / 2;

    private final HeldPackets held;
    private final long timeout;
    private final long longestWait;
    private final FeedCounts counts;
    private final LineCounts lineCounts;
    private final ArbitratedPackets output;
    private MissingNumbers watch = MissingNumbers.IGNORED;

    private boolean started;
    private long expected;
    private long lastEventTime;
    /** Numbers before this one have come, were told to the watch, or were given up. */
    private long shown;
    /** Receive time of the packet that is being looked at; {@link Long#MAX_VALUE} when there will be no more. */
    private long now;

    /**
     * An arbiter that has seen nothing yet.
     *
     * @param lines       number of lines, at least 1
     * @param window      packets held at most; 0 for none, so that whatever is missing is lost at once
     * @param maxDatagram bytes of the largest packet that can be held
     * @param timeout     ns of event time after which a missing packet is given up
     * @param longestWait ns by receive time after which a missing packet is given up
     * @param counts      where DATAGRAMS, PACKETS, DUPLICATES, HELD_BACK, GAPS and LOST are counted
     * @param output      takes the packets
     */
    public LineArbiter(
            final int lines, final int window, final int maxDatagram, final long timeout, final long longestWait,
            final FeedCounts counts, final ArbitratedPackets output) {
        this.held = new HeldPackets(window, maxDatagram);
        this.timeout = timeout;
        this.longestWait = longestWait;
        this.counts = counts;
        this.lineCounts = new LineCounts(lines);
        this.output = output;
    }

    /**
     * Lets somebody know of holes from now on.
     *
     * @param listener told when one opens, and of how far the output has come while packets are held
     */
    public void watch(final MissingNumbers listener) {
        watch = listener;
    }

    /**
     * Takes a packet that fills a hole and came by another way than a line. One that goes beyond what the lines have shown
     * to exist is refused, whatever it is: it counts as a duplicate.
     *
     * @param buffer      memory that holds it, valid until this method returns
     * @param offset      where it begins
     * @param length      its bytes
     * @param sequence    number of its first unit
     * @param units       how many numbers it covers, at least 1
     * @param eventTime   ns since the Unix epoch: no less than that of any packet that was offered before
     * @param receiveTime ns since the Unix epoch when it arrived
     */
    public void offerRecovered(
            final DirectBuffer buffer, final int offset, final int length,
            final long sequence, final int units, final long eventTime, final long receiveTime) {
        counts.increment(FeedCounter.DATAGRAMS);
        lineCounts.datagram(lineCounts.lines());
        final long end = sequence + units;
        if (!started || end <= expected || end > shown) {
            counts.increment(FeedCounter.DUPLICATES);
        } else {
            arbitrate(buffer, offset, length, sequence, units, eventTime, receiveTime, lineCounts.lines());
        }
    }

    /**
     * Takes a packet from a line.
     *
     * @param buffer      memory that holds it, valid until this method returns
     * @param offset      where it begins
     * @param length      its bytes
     * @param sequence    number of its first unit, or the one that comes next when it has none
     * @param units       how many numbers it covers, 0 for a transport heartbeat
     * @param eventTime   ns since the Unix epoch, by the sender
     * @param receiveTime ns since the Unix epoch when it arrived
     * @param line        which line it came in on, from 0
     */
    public void offer(
            final DirectBuffer buffer, final int offset, final int length,
            final long sequence, final int units, final long eventTime, final long receiveTime, final int line) {
        counts.increment(FeedCounter.DATAGRAMS);
        lineCounts.datagram(line);
        // The two cases of a healthy feed come first: the next packet, and the other line's copy of an earlier one.
        final boolean calm = started && units > 0 && held.isEmpty();
        if (calm && sequence == expected) {
            lineCounts.first(line);
            hand(buffer, offset, length, sequence, units, eventTime, receiveTime, false);
        } else if (calm && sequence + units <= expected && eventTime - lastEventTime <= timeout) {
            counts.increment(FeedCounter.DUPLICATES);
        } else {
            arbitrate(buffer, offset, length, sequence, units, eventTime, receiveTime, line);
        }
    }

    /**
     * The exchange announced that it counts anew. What is held belongs to the old count and is released first, as late.
     *
     * @param nextSequence number that comes next
     */
    public void reset(final long nextSequence) {
        flush();
        started = true;
        expected = nextSequence;
        shown = nextSequence;
    }

    /** No more packets will come: what is missing is given up, what is held is released, as late. */
    public void flush() {
        now = Long.MAX_VALUE;
        giveUpAll();
    }

    /**
     * What comes next.
     *
     * @return the next number; meaningless before the first packet
     */
    public long expected() {
        return expected;
    }

    /**
     * What each line delivered.
     *
     * @return the same object for the life of the arbiter
     */
    public LineCounts lineCounts() {
        return lineCounts;
    }

    private void arbitrate(
            final DirectBuffer buffer, final int offset, final int length,
            final long sequence, final int units, final long eventTime, final long receiveTime, final int line) {
        final long end = sequence + units;
        now = receiveTime;
        // Before the packet is looked at: should it be the missing one, it is too late to make the others news.
        while (!held.isEmpty() && hasWaited(held.earliestReceiveTime())) {
            giveUpFirst();
        }
        if (!started) {
            started = true;
            expected = sequence;
            lastEventTime = eventTime;
            output.onStart(sequence);
        } else if (end <= expected && sequence < expected && eventTime - lastEventTime > timeout) {
            giveUpAll();
            final long old = expected;
            expected = sequence;
            shown = sequence;
            lastEventTime = eventTime;
            output.onRestart(old, sequence);
        }
        if (end <= expected || held.covers(sequence, end)) {
            if (units > 0) {
                counts.increment(FeedCounter.DUPLICATES);
            }
        } else {
            if (units > 0) {
                lineCounts.first(line);
            }
            take(buffer, offset, length, sequence, units, eventTime, receiveTime);
        }
        while (!held.isEmpty() && eventTime - held.firstEventTime() > timeout) {
            giveUpFirst();
        }
        watch.onNext(expected);
    }

    /** A packet with something new in it: hands it over when its turn has come, else holds it. */
    private void take(
            final DirectBuffer buffer, final int offset, final int length,
            final long sequence, final int units, final long eventTime, final long receiveTime) {
        while (sequence > expected) {
            if (held.hasRoomFor(length)) {
                held.insert(buffer, offset, length, sequence, units, eventTime, receiveTime);
                if (units > 0) {
                    counts.increment(FeedCounter.HELD_BACK);
                }
                show(sequence, sequence + units);
                return;
            }
            if (!held.isEmpty() && held.firstSequence() < sequence) {
                giveUpFirst();
            } else {
                giveUpTo(sequence);
            }
        }
        hand(buffer, offset, length, sequence, units, eventTime, receiveTime, false);
        release();
    }

    /** A packet is held: what lies between it and all that was known before is missing. */
    private void show(final long sequence, final long end) {
        final long before = Math.max(shown, expected);
        shown = Math.max(before, end);
        if (sequence > before) {
            watch.onNext(expected);
            watch.onMissing(before, sequence - 1);
        }
    }

    private boolean hasWaited(final long since) {
        return now == Long.MAX_VALUE || now - since > longestWait;
    }

    private void giveUpAll() {
        while (!held.isEmpty()) {
            giveUpFirst();
        }
    }

    private void giveUpFirst() {
        giveUpTo(held.firstSequence());
        release();
    }

    private void giveUpTo(final long sequence) {
        if (sequence > expected) {
            final long from = expected;
            expected = sequence;
            counts.increment(FeedCounter.GAPS);
            counts.add(FeedCounter.LOST, Math.min(sequence - from, MOST_LOST - Math.min(counts.get(FeedCounter.LOST), MOST_LOST)));
            output.onGap(from, sequence - 1);
        }
    }

    /** Hands over all held packets whose turn has come. */
    private void release() {
        while (!held.isEmpty() && held.firstSequence() <= expected) {
            final int slot = held.removeFirst();
            hand(
                    held.memory(), held.offset(slot), held.length(slot),
                    held.sequence(slot), held.units(slot), held.eventTime(slot), held.receiveTime(slot),
                    hasWaited(held.receiveTime(slot)));
            held.free(slot);
        }
    }

    /** Hands over a packet that begins at or before the number expected, unless nothing in it is new. */
    private void hand(
            final DirectBuffer buffer, final int offset, final int length,
            final long sequence, final int units, final long eventTime, final long receiveTime, final boolean late) {
        final long end = sequence + units;
        final long skip = expected - sequence;
        if (skip < units) {
            expected = end;
            lastEventTime = eventTime;
            counts.increment(FeedCounter.PACKETS);
            output.onPacket(buffer, offset, length, sequence, receiveTime, (int) skip, late);
        } else if (units > 0) {
            counts.increment(FeedCounter.DUPLICATES);
        }
    }
}
