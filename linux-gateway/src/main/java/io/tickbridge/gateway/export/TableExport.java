package io.tickbridge.gateway.export;

import io.tickbridge.gateway.journal.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * Writes a journal's tables: a directory a table, in it one a UTC day on which records were journalled. Days that an earlier
 * export finished, and that have not grown since, are kept; every other day is written anew under temporary names.
 */
public final class TableExport implements TableRecords.DayWriter {
    private final Path out;
    private final TableFormat format;
    private final JournalSurvey survey;
    private final FinishedDays finished;
    private final Consumer<String> notices;
    private LocalDate day;
    private DayTables tables;
    private long rows;

    private TableExport(final Path journal, final Path out, final TableFormat format, final ExportRange range,
            final Consumer<String> notices) {
        this.out = out;
        this.format = format;
        this.notices = notices;
        survey = JournalSurvey.of(journal);
        finished = new FinishedDays(out, journal, format, range);
    }

    /**
     * Writes what is not yet there.
     *
     * @param journal the journal's directory
     * @param out     directory of the tables, of this journal alone; made when it is not there. Another export there is waited for
     * @param format  of the files
     * @param range   which records
     * @param notices takes lines about the progress
     * @return how many rows were written; when every day was there already, none
     * @throws IOException when a file cannot be written
     */
    public static ExportResult write(final Path journal, final Path out, final TableFormat format, final ExportRange range,
            final Consumer<String> notices) throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new ExportException(out + " is a file: --out names the directory that tables are written to");
        }
        Files.createDirectories(out);
        // Within this process by the monitor, between processes by the kernel, which frees it however one ends.
        synchronized (TableExport.class) {
            try (FileChannel channel = FileChannel.open(out.resolve(".export.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new ExportException(out + " cannot be locked");
                }
                return writeAlone(journal, out, format, range, notices);
            }
        }
    }

    private static ExportResult writeAlone(final Path journal, final Path out, final TableFormat format, final ExportRange range,
            final Consumer<String> notices) throws IOException {
        final TableExport export = new TableExport(journal, out, format, range, notices);
        export.finished.claim(journal);
        // Even when all days are there: what is missing from a journal or damaged is said each time.
        try (JournalReader reader = JournalReader.open(journal);
                TableRecords records = new TableRecords(export, range, new Progress(export.survey.records(), notices))) {
            reader.readAll(records);
            export.endDay();
            export.writeCosts();
            return new ExportResult(export.rows, records.problems().lines());
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public DayTables tables(final LocalDate wanted) throws IOException {
        if (!wanted.equals(day)) {
            endDay();
            day = wanted;
            // A day that began after the survey is for the next export: where it ends is not known.
            if (survey.lastIndex().containsKey(day) && !isFinished()) {
                finished.remove(day);
                finished.removeCosts();
                tables = new DayTables(out, format, day);
            }
        }
        return tables;
    }

    private boolean isFinished() throws IOException {
        final boolean has = finished.has(day, survey.lastIndex().get(day));
        if (has) {
            notices.accept(day + " is there already");
        }
        return has;
    }

    private void endDay() throws IOException {
        if (tables != null) {
            rows += tables.finish();
            tables = null;
            finished.add(day, survey.lastIndex().get(day));
            notices.accept(day + " is written");
        }
    }

    /** From all days, whenever one of them was written. */
    private void writeCosts() throws IOException {
        if (!survey.lastIndex().isEmpty() && !finished.hasCosts()) {
            TransactionCosts.write(out, format);
            finished.addCosts();
        }
    }

    @Override
    public void close() throws IOException {
        if (tables != null) {
            tables.close();
        }
    }
}
