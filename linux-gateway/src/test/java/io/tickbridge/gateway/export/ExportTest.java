package io.tickbridge.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.gateway.journal.Journal;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.FrameHeaderEncoder;
import io.tickbridge.protocol.OrderAction;
import io.tickbridge.protocol.OrderEventEncoder;
import io.tickbridge.protocol.OrderState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Journals of real captures, exported: against tshark, and against counts by programs that are not ours. */
class ExportTest {
    private static final String CME_CAPTURE = "cme-mdp3-v6-ch340-ab.pcapng";
    private static final long CME_FRAMES = 10_000;

    @TempDir
    private Path directory;

    private Path journal() {
        return directory.resolve("journal");
    }

    @Test
    void pcapngGivesTheFramesBackAsTsharkReadsThem() throws IOException, InterruptedException {
        Requirement.program("tshark");
        CaptureJournal.write(journal(), CaptureJournal.CME, CME_CAPTURE, journal -> { });
        final Path file = directory.resolve("out/day.pcapng");
        assertEquals(new ExportResult(CME_FRAMES, List.of()),
                FrameExport.write(FrameExport.Form.PCAPNG, journal(), file, ExportRange.ALL, DiskRoom.of(file), line -> { }));
        final List<String> source = tshark(SharedData.file("captures/" + CME_CAPTURE), "-x");
        assertEquals(source, tshark(file, "-x"), "bytes");
        final String[] times = {"fields", "-e", "frame.time_epoch", "-e", "frame.len", "-e", "ip.dst", "-e", "udp.checksum"};
        assertEquals(tshark(SharedData.file("captures/" + CME_CAPTURE), times), tshark(file, times));
        final List<String> lines = tshark(file, "fields", "-e", "ip.dst", "-e", "frame.interface_name").stream().distinct().sorted()
                .toList();
        assertEquals(List.of("224.0.31.64\tcme A", "224.0.32.64\tcme B"), lines);
    }

    private static List<String> tshark(final Path file, final String... output) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("tshark", "-r", file.toString()));
        if (output[0].equals("-x")) {
            command.add("-x"); // hexadecimal dump of each frame's bytes
        } else {
            command.add("-T");
            command.addAll(List.of(output));
        }
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        assertEquals(0, process.waitFor());
        assertTrue(lines.size() >= CME_FRAMES, command::toString);
        return lines;
    }

    @Test
    void tablesHoldWhatTheCmeCaptureHoldsInBothFormats() throws IOException, SQLException {
        final long signals = CaptureJournal.write(journal(), CaptureJournal.CME, CME_CAPTURE, ExportTest::report);
        final Path csv = directory.resolve("csv");
        final Path parquet = directory.resolve("parquet's");
        final ExportResult written = TableExport.write(journal(), csv, TableFormat.CSV, ExportRange.ALL, line -> { });
        assertEquals(List.of(), written.problems());
        assertEquals(written, TableExport.write(journal(), parquet, TableFormat.PARQUET, ExportRange.ALL, line -> { }));

        for (final Path tables : List.of(csv, parquet)) {
            // Counts of ../shared/data/README.md, by two programs that are not ours.
            assertEquals(List.of("12|18", "32|19138", "35|614", "37|388", "42|388"),
                    ask(tables, "SELECT type, count(*) FROM frames WHERE problem IS NULL AND type IS NOT NULL GROUP BY 1 ORDER BY 1"));
            assertEquals(List.of("10000|2|0"), ask(tables,
                    "SELECT count(DISTINCT index), count(DISTINCT line_name), count(problem) FROM frames"));
            assertEquals(List.of(Long.toString(signals)), ask(tables, "SELECT count(*) FROM signals WHERE rule_name = 'top-of-book'"));
            assertEquals(List.of("-9.123456789|null|FILLED|BUY|a \"b\", c|"), ask(tables,
                    "SELECT limit_price, stop_price, state, action, text, account FROM orders"));
            assertEquals(List.of("0|0|0"), ask(tables, "SELECT (SELECT count(*) FROM executions), "
                    + "(SELECT count(*) FROM positions), (SELECT count(*) FROM risk_decisions)"));
        }
        // A query sees one directory alone: the two are compared beside it.
        try (DuckDb database = DuckDb.open(directory, DiskRoom.of(directory)); Statement statement = database.statement()) {
            TableQuery.views(database, csv);
            for (final Table table : Table.values()) {
                final String other = "FROM read_parquet(" + DuckDb.text(parquet + "/" + table.label() + "/*/*.parquet")
                        + ", hive_partitioning=true)";
                try (ResultSet different = statement.executeQuery("SELECT count(*) FROM ((FROM " + table.label() + " EXCEPT ALL " + other
                        + ") UNION ALL (" + other + " EXCEPT ALL FROM " + table.label() + "))")) {
                    assertTrue(different.next());
                    assertEquals(0, different.getLong(1), table::label);
                }
            }
        }
        assertTrue(signals > 1000, "signals: " + signals);
        assertEquals(List.of("0"), ask(parquet, "SELECT count(*) FROM (SELECT receive_time FROM top_of_book UNION ALL SELECT receive_time "
                + "FROM trades) b ANTI JOIN frames f USING (receive_time)"), "each is of a packet that came");
        // Each signal is of the book that the tables show at its frame.
        assertEquals(List.of(signals + "|" + signals), ask(parquet, "SELECT count(*), count(t.instrument) FROM signals s LEFT JOIN "
                + "(SELECT DISTINCT receive_time, instrument, bid_price, bid_quantity, ask_price, ask_quantity FROM top_of_book "
                + "WHERE state = '" + BookState.TRUSTED + "') t USING (receive_time, instrument, bid_price, bid_quantity, ask_price, "
                + "ask_quantity)"));
    }

    @Test
    void tradesOfTheIexCaptureAreThoseCountedByOthers() throws IOException {
        CaptureJournal.write(journal(), CaptureJournal.IEX, "iex-tops16-20170710.pcap.gz", journal -> { });
        final Path tables = directory.resolve("tables");
        TableExport.write(journal(), tables, TableFormat.PARQUET, ExportRange.ALL, line -> { });
        assertEquals(List.of("break|3", "trade|6390"), ask(tables, "SELECT kind, count(*) FROM trades GROUP BY 1 ORDER BY 1"));
        assertEquals(List.of("57674"), ask(tables, "SELECT count(*) FROM frames WHERE type IS NOT NULL"));
        assertEquals(List.of("237"), ask(tables, "SELECT count(*) FROM frames WHERE type IS NULL AND problem IS NULL"));
        // Price and size as the message spells them out, beside what the books were told.
        assertEquals(List.of("0"), ask(tables, "SELECT count(*) FROM ((SELECT CAST(fields->>'price' AS DECIMAL(19,9)), "
                + "CAST(fields->>'size' AS BIGINT) FROM frames WHERE type = 'T') EXCEPT ALL "
                + "(SELECT price, quantity FROM trades WHERE kind = 'trade'))"));
    }

    @Test
    void aFinishedDayIsKeptAndAnUnfinishedOneWrittenAnew() throws IOException {
        CaptureJournal.write(journal(), CaptureJournal.CME, CME_CAPTURE, journal -> { });
        final Path tables = directory.resolve("tables");
        final long rows = TableExport.write(journal(), tables, TableFormat.CSV, ExportRange.ALL, line -> { }).records();
        assertTrue(rows > 0);
        assertEquals(0, TableExport.write(journal(), tables, TableFormat.CSV, ExportRange.ALL, line -> { }).records());
        final Path part;
        try (Stream<Path> files = Files.walk(tables.resolve("trades"))) {
            part = files.filter(file -> file.toString().endsWith("part-0.csv")).findFirst().orElseThrow();
        }
        // What a run that was killed leaves: a temporary file and no final one.
        final byte[] whole = Files.readAllBytes(part);
        Files.move(part, part.resolveSibling(".part-0.csv.unfinished"));
        assertEquals(rows, TableExport.write(journal(), tables, TableFormat.CSV, ExportRange.ALL, line -> { }).records());
        assertEquals(new String(whole, StandardCharsets.UTF_8), Files.readString(part), "the same to the byte");
        assertFalse(Files.exists(part.resolveSibling(".part-0.csv.unfinished")));
        CaptureJournal.write(journal(), CaptureJournal.CME, CME_CAPTURE, journal -> { });
        assertEquals(rows * 2, TableExport.write(journal(), tables, TableFormat.CSV, ExportRange.ALL, line -> { }).records(),
                "the day has grown");
    }

    @Test
    void aRangeByTimeOrIndexIsThatPartOfTheWhole() throws IOException {
        CaptureJournal.write(journal(), CaptureJournal.CME, CME_CAPTURE, journal -> { });
        final Path all = directory.resolve("all");
        TableExport.write(journal(), all, TableFormat.CSV, ExportRange.ALL, line -> { });
        final long index = Long.parseLong(ask(all, "SELECT index FROM frames ORDER BY index LIMIT 1 OFFSET 9000").get(0));
        final Path part = directory.resolve("part");
        TableExport.write(journal(), part, TableFormat.CSV, ExportRange.of("0x" + Long.toHexString(index), null), line -> { });
        assertEquals(ask(all, "SELECT * FROM top_of_book WHERE index >= " + index + " ORDER BY ALL"),
                ask(part, "SELECT * FROM top_of_book ORDER BY ALL"), "books are true from the first row on");
        final long time = Long.parseLong(ask(all, "SELECT receive_time FROM frames WHERE index = " + index + " LIMIT 1").get(0));
        final String instant = Instant.ofEpochSecond(0, time).toString();
        assertEquals(ask(all, "SELECT count(DISTINCT index) FROM frames WHERE receive_time < " + time),
                List.of(Long.toString(FrameExport.write(FrameExport.Form.PCAPNG,
                        journal(), directory.resolve("p"), ExportRange.of(null, instant), DiskRoom.of(directory), line -> { }).records())));
        assertThrows(ExportException.class, () -> ExportRange.of("yesterday", null));
        assertThrows(ExportException.class, () -> ExportRange.of("0xzz", null));
    }

    @Test
    void theLatencyLogCountsEachFrameOnce() throws IOException {
        CaptureJournal.write(journal(), CaptureJournal.CME, CME_CAPTURE, journal -> { });
        final Path file = directory.resolve("day.hlog");
        final ExportResult result = FrameExport.write(FrameExport.Form.HLOG, journal(), file, ExportRange.ALL, DiskRoom.of(file), line -> { });
        assertEquals(new ExportResult(CME_FRAMES, List.of()), result);
        long frames = 0;
        try (HistogramLogReader log = new HistogramLogReader(file.toFile())) {
            EncodableHistogram next = log.nextIntervalHistogram();
            while (next != null) {
                assertTrue(List.of("cme-A", "cme-B").contains(next.getTag()), next.getTag());
                frames += ((Histogram) next).getTotalCount();
                next = log.nextIntervalHistogram();
            }
        }
        assertEquals(CME_FRAMES, frames);
    }

    @Test
    void exportsToOneDirectoryWaitForEachOtherAndAnotherJournalIsRefused() throws Exception {
        CaptureJournal.write(journal(), CaptureJournal.CME, CME_CAPTURE, journal -> { });
        final Path tables = directory.resolve("tables");
        final Callable<Long> export = () -> TableExport.write(journal(), tables, TableFormat.CSV, ExportRange.ALL, line -> { }).records();
        final ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            final List<Long> rows = new ArrayList<>();
            for (final Future<Long> result : two.invokeAll(List.of(export, export))) {
                rows.add(result.get());
            }
            assertTrue(rows.contains(0L) && rows.stream().anyMatch(count -> count > CME_FRAMES), () -> "one writes, one finds it: " + rows);
        } finally {
            two.shutdownNow();
        }
        final Path other = directory.resolve("other");
        CaptureJournal.write(other, CaptureJournal.CME, CME_CAPTURE, journal -> { });
        assertTrue(assertThrows(ExportException.class, () -> TableExport.write(other, tables, TableFormat.CSV, ExportRange.ALL, line -> { }))
                .getMessage().contains("holds tables of the journal " + journal()));
    }

    @Test
    void aSecondFormatInOneDirectoryIsRefusedAndAUsersFileKept() throws IOException {
        CaptureJournal.write(journal(), CaptureJournal.CME, CME_CAPTURE, journal -> { });
        final Path tables = directory.resolve("tables");
        final ExportRange few = ExportRange.of(null, "1970-01-01T00:00:00Z");
        TableExport.write(journal(), tables, TableFormat.CSV, few, line -> { });
        final List<Path> before = parts(tables);
        assertFalse(before.isEmpty());
        assertTrue(assertThrows(ExportException.class, () -> TableExport.write(journal(), tables, TableFormat.PARQUET, few, line -> { }))
                .getMessage().contains("holds tables as csv: give those as parquet a directory of their own"));
        assertEquals(before, parts(tables));

        // The day is written anew, of fewer parts: those of before go, and nothing that is not the export's.
        final Path note = Files.writeString(before.get(0).resolveSibling("note.txt"), "mine");
        final Path earlier = Files.copy(before.get(0), before.get(0).resolveSibling("part-7.csv"));
        Files.delete(before.get(0));
        TableExport.write(journal(), tables, TableFormat.CSV, few, line -> { });
        assertTrue(Files.exists(note));
        assertFalse(Files.exists(earlier));
    }

    private static List<Path> parts(final Path tables) throws IOException {
        try (Stream<Path> files = Files.walk(tables)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-")).sorted().toList();
        }
    }

    @Test
    void aRefusedQueryIsDuckDbsOwnWords() throws IOException {
        CaptureJournal.write(journal(), CaptureJournal.CME, CME_CAPTURE, journal -> { });
        final Path tables = directory.resolve("tables");
        TableExport.write(journal(), tables, TableFormat.CSV, ExportRange.ALL, line -> { });
        assertTrue(assertThrows(ExportException.class, () -> ask(tables, "SELECT nonsense FROM trades")).getMessage()
                .contains("nonsense"));
        final Path stolen = directory.resolve("tables/stolen");
        final Path secret = Files.writeString(directory.resolve("secret"), "secret");
        for (final String sql : List.of("COPY (SELECT 1) TO " + DuckDb.text(stolen.toString()), "ATTACH " + DuckDb.text(stolen.toString()),
                "SELECT content FROM read_text(" + DuckDb.text(secret.toString()) + ")", "SELECT 1; SELECT 2", "SET memory_limit='3GB'",
                "SELECT 1; COPY (SELECT 1) TO " + DuckDb.text(stolen.toString()), "CREATE TABLE a AS SELECT 1", "DROP VIEW trades", "")) {
            assertThrows(ExportException.class, () -> ask(tables, sql), sql);
        }
        assertFalse(Files.exists(stolen));
        assertEquals(List.of("1"), ask(tables, "WITH a AS (SELECT 1 AS b) FROM a;"));
        assertTrue(assertThrows(ExportException.class, () -> ask(directory, "SELECT 1")).getMessage().contains("holds no whole table"));
    }

    private static void report(final Journal journal) {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[FrameHeaderEncoder.ENCODED_LENGTH + OrderEventEncoder.BLOCK_LENGTH]);
        new FrameHeaderEncoder().wrap(frame, 0).frameLength(frame.capacity()).blockLength(OrderEventEncoder.BLOCK_LENGTH)
                .templateId(OrderEventEncoder.TEMPLATE_ID).schemaId(OrderEventEncoder.SCHEMA_ID)
                .version(OrderEventEncoder.SCHEMA_VERSION).sequence(5);
        new OrderEventEncoder().wrap(frame, FrameHeaderEncoder.ENCODED_LENGTH).stream(7).limitPrice(-9_123_456_789L)
                .stopPrice(OrderEventEncoder.stopPriceNullValue()).averagePrice(1).state(OrderState.FILLED).action(OrderAction.BUY)
                .text("a \"b\", c");
        assertTrue(journal.recorder().onLinkReport(3, frame, 0, frame.capacity(), 42));
    }

    static List<String> ask(final Path tables, final String sql) throws IOException {
        final List<String> rows = new ArrayList<>();
        TableQuery.ask(tables, sql, new QueryRows() {
            @Override
            public void onColumns(final List<String> columns) {
                assertFalse(columns.isEmpty());
            }

            @Override
            public void onRow(final List<Object> values) {
                rows.add(String.join("|", values.stream().map(String::valueOf).toList()));
            }
        });
        return rows;
    }
}
