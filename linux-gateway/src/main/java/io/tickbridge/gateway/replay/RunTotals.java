package io.tickbridge.gateway.replay;

import io.tickbridge.gateway.journal.FeedHealth;
import io.tickbridge.gateway.journal.RunStarted;
import io.tickbridge.gateway.journal.RunStopped;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.FrameHeaderDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;

/** What one run of a journal holds, added up while reading. */
final class RunTotals {
    private static final int INITIAL_SLOTS = 16;

    final RunStarted started;
    final long startIndex;
    RunStopped stopped;
    long frames;
    long frameBytes;
    long signals;
    long sent;
    long gaps;
    long lostFrames;
    long lostSignals;
    /** Events of the link or of feeds' health, or times of sent signals. */
    long lostOthers;
    long damaged;
    long reports;
    final Map<String, Long> reportsByType = new TreeMap<>();
    final Map<String, Long> linkEvents = new TreeMap<>();
    final Map<String, Long> health = new TreeMap<>();
    long firstTime = Long.MAX_VALUE;
    long lastTime = Long.MIN_VALUE;
    private long[] framesByLine = new long[INITIAL_SLOTS];
    private long[] signalsByRule = new long[INITIAL_SLOTS];

    /** For a run; or with null for records that precede the first run there is. */
    RunTotals(final RunStarted started, final long startIndex) {
        this.started = started;
        this.startIndex = startIndex;
    }

    void frame(final int line, final int length, final long receiveTime) {
        framesByLine = counted(framesByLine, line);
        frames++;
        frameBytes += length;
        firstTime = Math.min(firstTime, receiveTime);
        lastTime = Math.max(lastTime, receiveTime);
    }

    void signal(final int rule) {
        signalsByRule = counted(signalsByRule, rule);
        signals++;
    }

    void report(final DirectBuffer frame, final int offset) {
        reports++;
        reportsByType.merge(ReportNames.of(new FrameHeaderDecoder().wrap(frame, offset).templateId()), 1L, Long::sum);
    }

    void linkEvent(final String kind, final long count) {
        linkEvents.merge(kind, count, Long::sum);
    }

    void health(final FeedHealth event) {
        if (event.kind() == FeedHealth.Kind.GAP) {
            health.merge("feed gaps", event.gaps(), Long::sum);
            health.merge("packets lost", event.lost(), Long::sum);
        } else if (event.kind() == FeedHealth.Kind.BOOK_STATE) {
            health.merge("books " + BookState.get((short) event.state()), 1L, Long::sum);
        } else {
            health.merge("other", 1L, Long::sum);
        }
    }

    void gap(final long framesLost, final long signalsLost) {
        gaps++;
        lostFrames += framesLost;
        lostSignals += signalsLost;
    }

    /** By number of the configured feed line, up to the last that had any. */
    long[] framesByLine() {
        return trimmed(framesByLine);
    }

    /** By number of the rule, up to the last that fired. */
    long[] signalsByRule() {
        return trimmed(signalsByRule);
    }

    /** ns between first and last frame. */
    long duration() {
        return frames == 0 ? 0 : lastTime - firstTime;
    }

    private static long[] counted(final long[] counts, final int slot) {
        final long[] large = slot < counts.length ? counts : Arrays.copyOf(counts, Math.max(slot + 1, counts.length * 2));
        large[slot]++;
        return large;
    }

    private static long[] trimmed(final long[] counts) {
        int length = counts.length;
        while (length > 0 && counts[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(counts, length);
    }
}
