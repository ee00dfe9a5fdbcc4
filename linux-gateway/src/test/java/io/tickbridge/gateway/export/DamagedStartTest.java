package io.tickbridge.gateway.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.journal.JournalOfDays;
import io.tickbridge.gateway.replay.ReplaySummary;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs whose records carry the same numbers, and the start of the second is damaged: nothing of it is taken for the first's. */
class DamagedStartTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 2);

    @TempDir
    private Path directory;

    @Test
    void whatFollowsADamagedStartBelongsToARunOfItsOwn() throws IOException {
        final Path journal = directory.resolve("journal");
        TradedDays.costs(journal, 7, FIRST);
        TradedDays.costs(journal, 8, FIRST.plusDays(1));
        damageFirstRecord(newest(journal));
        final Path tables = directory.resolve("tables");
        final ExportResult result = TableExport.write(journal, tables, TableFormat.PARQUET, ExportRange.ALL, line -> { });
        assertEquals(2, result.problems().stream().filter(line -> line.contains("checksum") || line.contains("missing before")).count(),
                result.problems()::toString);

        assertEquals(List.of("1|0"), ExportTest.ask(tables, "SELECT count(*), count(*) FILTER (WHERE run <> index) FROM runs"));
        for (final Table table : List.of(Table.SIGNALS, Table.SIGNALS_SENT, Table.ORDERS, Table.RISK_DECISIONS, Table.RUN_ENDS)) {
            assertEquals(List.of("2026-03-02|1|1", "2026-03-03|1|-1"), ExportTest.ask(tables, "SELECT CAST(date AS VARCHAR), "
                    + "count(DISTINCT run), sign(min(run)) FROM " + table.label() + " GROUP BY date ORDER BY date"), table.label());
        }
        assertEquals(List.of("50|50|25|0"), ExportTest.ask(tables, "SELECT count(*), count(DISTINCT index), count(live), "
                + "count(*) FILTER (WHERE sent_time IS NULL OR sent_time <> receive_time + 300) FROM signal_paths"));
        assertEquals(List.of("0"), ExportTest.ask(tables,
                "SELECT count(*) FROM transaction_costs WHERE signal_index IS NOT NULL AND sent_time <> signal_receive_time + 300"));
    }

    @Test
    void framesBehindADamagedStartHaveNoNameAndARunOfTheirOwn() throws IOException {
        final Path journal = directory.resolve("journal");
        frames(journal, FIRST, 3);
        frames(journal, FIRST.plusDays(1), 2);
        damageFirstRecord(newest(journal));
        final Path file = directory.resolve("day.pcapng");
        assertEquals(5, FrameExport.write(FrameExport.Form.PCAPNG, journal, file, ExportRange.ALL, DiskRoom.of(file), line -> { }).records());
        final String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertTrue(bytes.contains("cme A"));
        assertTrue(bytes.contains("line 0"), "the second run's may be another feed's");
        final ReplaySummary summary = ReplaySummary.of(journal);
        assertFalse(summary.isComplete());
        assertEquals(List.of(3L, 2L), ((List<?>) summary.toMap().get("runs")).stream().map(run -> ((Map<?, ?>) run).get("frames")).toList());
        assertTrue(summary.toText().contains("run 2  its start is not in this journal"), summary::toText);
    }

    private static void frames(final Path journal, final LocalDate day, final int count) throws IOException {
        try (JournalOfDays run = new JournalOfDays(journal, TradedDays.CONFIGURATION, day)) {
            for (int i = 0; i < count; i++) {
                run.recorder().onFrame(new UnsafeBuffer(new byte[60]), 0, 60, run.midnight() + i, 0);
            }
        }
    }

    private static Path newest(final Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(file -> file.toString().endsWith(".cq4")).sorted().reduce((one, next) -> next).orElseThrow();
        }
    }

    /** A letter of the configuration's text, which the first record holds. */
    private static void damageFirstRecord(final Path file) throws IOException {
        final byte[] begin = new byte[1 << 20];
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.readFully(begin);
            final int at = new String(begin, StandardCharsets.ISO_8859_1).indexOf("cme-mdp3");
            bytes.seek(at);
            bytes.write('X');
        }
    }
}
