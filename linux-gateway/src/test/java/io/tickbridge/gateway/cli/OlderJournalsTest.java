package io.tickbridge.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Journals that the builds of their time wrote, of schema versions 1, 2 and 3: every command still reads them. Each holds two
 * runs over the same 173 packets of the simulated exchange on two lines, three of the datagrams lost; from version 2 on an
 * order's report and an event of the link, from version 3 on two events of a feed's health.
 */
class OlderJournalsTest {
    private static final int FRAMES = 2 * (2 * 173 - 3);

    @TempDir
    private Path directory;

    private void unpack(final int version) throws IOException {
        try (InputStream resource = OlderJournalsTest.class.getResourceAsStream("journal-v" + version + ".zip");
                ZipInputStream zip = new ZipInputStream(resource)) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                Files.write(Files.createDirectories(directory.resolve("journal")).resolve(entry.getName()), zip.readAllBytes());
                entry = zip.getNextEntry();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 2, 0", "3, 2, 4"})
    void everyCommandReadsThem(final int version, final int reports, final int health) throws IOException {
        unpack(version);
        final Path journal = directory.resolve("journal");
        final CommandRun check = CommandRun.of("journal", "check", journal);
        assertEquals(0, check.code(), check.out());
        for (final String line : new String[] {"  run started: 2", "  frame: " + FRAMES, "  signal: 2", "  link report: " + reports,
            "  link event: " + reports, "  feed health: " + health, "  signal sent: 0", "the journal is sound"}) {
            assertTrue(check.lines().contains(line), () -> line + " is not in " + check.out());
        }
        final CommandRun info = CommandRun.of("journal", "info", journal);
        assertEquals(0, info.code(), info.out());
        assertTrue(info.out().startsWith("runs 2, frames " + FRAMES + ", signals 2, gaps 0, damages 0"), info.out());
        final CommandRun verified = CommandRun.of("replay", "--journal", journal, "--verify");
        assertEquals(0, verified.code(), verified.out());
        assertTrue(verified.lines().contains("replay is equal"), verified.out());

        final Path tables = directory.resolve("tables");
        assertEquals(0, CommandRun.of("export", "--journal", journal, "--to", "csv", "--out", tables).code());
        final CommandRun counts = CommandRun.of("query", tables, "SELECT (SELECT count(DISTINCT index) FROM frames), (SELECT count(*) "
                + "FROM signals), (SELECT count(*) FROM orders), (SELECT count(*) FROM link_events), (SELECT count(*) FROM feed_health), "
                + "(SELECT count(*) FROM signals_sent), (SELECT count(*) FROM transaction_costs)");
        // The order was reported twice, by two runs, as one.
        assertEquals(String.join("\t", Integer.toString(FRAMES), "2", Integer.toString(reports), Integer.toString(reports),
                Integer.toString(health), "0", reports == 0 ? "0" : "1"), counts.lines().get(1), counts.out());
        assertEquals(0, CommandRun.of("export", "--journal", journal, "--to", "pcapng", "--out", directory.resolve("day.pcapng")).code());
    }
}
