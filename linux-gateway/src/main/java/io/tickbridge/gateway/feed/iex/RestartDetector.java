package io.tickbridge.gateway.feed.iex;

import java.util.Arrays;

/**
 * Tells a sequence that begins anew from a stale duplicate.
 *
 * <p>IEX numbers messages from 1 in each session, but a session identifier alone does not tell: IEX's test facility
 * restarts within one identifier, and nothing announces it. Nor are the lines copies of each other: "UDP Multicast
 * Publication" promises the same messages in the same order, not the same segments, and each line's sender stamps
 * its own send time. So a slow line can deliver message 1 with a send time later than message 9 of the fast line,
 * and that is no restart.
 *
 * <p>What is sure is this: <em>one line's sender publishes its messages in order, by one clock. When it sends
 * something at a later time that lies before what it sent already, it counts anew.</em> Hence, each line against
 * its own past:
 * <ol>
 * <li>a segment sent later than all the line delivered, whose sequence lies before the line's next one, or equals
 * it while the stream offset does not, is a restart; so is a different session identifier sent later;</li>
 * <li>a segment not sent later is late or doubled by the network, whatever its numbers: no restart.</li>
 * </ol>
 * Where a line's own past says nothing, since it was silent or is new, another line's stands in, with
 * {@link #LINE_SKEW} allowed between their clocks. After a restart was seen on one line, the others follow when they
 * go back themselves, or when what they deliver was sent after the restart; until then what they deliver is of the
 * old count, and stale.
 *
 * <p>Segments re-sent by a gap fill server carry old messages at new times and do not come this way.
 *
 * <p>One thread; allocates nothing after construction.
 */
final class RestartDetector {
    /**
     * ns by which one line's send times may lag another's. Each sender says something at least once a second
     * ("Heartbeats"), so that a line further behind is not one to follow.
     */
    static final long LINE_SKEW = 1_000_000_000L;

    /** What a segment is. */
    enum Verdict {
        /** The first one seen. */
        FIRST,
        /** Of the count that is being followed: new, early, or a duplicate. */
        CURRENT,
        /** The first one seen of a new count, which began with message 1 whether or not that was seen. */
        RESTART,
        /** Of a count or session that has been left behind. */
        STALE
    }

    /** Counts seen; the one that is followed. 0 before the first. */
    private int count;
    private int session;
    private long next;
    private long lastSendTime;
    private long firstSendTime;
    private long previousLastSendTime;

    /** The count each line is in. */
    private final int[] lineCount;
    private final long[] lineNext;
    private final long[] lineNextOffset;
    private final long[] lineLastSendTime;

    RestartDetector(final int lines) {
        lineCount = new int[lines];
        lineNext = new long[lines];
        lineNextOffset = new long[lines];
        lineLastSendTime = new long[lines];
    }

    /**
     * Judges a segment and remembers it.
     *
     * @param line          it came in on, from 0
     * @param sessionId     Session ID
     * @param sequence      First Message Sequence Number
     * @param messages      Message Count
     * @param streamOffset  Stream Offset
     * @param payloadLength Payload Length
     * @param sendTime      Send Time, ns since the Unix epoch
     * @return what it is
     */
    Verdict judge(
            final int line, final int sessionId, final long sequence, final int messages,
            final long streamOffset, final int payloadLength, final long sendTime) {
        final Verdict verdict = count == 0 ? Verdict.FIRST : verdict(line, sessionId, sequence, streamOffset, sendTime);
        if (verdict == Verdict.FIRST || verdict == Verdict.RESTART) {
            begin(sessionId, sendTime);
        }
        if (verdict != Verdict.STALE) {
            advance(line, sequence + messages, streamOffset + payloadLength, sendTime);
        }
        return verdict;
    }

    /** Session ID of the count that is being followed; meaningless before the first segment. */
    int session() {
        return session;
    }

    /** Another stream is followed from now on; its first segment will be the first one seen. */
    void forget() {
        count = 0;
        Arrays.fill(lineCount, 0);
    }

    private Verdict verdict(
            final int line, final int sessionId, final long sequence, final long streamOffset, final long sendTime) {
        if (count > 1 && sendTime <= previousLastSendTime) {
            return Verdict.STALE;
        }
        final boolean follows = lineCount[line] == count;
        if (sessionId != session) {
            final long latest = follows ? lineLastSendTime[line] : lastSendTime + LINE_SKEW;
            return sendTime > latest ? Verdict.RESTART : Verdict.STALE;
        }
        final boolean wentBack = lineCount[line] > 0 && sendTime > lineLastSendTime[line]
                && (sequence < lineNext[line]
                || sequence == lineNext[line] && streamOffset != lineNextOffset[line]);
        if (follows && wentBack || sequence < next && sendTime - lastSendTime > LINE_SKEW) {
            return Verdict.RESTART;
        }
        final boolean ofOldCount = !follows && !wentBack && count > 1 && sendTime < firstSendTime;
        return ofOldCount ? Verdict.STALE : Verdict.CURRENT;
    }

    private void begin(final int sessionId, final long sendTime) {
        count++;
        session = sessionId;
        next = 0;
        previousLastSendTime = lastSendTime;
        firstSendTime = sendTime;
        lastSendTime = sendTime;
    }

    private void advance(final int line, final long end, final long endOffset, final long sendTime) {
        if (lineCount[line] != count) {
            lineCount[line] = count;
            lineNext[line] = 0;
            lineLastSendTime[line] = sendTime;
        }
        if (end > lineNext[line]) {
            lineNext[line] = end;
            lineNextOffset[line] = endOffset;
        }
        lineLastSendTime[line] = Math.max(lineLastSendTime[line], sendTime);
        next = Math.max(next, end);
        lastSendTime = Math.max(lastSendTime, sendTime);
    }
}
