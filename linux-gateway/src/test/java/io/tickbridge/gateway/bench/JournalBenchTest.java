package io.tickbridge.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark itself, small: it measures what it says, loses nothing, and leaves nothing behind. */
class JournalBenchTest {
    @TempDir
    private Path directory;

    @Test
    void everyFigureIsThereAndNothingIsLost() throws IOException {
        final List<Figure> figures = new JournalBench(directory, 200, Duration.ofMillis(60)).run(List.of(20_000, 50_000));
        for (final String rate : List.of("20,000 frames/s, ", "50,000 frames/s, ")) {
            final List<Figure> handed = of(figures, rate + "handed over");
            final List<Figure> queued = of(figures, rate + "in the queue");
            assertEquals(5, handed.size(), "p50, p99, p99.9, p99.99 and the maximum");
            assertEquals(5, queued.size());
            for (int i = 0; i < handed.size(); i++) {
                assertTrue(queued.get(i).value() >= handed.get(i).value(), "in the queue after it was handed over: " + queued.get(i));
                assertTrue(i == 0 || handed.get(i).value() >= handed.get(i - 1).value(), "percentiles rise");
                assertTrue(handed.get(i).baseline() > 0, "beside the bare queue");
            }
            assertEquals(0, of(figures, rate + "lost").get(0).value());
        }
        final Figure sustained = of(figures, "sustained maximum").get(0);
        assertTrue(sustained.value() > 0 && sustained.baseline() > 0);
        assertTrue(of(figures, "the receive thread's own").get(0).value() > 0);
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(List.of(), left.toList());
        }
    }

    private static List<Figure> of(final List<Figure> figures, final String name) {
        return figures.stream().filter(figure -> figure.name().startsWith(name)).toList();
    }
}
