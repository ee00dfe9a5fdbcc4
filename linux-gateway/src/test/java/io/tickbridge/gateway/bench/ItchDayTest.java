package io.tickbridge.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark's days: both programs understand them, and end with the same levels. */
class ItchDayTest {
    private static final Path YARDSTICK = Path.of(
            System.getProperty("tickbridge.root", ".."), "linux-gateway/src/main/c/bench/itch_books.c");

    @TempDir
    private Path directory;

    @Test
    void theBooksAndTheYardstickEndWithTheSameLevels() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(path -> Files.isExecutable(Path.of(path, "cc"))),
                "skipped: there is no C compiler");
        final Path day = directory.resolve("day");
        try (ItchBaseline yardstick = new ItchBaseline(YARDSTICK)) {
            // The second spreads its instruments over two feeds.
            for (final int instruments : new int[] {7, 50_500}) {
                ItchDay.write(day, instruments, 30_000, 60_000, 20230822);
                assertEquals(yardstick.run(day, ItchDay.most(30_000)).digest(), ItchRun.of(day, ItchDay.most(30_000)).digest());
            }
        }
    }

    @Test
    void aSeedMakesTheSameDayAgain() throws Exception {
        final Path one = directory.resolve("one");
        final Path other = directory.resolve("other");
        ItchDay.write(one, 30, 1000, 5000, 1);
        ItchDay.write(other, 30, 1000, 5000, 1);
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(other));
    }
}
