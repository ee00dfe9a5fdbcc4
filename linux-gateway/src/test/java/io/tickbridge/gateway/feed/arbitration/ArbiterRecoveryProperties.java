package io.tickbridge.gateway.feed.arbitration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two lossy lines, and somebody who asks for the holes that the arbiter tells of: against sets of numbers. Every number comes
 * out once or is told as lost; a hole is told once, while it is one; what nobody missed is not taken from a server.
 */
class ArbiterRecoveryProperties {
    private static final int PACKETS = 200;
    private static final int LENGTH = 16;
    private static final long FIRST = 10;

    private final List<long[]> holes = new ArrayList<>();
    private final TreeSet<Long> told = new TreeSet<>();
    private final TreeSet<Long> offered = new TreeSet<>();
    private FeedCounts counts;
    private RecordedOutput output;
    private LineArbiter arbiter;
    private PacketOffers lines;
    private long next;
    private long recovered;

    @Property(tries = 300, seed = "20261123")
    void holesAreToldOnceAndFilledOnce(
            @ForAll final long seed, @ForAll @IntRange(min = 1, max = 40) final int window,
            @ForAll @IntRange(min = 0, max = 4) final int unanswered, @ForAll @IntRange(min = 1, max = 4) final int mostUnits) {
        final Random random = new Random(seed);
        begin(unanswered == 0 ? 2 * PACKETS : window);
        final long[] sequence = {FIRST, FIRST};
        final long last = FIRST + PACKETS;
        while (sequence[0] < last || sequence[1] < last) {
            final int line = random.nextInt(2);
            final int units = (int) Math.min(1 + random.nextInt(mostUnits), last - sequence[line]);
            // The first packet and the last come, so that all holes lie between them.
            if (units > 0 && (sequence[line] == FIRST || sequence[line] + units == last || random.nextInt(3) > 0)) {
                take(sequence[line], units);
                lines.offer(sequence[line], units, 1, line);
            }
            sequence[line] += units;
            while (!holes.isEmpty() && random.nextInt(3) == 0) {
                answer(holes.remove(random.nextInt(holes.size())), random, unanswered);
            }
            if (random.nextInt(10) == 0) {
                refuseWhatNobodyMissed(last + random.nextInt(5));
            }
        }
        while (!holes.isEmpty()) {
            answer(holes.remove(0), random, unanswered);
        }
        arbiter.flush();
        check(last, unanswered == 0);
    }

    private void begin(final int window) {
        holes.clear();
        told.clear();
        offered.clear();
        next = 0;
        recovered = 0;
        counts = new FeedCounts();
        output = new RecordedOutput();
        arbiter = new LineArbiter(2, window, 64, Long.MAX_VALUE, Long.MAX_VALUE, counts, output);
        lines = new PacketOffers(arbiter);
        arbiter.watch(new MissingNumbers() {
            @Override
            public void onMissing(final long from, final long to) {
                assertTrue(from <= to && from >= next, "a hole before what is waited for");
                LongStream.rangeClosed(from, to).forEach(number -> {
                    assertTrue(told.add(number), () -> "told twice: " + number);
                    assertTrue(!offered.contains(number), () -> "told as missing, and was there: " + number);
                });
                holes.add(new long[] {from, to});
            }

            @Override
            public void onNext(final long number) {
                assertTrue(number >= next, "what is waited for went back");
                next = number;
            }
        });
    }

    private void take(final long sequence, final int units) {
        LongStream.range(sequence, sequence + units).forEach(offered::add);
    }

    /** In pieces, some of them twice, some reaching over the hole's ends; or not at all, or in part. */
    private void answer(final long[] hole, final Random random, final int unanswered) {
        for (long from = hole[0]; from <= hole[1];) {
            if (random.nextInt(5) < unanswered) {
                return;
            }
            final long first = Math.max(FIRST, from - random.nextInt(2));
            final int units = 1 + (int) (from - first) + random.nextInt((int) Math.min(3, hole[1] - from + 1));
            for (int copies = 1 + random.nextInt(2); copies > 0; copies--) {
                take(first, units);
                recover(first, units);
            }
            from = first + units;
        }
    }

    private void recover(final long sequence, final int units) {
        final UnsafeBuffer packet = new UnsafeBuffer(new byte[LENGTH]);
        packet.putLong(0, sequence);
        packet.putInt(8, units);
        packet.putInt(LENGTH - 4, ~units);
        recovered++;
        arbiter.offerRecovered(packet, 0, LENGTH, sequence, units, 1, 6);
    }

    private void refuseWhatNobodyMissed(final long sequence) {
        final long packets = counts.get(FeedCounter.PACKETS) + counts.get(FeedCounter.HELD_BACK);
        final long duplicates = counts.get(FeedCounter.DUPLICATES);
        recover(sequence, 1);
        assertEquals(packets, counts.get(FeedCounter.PACKETS) + counts.get(FeedCounter.HELD_BACK));
        assertEquals(duplicates + 1, counts.get(FeedCounter.DUPLICATES));
    }

    private void check(final long last, final boolean answered) {
        final List<Long> accounted = new ArrayList<>(output.units);
        long lost = 0;
        for (final long[] gap : output.gaps) {
            LongStream.rangeClosed(gap[0], gap[1]).forEach(accounted::add);
            lost += gap[1] - gap[0] + 1;
        }
        assertEquals(output.units.stream().sorted().distinct().toList(), output.units, "out of order, or twice");
        assertEquals(LongStream.range(FIRST, last).boxed().toList(), accounted.stream().sorted().toList());
        assertEquals(lost, counts.get(FeedCounter.LOST));
        assertEquals(counts.get(FeedCounter.DATAGRAMS), counts.get(FeedCounter.PACKETS) + counts.get(FeedCounter.DUPLICATES));
        assertTrue(recovered >= arbiter.lineCounts().recovered());
        assertEquals(last, arbiter.expected());
        if (answered) {
            assertEquals(0, lost, "all holes were answered");
        }
    }
}
