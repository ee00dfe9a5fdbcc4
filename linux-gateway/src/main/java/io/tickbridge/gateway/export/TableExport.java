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
import java.util.List;

/**
 * Writes a journal's tables: a directory a table, in it one a UTC day on which records were journalled, in that a file for each
 * part of the day. Parts that an earlier export finished are kept; every other is written anew under temporary names. Books need
 * each frame in any case, so that what an export repeats after it was stopped is the reading, not the writing.
 */
public final class TableExport implements TableRecords.DayWriter {
    /** Some hundred MB of rows as text, before they are Parquet and a tenth of that; a row group's worth for each column. */
    static final long PART_RECORDS = 500_000;
    /** How often the disk is asked whether there is room, in records: what they may become is asked for. */
    private static final int LOOK_EVERY = 1024;
    private static final long LOOK_BYTES = 16 << 20;

    private final Path out;
    private final TableFormat format;
    private final JournalSurvey survey;
    private final FinishedDays finished;
    private final DiskRoom room;
    private final ExportListener listener;
    private LocalDate day;
    /** Where its parts end; null for a day that began after the survey, which is for the next export. */
    private List<Long> ends;
    private boolean isWhole;
    private int part;
    private long until = Long.MIN_VALUE;
    private DayTables tables;
    private long rows;
    private int sinceLook;

    private TableExport(final Path journal, final Path out, final TableFormat format, final ExportRange range, final DiskRoom room,
            final ExportListener listener, final long partRecords) {
        this.out = out;
        this.format = format;
        this.room = room;
        this.listener = listener;
        survey = JournalSurvey.ofParts(journal, partRecords);
        finished = new FinishedDays(out, journal, format, range);
    }

    /**
     * Writes what is not yet there.
     *
     * @param journal  the journal's directory
     * @param out      directory of the tables, of this journal alone; made when it is not there. Another export there is waited for
     * @param format   of the files
     * @param range    which records
     * @param listener hears how far it is
     * @return how many rows were written; when every day was there already, none
     * @throws IOException     when a file cannot be written
     * @throws ExportException also when the disk is nearly full
     */
    public static ExportResult write(final Path journal, final Path out, final TableFormat format, final ExportRange range,
            final ExportListener listener) throws IOException {
        return write(journal, out, format, range, DiskRoom.of(out), listener);
    }

    /**
     * Writes what is not yet there.
     *
     * @param journal  the journal's directory
     * @param out      directory of the tables, of this journal alone; made when it is not there. Another export there is waited for
     * @param format   of the files
     * @param range    which records
     * @param room     on the disk of {@code out}
     * @param listener hears how far it is
     * @return how many rows were written; when every day was there already, none
     * @throws IOException     when a file cannot be written
     * @throws ExportException also when the disk is nearly full
     */
    public static ExportResult write(final Path journal, final Path out, final TableFormat format, final ExportRange range,
            final DiskRoom room, final ExportListener listener) throws IOException {
        return write(journal, out, format, range, room, listener, PART_RECORDS);
    }

    static ExportResult write(final Path journal, final Path out, final TableFormat format, final ExportRange range,
            final DiskRoom room, final ExportListener listener, final long partRecords) throws IOException {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new ExportException(out + " is a file: --out names the directory that tables are written to");
        }
        room.require(LOOK_BYTES);
        Files.createDirectories(out);
        // Within this process by the monitor, between processes by the kernel, which frees it however one ends.
        synchronized (TableExport.class) {
            try (FileChannel channel = FileChannel.open(out.resolve(".export.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new ExportException(out + " cannot be locked");
                }
                return new TableExport(journal, out, format, range, room, listener, partRecords).writeAlone(journal, range);
            }
        }
    }

    private ExportResult writeAlone(final Path journal, final ExportRange range) throws IOException {
        finished.claim(journal);
        // Even when all days are there: what is missing from a journal or damaged is said each time.
        try (JournalReader reader = JournalReader.open(journal);
                TableRecords records = new TableRecords(this, range, new Progress(survey.records(), listener))) {
            reader.readAll(records);
            endDay();
            writeCosts();
            return new ExportResult(rows, records.problems().lines());
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void at(final long index) throws IOException {
        if (index > until) {
            turnTo(index);
        }
        if (tables != null && ++sinceLook == LOOK_EVERY) {
            sinceLook = 0;
            room.require(LOOK_BYTES);
        }
    }

    @Override
    public DayTables tables() {
        return tables;
    }

    private void turnTo(final long index) throws IOException {
        final LocalDate of = JournalReader.day(index);
        if (!of.equals(day)) {
            endDay();
            day = of;
            ends = survey.parts().get(day);
            part = 0;
            if (ends != null) {
                beginDay();
            }
        }
        while (ends != null && index > until) {
            endPart();
            part++;
            beginPart();
        }
    }

    private void beginDay() throws IOException {
        isWhole = finished.has(day, ends);
        if (isWhole) {
            listener.onNotice(day + " is there already");
        } else {
            finished.remove(day);
            int there = 0;
            for (int i = 0; i < ends.size(); i++) {
                there += finished.has(day, ends, i) ? 1 : 0;
            }
            if (there > 0) {
                listener.onNotice(day + ": " + there + " of " + ends.size() + " parts are there already, and are kept");
            }
        }
        beginPart();
    }

    private void beginPart() throws IOException {
        if (part == ends.size()) {
            // What was journalled after the survey is for the next export: where its part ends is not known.
            until = Long.MAX_VALUE;
        } else {
            until = ends.get(part);
            if (!isWhole && !finished.has(day, ends, part)) {
                finished.remove(day, part);
                finished.removeCosts();
                tables = new DayTables(out, format, day, part, room);
            }
        }
    }

    private void endPart() throws IOException {
        if (tables != null) {
            rows += tables.finish();
            tables = null;
            finished.add(day, ends, part);
        }
    }

    private void endDay() throws IOException {
        endPart();
        if (day != null && ends != null && !isWhole) {
            finished.add(day, ends);
            listener.onNotice(day + " is written");
        }
        until = Long.MIN_VALUE;
    }

    /** From all days, whenever one of them was written. */
    private void writeCosts() throws IOException {
        if (!survey.parts().isEmpty() && !finished.hasCosts()) {
            TransactionCosts.write(out, format, room);
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
