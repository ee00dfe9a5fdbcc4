package io.tickbridge.gateway.feed.iex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.GapWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two lossy lines and a server that re-sends late, twice, in other pieces, or not at all, against the simplest model: every
 * message is told once, in order, or told as lost; and with a server that always answers, none is lost.
 */
class IexRecoveryProperties {
    private static final int MESSAGES = 150;
    private static final int RECOVERY = 2;
    private static final long START = 1_500_000_000_000_000_000L;
    private static final long LONG = 1L << 60;

    private record Hole(long from, long to) {
    }

    @Property(tries = 200, seed = "20260602")
    void everyMessageIsToldOnceOrToldAsLost(
            @ForAll final long seed, @ForAll @IntRange(min = 0, max = 4) final int unanswered,
            @ForAll @IntRange(min = 1, max = 60) final int window) {
        final Random random = new Random(seed);
        final List<Hole> holes = new ArrayList<>();
        final EventLog log = new EventLog();
        final int room = unanswered == 0 ? 2 * MESSAGES : window;
        final IexFeedHandler feed = new IexFeedHandler(IexProtocol.DEEP, 2, room, LONG, LONG, new GapWatch() {
            @Override
            public void onMissing(final long stream, final long session, final long from, final long to) {
                holes.add(new Hole(from, to));
            }
        }, log);
        final IexGapFill gapFill = new IexGapFill(IexProtocol.DEEP);
        final int[] next = {1, 1};
        while (next[0] <= MESSAGES || next[1] <= MESSAGES) {
            final int line = random.nextInt(2);
            final int count = Math.min(1 + random.nextInt(3), MESSAGES + 1 - next[line]);
            // The first message and the last one come, so that all holes lie between them.
            if (next[line] == 1 || next[line] + count > MESSAGES || random.nextInt(3) > 0) {
                offer(feed, line, segment(next[line], count, 0));
            }
            next[line] += count;
            while (!holes.isEmpty() && random.nextInt(3) == 0) {
                answer(feed, gapFill, holes.remove(random.nextInt(holes.size())), random, unanswered);
            }
        }
        while (!holes.isEmpty()) {
            answer(feed, gapFill, holes.remove(0), random, unanswered);
        }
        feed.onEndOfInput();
        check(log.take(), feed, unanswered == 0);
    }

    private static void answer(
            final IexFeedHandler feed, final IexGapFill gapFill, final Hole hole, final Random random, final int unanswered) {
        if (random.nextInt(5) < unanswered) {
            return;
        }
        long from = hole.from;
        while (from <= hole.to) {
            // Pieces as the server likes: they begin before and end behind what is asked for.
            final int first = (int) Math.max(1, from - random.nextInt(3));
            final int count = Math.min((int) (from - first) + 1 + random.nextInt(60), MESSAGES + 1 - first);
            final UnsafeBuffer piece = segment(first, count, 3_600_000_000_000L).build();
            final int copies = 1 + random.nextInt(2);
            from = gapFill.answer(piece, piece.capacity(), 1, SegmentBuilder.SESSION, from, hole.to, (buffer, length) -> {
                for (int copy = 0; copy < copies; copy++) {
                    feed.onDatagram(buffer, 0, length, START, RECOVERY);
                }
            });
        }
    }

    private static SegmentBuilder segment(final int first, final int count, final long later) {
        final SegmentBuilder segment = SegmentBuilder.deep().sequence(first).streamOffset((first - 1) * 40L)
                .sendTime(START + first + count + later);
        for (int i = first; i < first + count; i++) {
            segment.trade(i, "ZIEXT", i, 10_000);
        }
        return segment;
    }

    private static void offer(final IexFeedHandler feed, final int line, final SegmentBuilder segment) {
        final UnsafeBuffer bytes = segment.build();
        feed.onDatagram(bytes, 0, bytes.capacity(), START, line);
    }

    private static void check(final List<String> lines, final IexFeedHandler feed, final boolean answered) {
        final List<Long> accounted = new ArrayList<>();
        long lost = 0;
        for (final String line : lines) {
            if (line.startsWith("trade")) {
                accounted.add(Long.parseLong(line.replaceAll(".* at ", "")));
            } else if (line.startsWith("gap ")) {
                final String[] range = line.substring(4).split("\\.\\.");
                final long from = Long.parseLong(range[0]);
                final long to = Long.parseLong(range[1]);
                LongStream.rangeClosed(from, to).forEach(accounted::add);
                lost += to - from + 1;
            }
        }
        assertEquals(LongStream.rangeClosed(1, MESSAGES).boxed().toList(), accounted);
        assertEquals(lost, feed.counts().get(FeedCounter.LOST));
        assertEquals(1, lines.stream().filter("reset"::equals).count());
        assertEquals(0, feed.counts().get(FeedCounter.RESETS) + feed.counts().get(FeedCounter.MALFORMED));
        if (answered) {
            assertEquals(0, lost);
        }
    }
}
