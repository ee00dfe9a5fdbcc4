package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.export.CaptureJournal;
import io.tickbridge.gateway.export.TradedDays;
import io.tickbridge.gateway.journal.JournalOfDays;
import io.tickbridge.gateway.replay.RangeProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Export and query, as a user calls them. */
class ExportCommandTest {
    private static final String COUNTS = "SELECT kind, count(*) AS n, NULL AS x, 'a,b' AS t FROM trades GROUP BY 1 ORDER BY 1";

    @TempDir
    private Path directory;

    @Test
    void aQueryExportsTheJournalOnceAndAnswersInThreeForms() {
        final Path journal = directory.resolve("journal");
        CaptureJournal.write(journal, CaptureJournal.IEX, "iex-tops16-20170710.pcap.gz", of -> { });
        final CommandRun first = CommandRun.of("query", journal, COUNTS);
        assertEquals(0, first.code(), first.err());
        assertEquals(List.of("kind\tn\tx\tt", "break\t3\t\ta,b", "trade\t6390\t\ta,b"), first.lines());
        assertTrue(first.err().contains(" is written"), first.err());
        final CommandRun second = CommandRun.of("query", journal, "--csv", COUNTS);
        assertEquals(List.of("kind,n,x,t", "break,3,,\"a,b\"", "trade,6390,,\"a,b\""), second.lines());
        assertTrue(second.err().contains(" is there already"), second.err());
        assertEquals(List.of("{\"kind\":\"break\",\"n\":3,\"t\":\"a,b\"}", "{\"kind\":\"trade\",\"n\":6390,\"t\":\"a,b\"}"),
                CommandRun.of("query", "--json", directory.resolve("journal.tables"), COUNTS).lines());
        assertEquals(1, CommandRun.of("query", journal, "SELEC 1").code());
        final Path page = directory.resolve("pages/day.html");
        assertEquals(page + System.lineSeparator(), CommandRun.of("report", journal, "--out", page).out());
        assertTrue(Files.exists(page));
        // A page of a day without records would look like one of a quiet day.
        final CommandRun none = CommandRun.of("report", directory.resolve("journal.tables"), "--day", "1999-12-31", "--out", page);
        assertEquals(1, none.code());
        assertTrue(none.err().contains("nothing was journalled on 1999-12-31 in journal.tables: there are 20"), none.err());
        final CommandRun noDay = CommandRun.of("report", journal, "--day", "tuesday", "--out", page);
        assertEquals(2, noDay.code());
        assertEquals(2, noDay.errors().size(), "the message is not buried: " + noDay.err());
        assertTrue(noDay.err().contains("\"tuesday\" is no day: write it like 2026-11-22"), noDay.err());
        assertTrue(CommandRun.of("report", journal, "--out", directory).err().contains(" is a directory: --out names the page"));
        assertTrue(CommandRun.of("query", directory, COUNTS).err().contains("there is one at " + journal + ": did you mean that?"));
        assertTrue(CommandRun.of("query", journal, "--keep-free", "4000000GiB", "--cache", directory.resolve("c"), COUNTS).err()
                .contains("must stay free"));
        assertEquals(1, CommandRun.of("report", directory.resolve("nothing"), "--out", page).code());
    }

    @Test
    void aRangeOfOrdersAloneIsARangeOfTables() throws IOException {
        final Path journal = directory.resolve("journal");
        TradedDays.costs(journal, 7, LocalDate.of(2026, 3, 2));
        final String span = RangeProbe.span(journal, RangeProbe.Wanted.FRAMES_AND_SIGNALS);
        final String from = "0x" + Long.toHexString(Long.parseLong(span.substring(span.lastIndexOf("0x") + 2), 16) + 1);
        final Path tables = directory.resolve("tables");
        final CommandRun csv = CommandRun.of("export", "--journal", journal, "--to", "csv", "--out", tables, "--from", from);
        assertEquals(0, csv.code(), csv.err());
        assertEquals(List.of("0"), CommandRun.of("query", "--csv", tables, "SELECT count(*) FROM signals").lines().subList(1, 2));
        assertEquals(List.of("true"), CommandRun.of("query", "--csv", tables, "SELECT count(*) > 0 FROM orders").lines().subList(1, 2));
        final CommandRun summary = CommandRun.of("replay", "--journal", journal, "--from", from);
        assertEquals(0, summary.code(), summary.err());
        assertTrue(summary.out().contains("reports  "), summary.out());
        // There is nothing to play, and no frame to write.
        for (final CommandRun refused : List.of(CommandRun.of("replay", "--journal", journal, "--from", from, "--signals"),
                CommandRun.of("export", "--journal", journal, "--to", "pcapng", "--out", directory.resolve("x"), "--from", from))) {
            assertEquals(2, refused.code());
            assertTrue(refused.err().contains("lies between; it holds frames and signals from 2026-03-02T"), refused.err());
        }
    }

    @Test
    void whatIfWithoutAJournalPrintsNoBeginOfAnObject() throws IOException {
        final Path settings = Files.writeString(directory.resolve("other.yaml"), TradedDays.CONFIGURATION);
        final CommandRun run = CommandRun.of("replay", "--journal", directory.resolve("no"), "--what-if", settings, "--json");
        assertEquals("", run.out());
        assertEquals(1, run.code(), run.err());
        try (JournalOfDays journal = new JournalOfDays(directory.resolve("journal"), TradedDays.CONFIGURATION, LocalDate.of(2026, 3, 2))) {
            journal.write();
        }
        final CommandRun none = CommandRun.of("replay", "--journal", directory.resolve("journal"), "--what-if", settings, "--json");
        assertEquals(0, none.code(), none.err());
        assertTrue(none.out().startsWith("{\"changes\":[],"), none.out());
    }

    @Test
    void anExportSaysHowFarItIsAndWhatItWrote() {
        final Path journal = directory.resolve("journal");
        CaptureJournal.write(journal, CaptureJournal.IEX, "iex-tops16-20170710.pcap.gz", of -> { });
        final Path file = directory.resolve("day.pcapng");
        final CommandRun run = CommandRun.of("export", "--journal", journal, "--to", "pcapng", "--out", file);
        assertEquals(new CommandRun(0, file + ": 13022 frames" + System.lineSeparator(), run.err()), run);
        assertEquals(10, run.errors().size(), run.err());
        assertTrue(run.errors().get(9).startsWith("export: 100 %, "), run.err());
        assertTrue(Files.exists(file));
        final CommandRun missing = CommandRun.of("export", "--journal", directory.resolve("no"), "--to", "csv",
                "--out", directory.resolve("tables"));
        assertEquals(1, missing.code());
        assertTrue(missing.err().startsWith("no journal at "), missing.err());
        assertTrue(CommandRun.of("export", "--journal", journal, "--to", "hlog", "--out", directory).err().contains("--out names the file"));
        assertTrue(CommandRun.of("export", "--journal", journal, "--to", "hlog", "--out", file, "--from", "2017-01-02T00:00:00Z", "--until",
                "2017-01-01T00:00:00Z").err().contains("nothing lies from"));
    }
}
