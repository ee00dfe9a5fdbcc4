package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of verification, in small: equal, and nothing left behind. Its full size is its default. */
class ReplayBenchTest {
    private static final long FRAMES = Long.getLong("tickbridge.replay.frames", 30_000);

    @TempDir
    private Path directory;

    @Test
    void aJournalOfLoopedCapturesIsEqual() throws IOException {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final CommandRun run = CommandRun.of("bench", "replay", "--capture", capture + "," + capture, "--directory", directory, "--frames",
                Long.toString(FRAMES));
        assertEquals(0, run.code(), run.out());
        final long frames = (long) Double.parseDouble(run.lines().get(2).split("\t")[1]);
        assertTrue(frames >= FRAMES, run.out());
        assertTrue(Double.parseDouble(run.lines().get(3).split("\t")[1]) > 1000, run.out());
        try (Stream<Path> left = Files.list(directory)) {
            assertEquals(0, left.count());
        }
    }
}
