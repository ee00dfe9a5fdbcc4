package io.tickbridge.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.replay.JournalCheck;
import io.tickbridge.gateway.replay.ReplayVerifier;
import io.tickbridge.gateway.replay.RunVerdict;
import io.tickbridge.gateway.replay.VerificationReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at random moments while the CME capture loops at full speed through the pipeline into one journal. After each
 * kill: every record sound, none missing, frames and signals at least those that were said to be journalled, and the same
 * pipeline gives the same signals from those frames. {@code -Dtickbridge.kills=200} for a long run,
 * {@code -Dtickbridge.seed=…} to repeat one.
 */
class GatewayKillTest {
    private static final int KILLS = Integer.getInteger("tickbridge.kills", 3);
    private static final long SEED = Long.getLong("tickbridge.seed", 4711);
    /** A journal takes so many killed runs, then the next begins: it is read whole after each. */
    private static final int RUNS_A_JOURNAL = 4;

    @TempDir
    private Path parent;
    private long frames;
    private long signals;
    private long opened;

    @Test
    void whatWasSaidToBeJournalledIsThereAndGivesTheSameSignals() throws IOException, InterruptedException {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final Random random = new Random(SEED);
        final List<Long> starts = new ArrayList<>();
        long all = 0;
        Path journal = null;
        for (int kill = 0; kill < KILLS; kill++) {
            final int run = kill % RUNS_A_JOURNAL;
            if (run == 0) {
                remove(journal);
                journal = parent.resolve("journal" + kill);
            }
            runUntilKilled(journal, random.nextInt(12_000));
            starts.add(opened);
            final String what = "kill " + kill + ", seed " + SEED + ": ";
            final JournalCheck check = JournalCheck.of(journal);
            assertTrue(check.isSound(), () -> what + check.toText());
            final VerificationReport report = ReplayVerifier.verify(journal, (text, out) -> LoopingGateway.pipeline(capture, out));
            assertEquals(run + 1, report.runs().size(), what + report.toText());
            assertTrue(report.isEqual(), () -> what + report.toText());
            final var last = report.runs().get(run);
            assertTrue(last.frames() >= frames, what + frames + " frames were said to be journalled, " + last.frames() + " are there");
            final RunVerdict.Equal equal = assertInstanceOf(RunVerdict.Equal.class, last.verdict());
            assertTrue(equal.equal() >= signals, what + signals + " signals were said to be journalled, " + equal.equal() + " are there");
            all += last.frames();
        }
        starts.sort(null);
        System.out.println(KILLS + " kills, " + all + " frames, none bad or missing; journal opened in " + starts.get(KILLS / 2) / 1_000_000
                + " ms (median), " + starts.get(KILLS - 1) / 1_000_000 + " ms (slowest); seed " + SEED);
    }

    private void runUntilKilled(final Path journal, final long enough) throws IOException, InterruptedException {
        final Path bin = Path.of(System.getProperty("tickbridge.root", ".."), "linux-gateway", "bin");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + bin.resolve("jvm.flags"));
        if (Runtime.version().feature() >= 24) {
            command.add("@" + bin.resolve("jvm-24.flags"));
        }
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dtickbridge.root=" + System.getProperty("tickbridge.root", ".."),
                "-cp", System.getProperty("java.class.path"), LoopingGateway.class.getName(), journal.toString()));
        final Path errors = parent.resolve("errors");
        final Process child = new ProcessBuilder(command).redirectError(errors.toFile()).start();
        frames = -1;
        signals = 0;
        opened = -1;
        try (BufferedReader output = child.inputReader()) {
            while (frames < enough) {
                final String line = output.readLine();
                assertNotNull(line, () -> "the child ended by itself: " + text(errors));
                final String[] words = line.split(" ");
                if (line.matches("journalled \\d+ \\d+")) {
                    signals = Long.parseLong(words[1]);
                    frames = Long.parseLong(words[2]);
                } else if (line.matches("opened \\d+")) {
                    opened = Long.parseLong(words[1]);
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static String text(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException e) {
            return e.toString();
        }
    }

    private static void remove(final Path journal) throws IOException {
        if (journal != null) {
            try (Stream<Path> files = Files.list(journal)) {
                for (final Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
