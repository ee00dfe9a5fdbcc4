package io.tickbridge.gateway.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyFiguresTest {
    private final LatencyFigures figures = new LatencyFigures();

    @Test
    void hasNothingToSayBeforeTheFirstLatency() {
        figures.refresh();
        assertEquals(0, figures.count());
        assertEquals(0, figures.percentile(50));
        assertEquals(0, figures.percentile(100));
    }

    @Test
    void showsWhatWasRecordedUntilTheLastRefresh() {
        figures.record(1000);
        assertEquals(0, figures.count());
        figures.refresh();
        figures.record(2000);
        assertEquals(1, figures.count());
        figures.refresh();
        assertEquals(2, figures.count());
        figures.refresh();
        assertEquals(2, figures.count());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 42, 7_411})
    void percentilesAgreeWithTheSortedLatenciesToThreeDigits(final long seed) {
        final Random random = new Random(seed);
        final long[] latencies = new long[20_000];
        for (int i = 0; i < latencies.length; i++) {
            // From half a microsecond to half a second, most of them short.
            latencies[i] = (long) (500 * Math.pow(10, 6 * Math.pow(random.nextDouble(), 3)));
            figures.record(latencies[i]);
            if (i % 777 == 0) {
                figures.refresh();
            }
        }
        figures.refresh();
        Arrays.sort(latencies);
        assertEquals(latencies.length, figures.count());
        for (final double percentile : new double[] {0.1, 10, 50, 90, 99, 99.9, 99.99, 100}) {
            // In thousandths of a percent, since 0.999 * 20000 is a little more than 19980 in binary.
            final long exact = latencies[(int) ((Math.round(percentile * 1000) * latencies.length + 99_999) / 100_000) - 1];
            final long shown = figures.percentile(percentile);
            assertTrue(shown >= exact && shown <= exact * 1.001 + 1, "seed " + seed + ", p" + percentile + ": " + shown
                    + " for " + exact);
        }
    }

    @Test
    void countsWhatIsOutOfRangeAsTheNearest() {
        figures.record(-5); // the clock was set back between frame and signal
        figures.record(0);
        figures.refresh();
        assertEquals(1, figures.percentile(100));
        figures.record(Long.MAX_VALUE);
        figures.refresh();
        assertEquals(3, figures.count());
        assertEquals(60e9, figures.percentile(100), 60e6);
    }
}
