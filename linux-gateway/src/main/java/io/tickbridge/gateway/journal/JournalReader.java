package io.tickbridge.gateway.journal;

import static io.tickbridge.gateway.journal.RecordLayout.GAP_FRAMES_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.GAP_LAST_TIME_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.GAP_LENGTH;
import static io.tickbridge.gateway.journal.RecordLayout.GAP_SIGNALS_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.HEADER_LENGTH;
import static io.tickbridge.gateway.journal.RecordLayout.LENGTH_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.LINE_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.NUMBER_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.ORDER;
import static io.tickbridge.gateway.journal.RecordLayout.SIGNAL_LENGTH;
import static io.tickbridge.gateway.journal.RecordLayout.TIME_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.TYPE_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.VERSION_OFFSET;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Iterator;
import org.agrona.DirectBuffer;

/**
 * Reads a journal from its beginning, through all its days and runs. Changes nothing in the directory, and may read
 * while a gateway writes: it then ends where the file ended for it.
 *
 * <p>Every record handed over has the length and checksum it was written with, and the number that follows that of
 * the record before it; what is otherwise is reported as damage, never handed over. One thread uses a reader. A
 * record of frame or signal is read without allocation.
 */
public final class JournalReader implements AutoCloseable {
    /** Reason of the damage told when the file with a run's start was deleted or moved away, as retention does. */
    public static final String BEGINS_INSIDE_A_RUN = "the journal begins inside a run: the file with its start is not here";

    private static final long NUMBER_MASK = 0xffff_ffffL;

    private final Path directory;
    private final Iterator<JournalDay> days;
    private final RunContinuity run = new RunContinuity();
    private JournalDay day;
    private CycleFile file;
    private int files;
    private long sequenceInDay;
    private boolean recordPending;
    private boolean sequenceInDoubt;

    private JournalReader(final Path directory, final Iterator<JournalDay> days) {
        this.directory = directory;
        this.days = days;
    }

    /**
     * Opens a journal for reading.
     *
     * @param directory the queue's directory
     * @return positioned before the first record
     * @throws JournalException when there is no journal, or it cannot be read
     */
    public static JournalReader open(final Path directory) {
        return new JournalReader(directory, JournalDay.allIn(directory).iterator());
    }

    /**
     * Asks for a journal before anything is made of it.
     *
     * @param directory where it should be
     * @throws JournalException when there is none, and where there is one that may have been meant
     */
    public static void requireJournal(final Path directory) {
        JournalDay.allIn(directory);
    }

    /**
     * Looks for a journal.
     *
     * @param directory where it may be
     * @return false also when the place is no directory or cannot be listed
     */
    public static boolean isJournal(final Path directory) {
        return JournalDay.isJournal(directory);
    }

    /**
     * The day in whose file a record lies.
     *
     * @param index of the record
     * @return the UTC day on which it was journalled
     */
    public static LocalDate day(final long index) {
        return LocalDate.ofEpochDay(JournalAppender.ROLL_CYCLE.toCycle(index));
    }

    /**
     * Hands over everything that is left.
     *
     * @param handler takes it
     * @return this reader's number of records and damages handed over
     */
    public long readAll(final JournalRecordHandler handler) {
        long count = 0;
        while (next(handler)) {
            count++;
        }
        return count;
    }

    /**
     * Hands over one record, or one damage.
     *
     * @param handler takes it
     * @return false when there was none left
     * @throws JournalException when the file cannot be read, or a newer build wrote it
     */
    public boolean next(final JournalRecordHandler handler) {
        try {
            return recordPending ? deliver(handler) : advance(handler);
        } catch (final IOException e) {
            throw new JournalException("journal " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Number of the queue's files read so far, the present one included.
     *
     * @return 0 before the first record
     */
    public int files() {
        return files;
    }

    private boolean advance(final JournalRecordHandler handler) throws IOException {
        while (file != null || openNextDay()) {
            switch (file.next()) {
                case RECORD -> {
                    return checkThenDeliver(handler);
                }
                case DAMAGE -> {
                    deliverDamage(handler);
                    return true;
                }
                default -> closeDay();
            }
        }
        return false;
    }

    private void deliverDamage(final JournalRecordHandler handler) {
        handler.onDamaged(index(), file.damage());
        if (file.damageIsOneRecord()) {
            sequenceInDay++;
            run.lostOne(file.damage().length());
        } else {
            sequenceInDoubt = true;
            if (file.damageReachesEnd()) {
                run.lostEnd();
            } else {
                run.lost(file.damage().length());
            }
        }
    }

    private boolean checkThenDeliver(final JournalRecordHandler handler) {
        final DirectBuffer buffer = file.buffer();
        final int offset = file.recordOffset();
        final int version = buffer.getByte(offset + VERSION_OFFSET) & 0xff;
        if (version > RecordLayout.SCHEMA_VERSION) {
            throw new JournalException("journal " + directory + " was written with record layout " + version + " ("
                    + file.name() + "), this build reads up to " + RecordLayout.SCHEMA_VERSION + ": use a newer build");
        }
        final long number = buffer.getInt(offset + NUMBER_OFFSET, ORDER) & NUMBER_MASK;
        final boolean startsRun = buffer.getByte(offset + TYPE_OFFSET) == RecordLayout.RUN_STARTED;
        final boolean hasRun = run.hasRun();
        final long expected = run.expected();
        final RunContinuity.Verdict verdict = run.next(number, startsRun);
        if (sequenceInDoubt && hasRun && number > expected) {
            // The records that went with the damaged bytes still count in Chronicle's index.
            sequenceInDay += number - expected;
        }
        sequenceInDoubt = false;
        if (startsRun ? number == 0 : verdict == RunContinuity.Verdict.NEXT) {
            return deliver(handler);
        }
        recordPending = true;
        handler.onDamaged(index(), new JournalDamage(file.name(), file.position(), 0, !hasRun ? BEGINS_INSIDE_A_RUN
                : number == expected ? "a run may have begun among the missing bytes before this record, number " + number
                : "records are missing before this one: number " + number + " follows " + (expected - 1),
                verdict == RunContinuity.Verdict.OF_UNKNOWN_RUN));
        return true;
    }

    private boolean deliver(final JournalRecordHandler handler) {
        recordPending = false;
        final DirectBuffer buffer = file.buffer();
        final int offset = file.recordOffset();
        final int length = buffer.getInt(offset + LENGTH_OFFSET, ORDER);
        final long time = buffer.getLong(offset + TIME_OFFSET, ORDER);
        final int payload = offset + HEADER_LENGTH;
        final long index = index();
        sequenceInDay++;
        switch (buffer.getByte(offset + TYPE_OFFSET)) {
            case RecordLayout.FRAME -> handler.onFrame(index, buffer, payload, length, time,
                    buffer.getShort(offset + LINE_OFFSET, ORDER) & 0xffff);
            case RecordLayout.SIGNAL -> {
                if (hasLength(SIGNAL_LENGTH, length, index, handler)) {
                    handler.onSignal(index, buffer, payload, time);
                }
            }
            case RecordLayout.JOURNAL_GAP -> {
                if (length == RecordLayout.GAP_OF_OTHERS_LENGTH || hasLength(GAP_LENGTH, length, index, handler)) {
                    deliverGap(index, payload, length, time, handler);
                }
            }
            case RecordLayout.LINK_REPORT -> deliverReport(index, payload, length, time, handler);
            case RecordLayout.LINK_EVENT -> {
                if (hasLength(LinkEvent.LENGTH, length, index, handler)) {
                    handler.onLinkEvent(index, LinkEvent.decode(buffer, payload), time);
                }
            }
            case RecordLayout.FEED_HEALTH -> {
                if (hasLength(FeedHealth.LENGTH, length, index, handler)) {
                    handler.onFeedHealth(index, FeedHealth.decode(buffer, payload), time);
                }
            }
            case RecordLayout.SIGNAL_SENT -> {
                if (hasLength(RecordLayout.SENT_LENGTH, length, index, handler)) {
                    handler.onSignalSent(index, buffer.getLong(payload + RecordLayout.SENT_SESSION_OFFSET, ORDER),
                            buffer.getLong(payload + RecordLayout.SENT_SEQUENCE_OFFSET, ORDER),
                            buffer.getLong(payload + RecordLayout.SENT_NUMBER_OFFSET, ORDER),
                            buffer.getLong(payload + RecordLayout.SENT_READY_TIME_OFFSET, ORDER), time,
                            buffer.getLong(payload + RecordLayout.SENT_PEERS_OFFSET, ORDER));
                }
            }
            case RecordLayout.RUN_STARTED -> deliverRunStarted(index, payload, length, handler);
            case RecordLayout.RUN_STOPPED ->
                    handler.onRunStopped(index, WireRecord.read(buffer, payload, length, RunStopped::readFrom));
            default -> refuse(index, "a record is of unknown type " + buffer.getByte(offset + TYPE_OFFSET), handler);
        }
        return true;
    }

    private void deliverGap(
            final long index, final int payload, final int length, final long firstTime, final JournalRecordHandler handler) {
        final DirectBuffer buffer = file.buffer();
        final long frames = buffer.getLong(payload + GAP_FRAMES_OFFSET, ORDER);
        final long signals = buffer.getLong(payload + GAP_SIGNALS_OFFSET, ORDER);
        final long lastTime = buffer.getLong(payload + GAP_LAST_TIME_OFFSET, ORDER);
        if (length == RecordLayout.GAP_OF_OTHERS_LENGTH) {
            handler.onOthersLost(index, buffer.getLong(payload + RecordLayout.GAP_OTHERS_OFFSET, ORDER), firstTime, lastTime);
        }
        if (length == GAP_LENGTH || (frames | signals) != 0) {
            handler.onGap(index, frames, signals, firstTime, lastTime);
        }
    }

    private void deliverReport(
            final long index, final int payload, final int length, final long time, final JournalRecordHandler handler) {
        final int frame = RecordLayout.REPORT_CONNECTION_LENGTH;
        if (length <= frame) {
            refuse(index, "a link report is only " + length + " bytes long", handler);
        } else {
            handler.onLinkReport(
                    index, file.buffer().getLong(payload, ORDER), file.buffer(), payload + frame, length - frame, time);
        }
    }

    private void deliverRunStarted(
            final long index, final int payload, final int length, final JournalRecordHandler handler) {
        final RunStarted run = WireRecord.read(file.buffer(), payload, length, RunStarted::readFrom);
        if (run.hashMatches()) {
            handler.onRunStarted(index, run);
        } else {
            handler.onDamaged(index, new JournalDamage(file.name(), file.position(), 0,
                    "a run's configuration does not have the SHA-256 written beside it", true));
        }
    }

    private boolean hasLength(
            final int expected, final int length, final long index, final JournalRecordHandler handler) {
        if (length == expected) {
            return true;
        }
        refuse(index, "a record is " + length + " bytes long instead of " + expected, handler);
        return false;
    }

    private void refuse(final long index, final String reason, final JournalRecordHandler handler) {
        handler.onDamaged(index, new JournalDamage(file.name(), file.position(), 0, reason));
    }

    private long index() {
        return JournalAppender.ROLL_CYCLE.toIndex(day.cycle(), sequenceInDay);
    }

    private boolean openNextDay() throws IOException {
        if (!days.hasNext()) {
            return false;
        }
        day = days.next();
        files++;
        file = new CycleFile(day.file());
        sequenceInDay = 0;
        sequenceInDoubt = false;
        return true;
    }

    private void closeDay() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    @Override
    public void close() {
        try {
            closeDay();
        } catch (final IOException e) {
            throw new JournalException("journal " + directory + " cannot be closed: " + e.getMessage(), e);
        }
    }
}
