package io.tickbridge.gateway.feed.arbitration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.feed.FeedCounts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Two lines, each losing, repeating and disordering packets on its own: the arbiter against plain sets. */
class LineArbiterProperties {
    private static final int PACKETS = 300;

    private record Packet(long sequence, int units, long eventTime) {
    }

    private record Arrival(Packet packet, int line, double time) {
    }

    /** As long as the window holds all disorder, what comes out is the union of the lines, in order. */
    @Property(tries = 400, seed = "20161112")
    void theUnionOfTheLinesComesOutInOrder(
            @ForAll final long seed,
            @ForAll @IntRange(min = 0, max = 60) final int lossPercent,
            @ForAll @IntRange(min = 0, max = 30) final int repeatPercent,
            @ForAll @IntRange(min = 0, max = 12) final int jitter,
            @ForAll @IntRange(min = 1, max = 5) final int maxUnits) {
        final List<Arrival> arrivals = arrivals(new Random(seed), lossPercent, repeatPercent, jitter, maxUnits);
        final FeedCounts counts = new FeedCounts();
        final RecordedOutput output = new RecordedOutput();
        final LineArbiter arbiter = new LineArbiter(2, 2 * PACKETS, 64, Long.MAX_VALUE, Long.MAX_VALUE, counts, output);
        offerAll(arrivals, arbiter);
        arbiter.flush();

        final long first = arrivals.get(0).packet().sequence();
        final TreeMap<Long, Integer> union = new TreeMap<>();
        arrivals.stream().map(Arrival::packet).filter(p -> p.sequence() >= first)
                .forEach(p -> union.put(p.sequence(), p.units()));
        final List<Long> units = new ArrayList<>();
        final List<String> gaps = new ArrayList<>();
        long expected = first;
        for (final var entry : union.entrySet()) {
            if (entry.getKey() > expected) {
                gaps.add(expected + ".." + (entry.getKey() - 1));
            }
            for (int i = 0; i < entry.getValue(); i++) {
                units.add(entry.getKey() + i);
            }
            expected = entry.getKey() + entry.getValue();
        }
        assertEquals(units, output.units);
        assertEquals(gaps, output.gaps.stream().map(g -> g[0] + ".." + g[1]).toList());
        assertEquals(union.size(), counts.get(FeedCounter.PACKETS));
        assertEquals(arrivals.size() - union.size(), counts.get(FeedCounter.DUPLICATES));
        assertEquals(gaps.size(), counts.get(FeedCounter.GAPS));
        assertEquals(expected - first - units.size(), counts.get(FeedCounter.LOST));
        assertEquals(expected, arbiter.expected());
    }

    /** Whatever the window and the timeout: every number once, rising, each either handed over or in a gap. */
    @Property(tries = 400, seed = "20161112")
    void nothingIsLostInSilence(
            @ForAll final long seed,
            @ForAll @IntRange(min = 0, max = 60) final int lossPercent,
            @ForAll @IntRange(min = 0, max = 20) final int jitter,
            @ForAll @IntRange(min = 0, max = 6) final int window,
            @ForAll @IntRange(min = 0, max = 40) final int timeout) {
        // Units of one, so that an early packet can never be partly new.
        final List<Arrival> arrivals = arrivals(new Random(seed), lossPercent, 10, jitter, 1);
        final FeedCounts counts = new FeedCounts();
        final RecordedOutput output = new RecordedOutput();
        final LineArbiter arbiter = new LineArbiter(2, window, 64, timeout, Long.MAX_VALUE, counts, output);
        offerAll(arrivals, arbiter);
        arbiter.flush();

        long expected = arrivals.get(0).packet().sequence();
        int unit = 0;
        int gap = 0;
        while (unit < output.units.size() || gap < output.gaps.size()) {
            if (gap < output.gaps.size() && output.gaps.get(gap)[0] == expected) {
                expected = output.gaps.get(gap++)[1] + 1;
            } else {
                assertEquals(expected++, output.units.get(unit++));
            }
        }
        assertEquals(arbiter.expected(), expected);
        assertEquals(arrivals.size(), counts.get(FeedCounter.PACKETS) + counts.get(FeedCounter.DUPLICATES));
        assertEquals(output.gaps.stream().mapToLong(g -> g[1] - g[0] + 1).sum(), counts.get(FeedCounter.LOST));
    }

    private static void offerAll(final List<Arrival> arrivals, final LineArbiter arbiter) {
        final PacketOffers offers = new PacketOffers(arbiter);
        for (final Arrival arrival : arrivals) {
            final Packet p = arrival.packet();
            offers.offer(p.sequence(), p.units(), p.eventTime(), arrival.line());
        }
    }

    private static List<Arrival> arrivals(
            final Random random, final int lossPercent, final int repeatPercent, final int jitter, final int maxUnits) {
        final List<Arrival> arrivals = new ArrayList<>();
        long sequence = 1 + random.nextInt(1000);
        for (int i = 0; i < PACKETS; i++) {
            final Packet packet = new Packet(sequence, 1 + random.nextInt(maxUnits), 1_000 + i);
            sequence += packet.units();
            for (int line = 0; line < 2; line++) {
                // The first always arrives, so that there is something to compare.
                if (i == 0 || random.nextInt(100) >= lossPercent) {
                    do {
                        arrivals.add(new Arrival(packet, line, i + random.nextDouble() * jitter));
                    } while (random.nextInt(100) < repeatPercent);
                }
            }
        }
        arrivals.sort(Comparator.comparingDouble(Arrival::time));
        return arrivals;
    }
}
