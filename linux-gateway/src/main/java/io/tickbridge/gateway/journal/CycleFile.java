package io.tickbridge.gateway.journal;

import static io.tickbridge.gateway.journal.RecordLayout.HEADER_LENGTH;
import static io.tickbridge.gateway.journal.RecordLayout.LENGTH_OFFSET;
import static io.tickbridge.gateway.journal.RecordLayout.MAX_RECORD_LENGTH;
import static io.tickbridge.gateway.journal.RecordLayout.ORDER;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.DirectBuffer;

/**
 * Walks the records of one of the queue's files, which holds one day.
 *
 * <p>The file is a row of documents (Chronicle's "size-prefixed blobs"), each begun by a little-endian uint32 on a
 * multiple of four: bits 0 to 29 length, bit 30 set for the queue's own bookkeeping, bit 31 set while incomplete, when
 * there is no length yet; zero where nothing was written yet, or a record not completed, and no length with both bits where the
 * file was ended. Its first document, the queue's header, states where the last complete record begins. Walking them here,
 * rather than through Chronicle's tailer, is what lets a damaged file be read up to and beyond the damage: the
 * tailer trusts those four bytes, and a wrong one ends or kills it. A test holds this walk to the tailer's.
 */
final class CycleFile implements Closeable {
    private static final int PREFIX_LENGTH = Integer.BYTES;
    static final int LENGTH_MASK = 0x3fff_ffff;
    private static final int BOOKKEEPING = 0x4000_0000;
    private static final int INCOMPLETE = 0x8000_0000;
    /** Documents begin on a multiple of this. */
    private static final int ALIGNMENT = 4;

    private final BufferedFile file;
    private final String name;
    private final DirectBuffer buffer;
    private final long lastStated;
    private long lastBegun;
    private boolean hasRecords;
    private long position;
    private int recordOffset;
    private JournalDamage damage;
    private boolean damageIsOneRecord;
    private boolean endTold;

    /** What {@link #next} came upon. */
    enum Step {
        /** A sound record, at {@link #recordOffset}. */
        RECORD,
        /** Bytes that were left out, told by {@link #damage}. */
        DAMAGE,
        /** Nothing more was written. */
        END
    }

    CycleFile(final Path path) throws IOException {
        // Before the size: a file that is still written only grows.
        lastStated = LastRecord.position(path);
        file = new BufferedFile(path);
        name = path.getFileName().toString();
        buffer = file.memory().buffer();
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int recordOffset() {
        return recordOffset;
    }

    JournalDamage damage() {
        return damage;
    }

    /** Whether the damage lies within one record, whose end is known; otherwise any number may be gone. */
    boolean damageIsOneRecord() {
        return damageIsOneRecord;
    }

    String name() {
        return name;
    }

    long position() {
        return position;
    }

    /** Whether what is left out reaches to where the file ends, which may not be where it ended once. */
    boolean damageReachesEnd() {
        return endTold;
    }

    Step next() throws IOException {
        while (file.has(position, PREFIX_LENGTH)) {
            final int prefix = prefixAt(position);
            final int length = prefix & LENGTH_MASK;
            if ((prefix & INCOMPLETE) != 0 || prefix == 0) {
                final long start = position;
                final Step step = resume("a record's prefix was overwritten", (prefix & INCOMPLETE) != 0 && length != 0);
                if (!isStill(prefix, start)) {
                    position = start; // it was being written when it was looked at
                    endTold = false;
                    continue;
                }
                return step == Step.END ? end() : step;
            }
            if (position + PREFIX_LENGTH + length > file.size()) {
                return resume("the file ends inside a record", true);
            }
            if ((prefix & BOOKKEEPING) == 0) {
                return record(length);
            }
            if (isSoundRecord(position, length)) {
                return damagedRecord(position, length, "a record's prefix was overwritten");
            }
            if (!hasRecords) {
                lastBegun = position; // the queue's own, which a new file begins with
            }
            position = after(position, length);
        }
        return end();
    }

    /** The file may end, or be zero or nonsense, from the very place on where a record began. */
    private Step end() {
        if (endTold || lastStated <= lastBegun && lastStated + PREFIX_LENGTH <= file.size()) {
            return Step.END;
        }
        endTold = true;
        damage = new JournalDamage(name, position, 0, "the file was cut short or overwritten: its last record began at byte " + lastStated);
        damageIsOneRecord = false;
        return Step.DAMAGE;
    }

    private boolean isStill(final int prefix, final long document) throws IOException {
        file.forget();
        return file.has(document, PREFIX_LENGTH) && prefixAt(document) == prefix;
    }

    private Step record(final int length) throws IOException {
        if (!isFramed(position, length)) {
            return resume("a record's length was overwritten", true);
        }
        recordOffset = file.offsetOf(position + PREFIX_LENGTH);
        if (!file.memory().isSound(recordOffset)) {
            return damagedRecord(position, length, "a record's checksum is wrong");
        }
        begun(position);
        position = after(position, length);
        return Step.RECORD;
    }

    private void begun(final long record) {
        lastBegun = record;
        hasRecords = true;
    }

    private Step damagedRecord(final long start, final int length, final String reason) {
        begun(start);
        position = after(start, length);
        damage = new JournalDamage(name, start, position - start, reason);
        damageIsOneRecord = true;
        return Step.DAMAGE;
    }

    /**
     * The next document cannot be found by length: looks for the next sound record. Where there is none, what follows is the
     * file's end: zero, or what is left of a record that a killed writer had not completed, whose prefix Chronicle writes last. That
     * is no damage, unless the header states that a record was complete there.
     */
    private Step resume(final String reason, final boolean damagedAnyway) throws IOException {
        final long start = position;
        long candidate = start + ALIGNMENT;
        while (file.has(candidate, PREFIX_LENGTH) && !isSoundRecord(candidate, prefixAt(candidate))) {
            candidate += ALIGNMENT;
        }
        final boolean found = file.has(candidate, PREFIX_LENGTH);
        position = found ? candidate : file.size();
        if (found || damagedAnyway || lastStated >= start) {
            damage = new JournalDamage(name, start, position - start, reason);
            damageIsOneRecord = false;
            endTold = !found;
            return Step.DAMAGE;
        }
        position = start;
        return Step.END;
    }

    private boolean isSoundRecord(final long document, final int length) throws IOException {
        return isFramed(document, length) && file.memory().isSound(file.offsetOf(document + PREFIX_LENGTH));
    }

    /** Whether a document's length agrees with that of the record in it; brings the record into memory. */
    private boolean isFramed(final long document, final int length) throws IOException {
        if (length < HEADER_LENGTH || length > MAX_RECORD_LENGTH
                || !file.has(document, PREFIX_LENGTH + length)) {
            return false;
        }
        return length == HEADER_LENGTH + buffer.getInt(file.offsetOf(document + PREFIX_LENGTH) + LENGTH_OFFSET, ORDER);
    }

    private int prefixAt(final long document) {
        return buffer.getInt(file.offsetOf(document), ORDER);
    }

    /** Where the document after one begins. */
    static long after(final long document, final int length) {
        return (document + PREFIX_LENGTH + length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
