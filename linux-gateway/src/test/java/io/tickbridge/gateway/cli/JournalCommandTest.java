package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.JournalConfig;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.gateway.journal.RunStarted;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the journal's commands say, and with which exit code. */
class JournalCommandTest {
    private static final byte MARK = 0x5a;

    @TempDir
    private Path directory;

    private void record() {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[100]);
        frame.setMemory(0, 100, MARK);
        try (Journal journal = Journal.open(new JournalConfig(true, directory, 1 << 20, 8 << 20),
                RunStarted.of("gateway", "1", "none", 0), true)) {
            for (int i = 0; i < 10; i++) {
                journal.recorder().onFrame(frame, 0, 100, 1_000_000_000L * i, 0);
            }
            journal.recorder().onSignal(frame, 0, 5);
            journal.recorder().onFeedGap(0, 1, 7, 6);
        }
    }

    @Test
    void aSoundJournalIsExitCodeZero() {
        record();
        final CommandRun check = CommandRun.of("journal", "check", directory);
        assertEquals(0, check.code(), check.out());
        assertEquals(List.of("files 1, sound records 14", "  run started: 1", "  frame: 10", "  signal: 1", "  gap: 0", "  link report: 0",
                "  link event: 0", "  feed health: 1", "  signal sent: 0", "  run stopped: 1", "the journal is sound"), check.lines());
        final CommandRun info = CommandRun.of("journal", "info", directory);
        assertEquals(0, info.code());
        assertTrue(info.lines().contains("  received       1970-01-01T00:00:00Z to 1970-01-01T00:00:09Z, 9.000 s"), info.out());
        assertTrue(info.lines().contains("    packets lost  7"), info.out());
    }

    @Test
    void damageIsExitCodeOneWithFileAndByte() throws IOException {
        record();
        final Path file;
        try (Stream<Path> files = Files.list(directory)) {
            file = files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
        final byte[] bytes = Files.readAllBytes(file);
        int at = 0;
        while (bytes[at] != MARK || bytes[at + 50] != MARK) {
            at++;
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at + 20);
            open.write(0);
        }
        final CommandRun check = CommandRun.of("journal", "check", directory);
        assertEquals(1, check.code());
        // A record begins 4 bytes of Chronicle's and 24 of header before the frame.
        final String place = "damage: a record's checksum is wrong (" + file.getFileName() + ", byte " + (at - 28) + ", 128 bytes left out)";
        assertTrue(check.lines().stream().anyMatch(line -> line.startsWith(place)), check.out());
        assertEquals("the journal is NOT sound: damages 1, gaps 0", check.lines().get(check.lines().size() - 1));
        assertTrue(CommandRun.of("journal", "check", "--json", directory).out().contains("\"sound\":false"));
    }

    @Test
    void whatIsNotThereOrMakesNoSenseSaysSo(@TempDir final Path elsewhere) throws IOException {
        final CommandRun check = CommandRun.of("journal", "check", directory.resolve("none"));
        assertEquals(1, check.code());
        assertTrue(check.err().contains("no journal at " + directory.resolve("none")), check.err());
        record();
        assertEquals(2, CommandRun.of("replay", "--journal", directory, "--verify", "--from", "0x1").code());
        assertEquals(2, CommandRun.of("replay", "--journal", directory, "--verify", "--signals").code());
        assertEquals(2, CommandRun.of("replay", "--journal", directory, "--pace", "0").code());
        assertEquals(2, CommandRun.of("replay", "--journal", directory, "--from", "noon").code());
        final CommandRun noTarget = CommandRun.of("replay", "--journal", directory, "--pace", "max");
        assertEquals(2, noTarget.code());
        assertTrue(noTarget.err().contains("--pace: nothing is played"), noTarget.err());
        final CommandRun empty = CommandRun.of("replay", "--journal", directory, "--signals", "--from", "2031-01-01T00:00:00Z");
        assertEquals(2, empty.code());
        assertTrue(empty.err().contains("no record of " + directory + " lies between; it holds frames and signals from 1970-01-01T00:00:"),
                empty.err());
        final Path file = Files.writeString(elsewhere.resolve("kept"), "what was there");
        for (final String until : new String[] {"1970-01-01T00:00:01Z", "1969-12-31T23:59:59Z"}) {
            final CommandRun export = CommandRun.of("export", "--journal", directory, "--to", "pcapng", "--out", file, "--from",
                    "1970-01-01T00:00:00.5Z", "--until", until);
            assertTrue(export.code() != 0 && export.err().contains(" lies "), export.err());
            assertEquals("what was there", Files.readString(file));
        }
        final CommandRun part = CommandRun.of("replay", "--journal", directory, "--from", "1970-01-01T00:00:02Z", "--to",
                "1970-01-01T00:00:04Z");
        assertEquals(0, part.code(), part.err());
        assertTrue(part.out().startsWith("runs 1, frames 3, signals 0, gaps 0, damages 0"), part.out());
    }
}
