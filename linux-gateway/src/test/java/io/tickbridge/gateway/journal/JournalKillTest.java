package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 while a process journals: what was said to be journalled is there, whole and in order, and the next
 * process goes on behind it. {@code -Dtickbridge.kills=200} for a long run, {@code -Dtickbridge.seed=…} to repeat one.
 */
class JournalKillTest {
    private static final int KILLS = Integer.getInteger("tickbridge.kills", 5);
    private static final long SEED = Long.getLong("tickbridge.seed", 21_603);

    @TempDir
    private Path directory;

    @Test
    void aKilledWriterLeavesAWholePrefixAndTheNextContinues() throws IOException, InterruptedException {
        final Random random = new Random(SEED);
        final List<Long> reported = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            reported.add(journalUntilKilled(kill, 1 + random.nextInt(20_000)));
        }
        final Checker checker = new Checker(reported);
        try (JournalReader reader = JournalReader.open(directory)) {
            reader.readAll(checker);
        }
        checker.endRun();
        assertEquals(KILLS, checker.run, "runs, seed " + SEED);
        System.out.println(KILLS + " kills, " + checker.total + " frames, none bad, seed " + SEED);
    }

    /** Returns how many frames the child said were journalled. */
    private long journalUntilKilled(final int seed, final long enough) throws IOException, InterruptedException {
        final Path bin = Path.of(System.getProperty("tickbridge.root", ".."), "linux-gateway", "bin");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + bin.resolve("jvm.flags"));
        if (Runtime.version().feature() >= 24) {
            command.add("@" + bin.resolve("jvm-24.flags"));
        }
        command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"),
                JournallingChild.class.getName(), directory.toString(), Integer.toString(seed)));
        final Path errors = directory.resolveSibling(directory.getFileName() + ".errors");
        final Process child = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        long frames = -1;
        try (BufferedReader output = child.inputReader()) {
            while (frames < enough) {
                final String line = output.readLine();
                assertNotNull(line, () -> "the child ended by itself: " + text(errors));
                // Chronicle and the logger share standard output with the figures.
                frames = line.matches("\\d+") ? Long.parseLong(line) : frames;
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        Files.deleteIfExists(errors);
        return frames;
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private static final class Checker implements JournalRecordHandler {
        private final List<Long> reported;
        private final UnsafeBuffer expected = new UnsafeBuffer(new byte[9000]);
        private int run;
        private long number;
        private long total;

        Checker(final List<Long> reported) {
            this.reported = reported;
        }

        void endRun() {
            if (run > 0) {
                assertTrue(number >= reported.get(run - 1),
                        "run " + run + ": " + reported.get(run - 1) + " frames were reported, " + number + " are there");
            }
        }

        @Override
        public void onRunStarted(final long index, final RunStarted started) {
            endRun();
            assertEquals("seed " + run, started.configuration());
            run++;
            number = 0;
        }

        @Override
        public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
                final long receiveTime, final int line) {
            assertEquals(number, receiveTime);
            assertEquals(JournallingChild.fill(expected, run - 1, number), length);
            for (int i = 0; i < length; i++) {
                if (buffer.getByte(offset + i) != expected.getByte(i)) {
                    throw new AssertionError("run " + run + " frame " + number + " byte " + i);
                }
            }
            number++;
            total++;
        }

        @Override
        public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
            throw new AssertionError("a signal nobody wrote");
        }

        @Override
        public void onGap(final long index, final long frames, final long signals, final long firstTime,
                final long lastTime) {
            throw new AssertionError("a gap, though the source waits");
        }

        @Override
        public void onRunStopped(final long index, final RunStopped stopped) {
            throw new AssertionError("an orderly end of a killed run");
        }

        @Override
        public void onDamaged(final long index, final JournalDamage damage) {
            throw new AssertionError(damage.toString());
        }
    }
}
