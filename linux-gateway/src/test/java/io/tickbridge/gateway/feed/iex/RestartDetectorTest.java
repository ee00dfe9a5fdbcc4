package io.tickbridge.gateway.feed.iex;

import static io.tickbridge.gateway.feed.iex.RestartDetector.Verdict.CURRENT;
import static io.tickbridge.gateway.feed.iex.RestartDetector.Verdict.FIRST;
import static io.tickbridge.gateway.feed.iex.RestartDetector.Verdict.RESTART;
import static io.tickbridge.gateway.feed.iex.RestartDetector.Verdict.STALE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.iex.RestartDetector.Verdict;
import org.junit.jupiter.api.Test;

/** Times are milliseconds; a message has 10 bytes, so the stream offset is told by the sequence. */
class RestartDetectorTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final long MS = 1_000_000;
    private static final int TODAY = 7;
    private static final int TOMORROW = 8;

    private final RestartDetector detector = new RestartDetector(2);

    @Test
    void whatComesInOrderIsCurrent() {
        assertEquals(FIRST, segment(A, 1, 3, 100));
        assertEquals(CURRENT, segment(A, 4, 2, 101));
        assertEquals(CURRENT, segment(A, 9, 1, 102));
    }

    @Test
    void heartbeatsBeforeTheFirstMessageAreNoRestarts() {
        assertEquals(FIRST, segment(A, 1, 0, 1_000));
        assertEquals(CURRENT, segment(A, 1, 0, 2_000));
        assertEquals(CURRENT, segment(B, 1, 0, 2_500));
        assertEquals(CURRENT, segment(A, 1, 4, 3_000));
    }

    @Test
    void aLineThatGoesBackAtALaterTimeRestarts() {
        segment(A, 1, 500, 100);
        assertEquals(RESTART, segment(A, 1, 0, 60_000));
        assertEquals(CURRENT, segment(A, 1, 5, 60_001));
    }

    @Test
    void aRestartIsFoundWithoutItsFirstMessages() {
        segment(A, 1, 500, 100);
        assertEquals(RESTART, segment(A, 17, 1, 60_000));
    }

    @Test
    void aRestartThatHappensToContinueTheNumbersIsFoundByTheStreamOffset() {
        segment(A, 1, 5, 100);
        assertEquals(RESTART, judge(A, TODAY, 6, 1, 999, 60_000));
    }

    @Test
    void theOtherLinesDuplicateOfMessageOneIsNoRestart() {
        segment(A, 1, 1, 100);
        segment(A, 2, 1, 101);
        assertEquals(CURRENT, segment(B, 1, 1, 100));
    }

    @Test
    void theOtherLinesDuplicateOfMessageOneIsNoRestartThoughItsSenderStampedItLater() {
        segment(A, 1, 1, 100);
        segment(A, 2, 8, 101);
        assertEquals(CURRENT, segment(B, 1, 1, 150));
        assertEquals(CURRENT, segment(A, 10, 1, 102));
        assertEquals(CURRENT, segment(B, 2, 1, 151));
    }

    @Test
    void aSegmentThatTheNetworkDelayedOrDoubledIsNoRestart() {
        segment(A, 1, 1, 100);
        segment(A, 2, 1, 101);
        segment(A, 3, 1, 102);
        assertEquals(CURRENT, segment(A, 1, 1, 100));
        assertEquals(CURRENT, segment(A, 3, 1, 102));
    }

    @Test
    void afterARestartTheOtherLineFollowsWhenItGoesBackItself() {
        segment(A, 1, 500, 100);
        segment(B, 1, 400, 101);
        assertEquals(RESTART, segment(A, 1, 1, 60_000));
        assertEquals(CURRENT, segment(B, 1, 1, 59_999), "the other sender may have been earlier");
        assertEquals(CURRENT, segment(B, 2, 1, 60_001));
    }

    @Test
    void afterARestartTheOtherLineFollowsThoughItLostTheBeginning() {
        segment(A, 1, 500, 100);
        segment(B, 1, 3, 101);
        segment(A, 1, 9, 60_000);
        assertEquals(CURRENT, segment(B, 10, 1, 60_001));
    }

    @Test
    void whatTheOtherLineStillDeliversOfTheOldCountIsStale() {
        segment(A, 1, 500, 100);
        segment(B, 1, 400, 101);
        segment(A, 1, 1, 60_000);
        assertEquals(STALE, segment(B, 401, 100, 100));
        assertEquals(STALE, segment(B, 401, 100, 102), "sent after all that was seen of the old count");
        assertEquals(STALE, segment(A, 500, 1, 100), "late on the line that restarted");
        assertEquals(CURRENT, segment(A, 2, 1, 60_001));
    }

    @Test
    void eachRestartCountsOnceWhateverTheNumberOfLines() {
        segment(A, 1, 500, 100);
        segment(B, 1, 500, 101);
        assertEquals(RESTART, segment(A, 1, 50, 60_000));
        assertEquals(CURRENT, segment(B, 1, 50, 60_001));
        assertEquals(RESTART, segment(B, 1, 1, 120_000));
        assertEquals(CURRENT, segment(A, 1, 1, 120_001));
    }

    @Test
    void aLineNeverHeardBeforeCanRestartTheFeedWhenTheOtherFellSilent() {
        segment(A, 1, 500, 100);
        assertEquals(RESTART, segment(B, 1, 1, 60_000));
    }

    @Test
    void aNewSessionRestarts() {
        segment(A, 1, 500, 100);
        segment(B, 1, 500, 100);
        assertEquals(RESTART, judge(A, TOMORROW, 1, 1, 0, 60_000));
        assertEquals(STALE, segment(B, 501, 1, 101), "still of the old session");
        assertEquals(CURRENT, judge(B, TOMORROW, 1, 1, 0, 60_001));
    }

    @Test
    void anotherSessionSentEarlierIsStale() {
        segment(A, 1, 500, 60_000);
        assertEquals(STALE, judge(A, TOMORROW, 1, 1, 0, 100));
    }

    private Verdict segment(final int line, final long sequence, final int messages, final long sendTime) {
        return judge(line, TODAY, sequence, messages, (sequence - 1) * 10, sendTime);
    }

    private Verdict judge(
            final int line, final int session, final long sequence, final int messages,
            final long streamOffset, final long sendTime) {
        return detector.judge(line, session, sequence, messages, streamOffset, messages * 10, sendTime * MS);
    }
}
