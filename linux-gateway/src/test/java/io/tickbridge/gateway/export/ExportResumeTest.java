package io.tickbridge.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An export that is killed, one that is given a full disk, and one of which a day grows: what is whole is kept, nothing else. */
class ExportResumeTest {
    private static final String CAPTURE = "iex-tops16-20170710.pcap.gz";

    @TempDir
    private static Path directory;
    private static Path journal;

    @BeforeAll
    static void write() {
        journal = directory.resolve("journal");
        CaptureJournal.write(journal, CaptureJournal.IEX, CAPTURE, none -> { });
    }

    /** Starts a process that exports, and kills it where it stands still. Returns what it said before. */
    private static List<String> killed(final String form, final Path out, final long record) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx128m"));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream().filter(argument -> argument.startsWith("--")
                || argument.startsWith("-Dchronicle") || argument.startsWith("-Dtickbridge")).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ExportingChild.class.getName(), form, journal.toString(),
                out.toString(), Long.toString(record)));
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        final List<String> said = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); !"still".equals(line); line = lines.readLine()) {
                assertFalse(line == null, "it ended: " + said);
                said.add(line);
            }
        } finally {
            process.destroyForcibly(); // SIGKILL
            process.waitFor();
        }
        return said;
    }

    private static Map<String, String> files(final Path root) throws IOException {
        final Map<String, String> all = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (final Path file : files.filter(Files::isRegularFile).filter(file -> !file.toString().contains("/.")).toList()) {
                all.put(root.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        return all;
    }

    @Test
    void tablesOfADayThatWereKilledGoOnWithThePartsThatAreMissing() throws IOException, InterruptedException {
        final Path out = directory.resolve("killed-csv");
        killed("csv", out, 7500);
        final Path kept = one(out, "trades", "part-1.csv");
        Files.setLastModifiedTime(kept, FileTime.fromMillis(0));
        // Asked meanwhile, it says so.
        assertTrue(TableQuery.partial(out).get(0).contains(" is not whole in " + out), () -> "not said");
        // Once more, now later in the day: the second process kept what the first had.
        assertTrue(killed("csv", out, 9500).get(0).endsWith(" parts are there already, and are kept"));
        final List<String> said = new ArrayList<>();
        ExportingChild.export("csv", journal, out, said::add);
        assertTrue(said.get(0).matches("....-..-..: 3 of 5 parts are there already, and are kept"), said::toString);
        assertEquals(0, Files.getLastModifiedTime(kept).toMillis(), "not written again");
        final Path fresh = directory.resolve("fresh-csv");
        ExportingChild.export("csv", journal, fresh, line -> { });
        assertEquals(files(fresh), files(out), "to the byte as from one that was not killed");
        assertEquals(List.of(), TableQuery.partial(out));
    }

    private static Path one(final Path out, final String table, final String name) throws IOException {
        try (Stream<Path> files = Files.walk(out.resolve(table))) {
            return files.filter(file -> file.getFileName().toString().equals(name)).findFirst().orElseThrow();
        }
    }

    @Test
    void aCaptureFileAndALatencyLogThatWereKilledGoOnWhereTheyWere() throws IOException, InterruptedException {
        for (final String form : List.of("PCAPNG", "HLOG")) {
            final Path out = directory.resolve("killed." + form);
            killed(form, out, 7500);
            assertFalse(Files.exists(out), "it has its name only when it is whole");
            final List<String> said = new ArrayList<>();
            final ExportResult result = ExportingChild.export(form, journal, out, said::add);
            assertTrue(said.get(0).matches(".* was begun by an export that was stopped: goes on after its [3-7]\\d{3} frames"), said::toString);
            final Path fresh = directory.resolve("fresh." + form);
            assertEquals(result, ExportingChild.export(form, journal, fresh, line -> { }));
            assertEquals(-1, Files.mismatch(fresh, out), form);
            assertFalse(Files.exists(ResumePoint.path(out)));
            if (form.equals("HLOG") && !Boolean.getBoolean("tickbridge.exports.all")) {
                continue; // the place is noted and read alike: one process less to start
            }
            // What another journal, form or range left is not gone on with.
            killed(form, out.resolveSibling("other." + form), 7500);
            said.clear();
            FrameExport.write(FrameExport.Form.valueOf(form), journal, out.resolveSibling("other." + form),
                    ExportRange.of("2017-01-01T00:00:00Z", null), DiskRoom.of(out), said::add, ExportingChild.PART);
            assertEquals(List.of(), said);
        }
    }

    @Test
    void ofADayThatGrewOnlyTheLastPartsAreWritten() throws IOException {
        final Path growing = directory.resolve("growing");
        CaptureJournal.write(growing, CaptureJournal.IEX, CAPTURE, none -> { });
        final Path out = directory.resolve("grown");
        final long rows = ExportingChild.export("csv", growing, out, line -> { }).records();
        CaptureJournal.write(growing, CaptureJournal.IEX, CAPTURE, none -> { });
        final long more = ExportingChild.export("csv", growing, out, line -> { }).records();
        assertTrue(more > rows && more < rows * 5 / 4, "rows " + rows + ", then " + more);
        final Path fresh = directory.resolve("grown-fresh");
        assertEquals(rows + rows, ExportingChild.export("csv", growing, fresh, line -> { }).records());
        for (final Table table : Table.values()) {
            assertEquals(ExportTest.ask(fresh, "SELECT * FROM " + table.label() + " ORDER BY ALL"),
                    ExportTest.ask(out, "SELECT * FROM " + table.label() + " ORDER BY ALL"), table::label);
        }
        assertEquals(List.of(), TableQuery.partial(out));
    }

    @Test
    void aDiskThatIsToStayFreeIsLeftAlone() {
        final long all = directory.toFile().getTotalSpace();
        for (final String form : List.of("PCAPNG", "CSV")) {
            final Path out = directory.resolve("refused-" + form);
            final DiskRoom none = DiskRoom.of(out, all);
            final ExportException refused = assertThrows(ExportException.class, () -> {
                if (form.equals("CSV")) {
                    TableExport.write(journal, out, TableFormat.CSV, ExportRange.ALL, none, line -> { });
                } else {
                    FrameExport.write(FrameExport.Form.PCAPNG, journal, out, ExportRange.ALL, none, line -> { });
                }
            });
            assertTrue(refused.getMessage().contains(" must stay free for a journal that grows there"), refused::getMessage);
            assertFalse(Files.exists(out));
        }
    }
}
