package io.tickbridge.gateway.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Holes that are told and taken in any order of turns, against a queue without end: none is lost but those that are counted. */
class GapDemandsProperties {
    private static final int TURNS = 6_000;

    @Property(tries = 60, seed = "20261123")
    void holesComeOutAsTheyWentInOrAreCounted(@ForAll final long seed, @ForAll @IntRange(min = 1, max = 9) final int takenOfTen) {
        final Random random = new Random(seed);
        final RecoveryCounts counts = new RecoveryCounts();
        final GapDemands demands = new GapDemands(counts);
        final Deque<List<Long>> waiting = new ArrayDeque<>();
        long told = 0;
        for (int i = 0; i < TURNS; i++) {
            if (random.nextInt(10) >= takenOfTen) {
                final List<Long> hole = List.of(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
                final long overflows = counts.get(RecoveryCounter.OVERFLOWS);
                demands.onMissing(hole.get(0), hole.get(1), hole.get(2), hole.get(3));
                told++;
                if (counts.get(RecoveryCounter.OVERFLOWS) == overflows) {
                    waiting.add(hole);
                }
            } else {
                take(demands, waiting);
            }
            final long number = random.nextLong();
            demands.onNext(number);
            assertEquals(number, demands.next());
        }
        while (!waiting.isEmpty()) {
            take(demands, waiting);
        }
        take(demands, waiting);
        assertEquals(told, counts.get(RecoveryCounter.HOLES));
    }

    private static void take(final GapDemands demands, final Deque<List<Long>> waiting) {
        final List<Long> expected = waiting.poll();
        final ArrayDeque<List<Long>> taken = new ArrayDeque<>();
        assertEquals(expected != null, demands.take((stream, session, from, to) -> taken.add(List.of(stream, session, from, to))));
        if (expected == null) {
            assertNull(taken.poll());
        } else {
            assertEquals(expected, taken.poll());
        }
    }
}
