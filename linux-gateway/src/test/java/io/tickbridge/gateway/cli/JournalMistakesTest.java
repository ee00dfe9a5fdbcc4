package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.export.CaptureJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who replays a journal for the first time types wrong: told at once, and nothing is made or lost by it. */
class JournalMistakesTest {
    @TempDir
    private static Path directory;

    private static Path journal;
    private static Path day;

    @BeforeAll
    static void record() throws IOException {
        journal = directory.resolve("journal");
        CaptureJournal.write(journal, CaptureJournal.IEX, "iex-tops16-20170710.pcap.gz", of -> { });
        try (Stream<Path> files = Files.list(journal)) {
            day = files.filter(file -> file.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
    }

    private static List<CommandRun> onJournal(final Path given) {
        final Path out = directory.resolve("out");
        return List.of(CommandRun.of("replay", "--journal", given), CommandRun.of("replay", "--journal", given, "--signals"),
                CommandRun.of("journal", "info", given), CommandRun.of("journal", "check", given),
                CommandRun.of("query", given, "SELECT 1"), CommandRun.of("report", given, "--out", out),
                CommandRun.of("export", "--journal", given, "--to", "parquet", "--out", out),
                CommandRun.of("export", "--journal", given, "--to", "pcapng", "--out", out));
    }

    private static void assertRefused(final int code, final String message, final CommandRun run) {
        assertEquals(code, run.code(), run.err());
        assertEquals(message, run.errors().get(0));
        assertEquals(code, run.errors().size(), "one line, and the hint at --help when it was the command line: " + run.err());
        assertEquals("", run.out());
    }

    @Test
    void aJournalThatIsNearlyRightIsFoundByEveryCommand() {
        for (final CommandRun run : onJournal(directory)) {
            assertRefused(1, "no journal at " + directory + "; there is one at " + journal + ": did you mean that?", run);
        }
        for (final CommandRun run : onJournal(day)) {
            assertRefused(1, "no journal at " + day + ": that is a file; it is in " + journal + ": did you mean that?", run);
        }
    }

    @Test
    void aJournalThatIsNotThereLeavesNoTablesBehind() throws IOException {
        final Path file = Files.writeString(directory.resolve("gateway.yaml"), "");
        for (final CommandRun run : onJournal(file)) {
            assertRefused(1, "no journal at " + file + ": that is a file, name the directory", run);
        }
        for (final CommandRun run : onJournal(directory.resolve("none"))) {
            assertRefused(1, "no journal at " + directory.resolve("none") + ": there is no such directory", run);
        }
        assertFalse(Files.exists(directory.resolve("none.tables")));
        assertFalse(Files.exists(directory.resolve("gateway.yaml.tables")));
        assertFalse(Files.exists(directory.resolve("out")));
    }

    @Test
    void nothingIsWrittenOverAJournal() throws IOException {
        final byte[] before = Files.readAllBytes(day);
        final Path settings = Files.writeString(directory.resolve("same.yaml"), CaptureJournal.IEX);
        for (final CommandRun run : List.of(CommandRun.of("export", "--journal", journal, "--to", "pcapng", "--out", day),
                CommandRun.of("report", journal, "--out", day))) {
            assertRefused(1, "--out " + day + ": " + journal + " is a journal, which nothing else is written to; name a place outside it", run);
        }
        assertRefused(1, "--out " + journal + ": " + journal + " is a journal, which nothing else is written to; name a place outside it",
                CommandRun.of("export", "--journal", journal, "--to", "csv", "--out", journal));
        assertRefused(1, "--cache " + journal + ": " + journal + " is a journal, which nothing else is written to; name a place outside it",
                CommandRun.of("query", "--cache", journal, journal, "SELECT 1"));
        assertRefused(1, "--bodies " + day + ": " + journal + " is a journal, which nothing else is written to; name a place outside it",
                CommandRun.of("replay", "--journal", journal, "--what-if", settings, "--bodies", day));
        assertArrayEquals(before, Files.readAllBytes(day));
    }

    @Test
    void aPlaceBelowAFileIsRefusedBeforeTheWork() throws IOException {
        final Path file = Files.writeString(directory.resolve("notes.txt"), "kept");
        final Path below = file.resolve("deep/day.html");
        final String reason = ": " + file + " is a file, nothing can be written below it; name another place";
        assertRefused(1, "--out " + below + reason, CommandRun.of("report", journal, "--out", below));
        assertRefused(1, "--out " + below + reason, CommandRun.of("export", "--journal", journal, "--to", "csv", "--out", below));
        assertRefused(1, "--cache " + below + reason, CommandRun.of("query", "--cache", below, journal, "SELECT 1"));
        assertRefused(1, "--cache " + file + ": that is a file; name a directory for tables",
                CommandRun.of("query", "--cache", file, journal, "SELECT 1"));
    }

    @Test
    void aStatementThatIsNoneIsRefusedBeforeTablesAreWritten() {
        final Path cache = directory.resolve("never");
        assertRefused(1, "the query has 2 statements: ask one SELECT at a time",
                CommandRun.of("query", "--cache", cache, journal, "SELECT 1; SELECT 2"));
        assertRefused(1, "the query has no statement: ask one SELECT", CommandRun.of("query", "--cache", cache, journal, " "));
        assertRefused(1, "the query is not one that reads: only SELECT statements can be asked",
                CommandRun.of("query", "--cache", cache, journal, "DROP TABLE signals"));
        assertRefused(1, "the query is not one that reads: syntax error at or near \"selct\"",
                CommandRun.of("query", "--cache", cache, journal, "selct 1"));
        assertFalse(Files.exists(cache));
    }

    @Test
    void whatIfSaysInWhichLineOfWhichFileARuleIsWrong() throws IOException {
        final Path settings = Files.writeString(directory.resolve("other.yaml"),
                CaptureJournal.IEX + "  - {kind: microprice-cross, parameters: {treshold: 0.4}}\n");
        assertRefused(1, settings + ":" + (CaptureJournal.IEX.lines().count() + 1) + ": signals, rule 2 (microprice-cross): found unknown parameter treshold; "
                + "allowed: threshold, distance", CommandRun.of("replay", "--journal", journal, "--what-if", settings));
    }

    @Test
    void aPlaceInTimeIsAskedForByTheNameOfItsOption() {
        assertRefused(2, "--from, --until: \"tuesday\" is neither a time like 2026-11-22T14:30:00Z nor a journal index like 0x4e3a00000001",
                CommandRun.of("export", "--journal", journal, "--to", "csv", "--out", directory.resolve("no"), "--from", "tuesday"));
    }

    @Test
    void aSignalThatIsNotThereIsSaid() {
        final Path page = directory.resolve("page/day.html");
        final CommandRun run = CommandRun.of("report", journal, "--out", page, "--signal", "99999999");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.errors().contains("report: --signal 99999999: there is no signal of this number; `replay --signals` lists those there are"),
                run.err());
        assertRefused(2, "Invalid value for option '--signal' (NUMBER): \"first\" is no number of a signal: `replay --signals` lists those there are",
                CommandRun.of("report", journal, "--out", page, "--signal", "first"));
    }
}
