package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each of the last 4096 bytes that were written is changed, each bit of the last record's prefix and header is flipped, and the file ends at each of
 * them: no record is ever read that was not written, and none is missed without a word.
 */
class JournalTailTest {
    private static final int TAIL = 4096;
    private static final int FRAMES = 60;

    @TempDir
    private Path directory;
    private Path file;
    private List<String> written;
    private long end;

    @BeforeEach
    void write() throws IOException {
        final Random random = new Random(11);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[300]);
        try (Journal journal = Journal.open(
                RecordedJournal.config(directory, 1 << 20), RecordedJournal.run("x"), true)) {
            for (int i = 0; i < FRAMES; i++) {
                random.nextBytes(frame.byteArray());
                journal.recorder().onFrame(frame, 0, 100 + random.nextInt(200), 1_000 + i, 0);
                journal.recorder().onSignal(frame, 0, 1_000 + i);
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            file = files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
        written = RecordedJournal.read(directory).lines;
        assertEquals(2 + 2 * FRAMES, written.size());
        final byte[] bytes = Files.readAllBytes(file);
        end = bytes.length;
        while (bytes[(int) end - 1] == 0) {
            end--;
        }
        assertTrue(end > TAIL);
    }

    @Test
    void everyChangedByteCostsAtMostTheRecordItIsIn() throws IOException {
        final Random random = new Random(12);
        try (RandomAccessFile tail = new RandomAccessFile(file.toFile(), "rw")) {
            tail.setLength(end + 64); // what was reserved ahead takes time to look through, and holds nothing
            for (long at = end - TAIL; at < end; at++) {
                tail.seek(at);
                final int original = tail.read();
                tail.seek(at);
                tail.write(original ^ 1 + random.nextInt(255));
                final RecordedJournal read = RecordedJournal.read(directory);
                assertPartOf(written, read.lines, "byte " + at);
                assertTrue(read.lines.size() >= written.size() - 1, "byte " + at + " cost " + (written.size() - read.lines.size()));
                assertTrue(read.lines.size() == written.size() || !read.damages.isEmpty(),
                        "byte " + at + ": a record is missing, and no damage is told");
                read.damages.forEach(damage -> assertEquals(file.getFileName().toString(), damage.file()));
                tail.seek(at);
                tail.write(original);
            }
        }
        assertEquals(written, RecordedJournal.read(directory).lines, "all bytes back");
    }

    @Test
    void everyFlippedBitOfTheLastRecordsPrefixAndHeaderIsFound() throws IOException {
        final long last = LastRecord.position(file);
        assertTrue(last > end - 400 && last < end - 24, "the header says where it begins");
        try (RandomAccessFile tail = new RandomAccessFile(file.toFile(), "rw")) {
            tail.setLength(end + 64);
            for (long at = last; at < last + Integer.BYTES + RecordLayout.HEADER_LENGTH; at++) {
                for (int bit = 1; bit < 256; bit <<= 1) {
                    tail.seek(at);
                    final int original = tail.read();
                    tail.seek(at);
                    tail.write(original ^ bit);
                    final RecordedJournal read = RecordedJournal.read(directory);
                    assertEquals(written.subList(0, written.size() - 1), read.lines, "byte " + at + ", bit " + bit);
                    assertEquals(1, read.damages.size(), "byte " + at + ", bit " + bit + ": " + read.damages);
                    tail.seek(at);
                    tail.write(original);
                }
            }
        }
        assertEquals(List.of(), RecordedJournal.read(directory).damages, "all bits back");
    }

    /** Of 64 bytes, as records of sent signals have them: without its one bit the prefix says that nothing was written yet. */
    @Test
    void aLastRecordWhosePrefixIsZeroedIsFound() throws IOException {
        try (RandomAccessFile tail = new RandomAccessFile(file.toFile(), "rw")) {
            tail.setLength(end + 64);
            tail.seek(LastRecord.position(file));
            tail.writeInt(0);
            final RecordedJournal read = RecordedJournal.read(directory);
            assertEquals(written.subList(0, written.size() - 1), read.lines);
            assertEquals(List.of("a record's prefix was overwritten"), read.damages.stream().map(JournalDamage::reason).toList());
        }
    }

    /** As a power cut may leave it in a file that has its space already, or a stray write. */
    @Test
    void aLastRecordThatIsZeroOrTakenForTheQueuesOwnIsFound() throws IOException {
        final long last = LastRecord.position(file);
        final byte[] record = new byte[(int) (end - last)];
        final byte[] bookkeeping = record.clone();
        bookkeeping[0] = 4;
        bookkeeping[3] = 0x40; // bit 30 of the prefix, little-endian
        try (RandomAccessFile tail = new RandomAccessFile(file.toFile(), "rw")) {
            tail.setLength(end + 1024);
            for (final byte[] left : List.of(record, bookkeeping)) {
                tail.seek(last);
                tail.write(left);
                final RecordedJournal read = RecordedJournal.read(directory);
                assertEquals(written.subList(0, written.size() - 1), read.lines);
                assertEquals(1, read.damages.size(), read.damages::toString);
            }
        }
    }

    /** Chronicle writes a record's prefix after the rest of it, and states in its header that it is complete after that. */
    @Test
    void aRecordThatAKilledWriterHadNotCompletedIsNoDamage() throws IOException {
        try (RandomAccessFile tail = new RandomAccessFile(file.toFile(), "rw")) {
            final long last = LastRecord.position(file);
            final byte[] record = new byte[(int) (end - last) - Integer.BYTES];
            tail.seek(last + Integer.BYTES);
            tail.readFully(record);
            tail.setLength(end + 1024);
            final long next = (end + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
            for (final int part : new int[] {record.length, record.length / 2}) {
                tail.seek(next);
                tail.write(new byte[Integer.BYTES + record.length]);
                tail.seek(next + Integer.BYTES);
                tail.write(record, 0, part);
                final RecordedJournal read = RecordedJournal.read(directory);
                assertEquals(written, read.lines);
                assertEquals(List.of(), read.damages, part + " bytes of it");
            }
        }
    }

    @Test
    void whatAKilledWriterHadNotFinishedIsGoneBeforeTheNextRunBegins() throws IOException {
        final long begun = (end + 3) / 4 * 4;
        final byte[] unfinished = new byte[4_096 + 300];
        new Random(13).nextBytes(unfinished);
        try (RandomAccessFile tail = new RandomAccessFile(file.toFile(), "rw")) {
            tail.seek(begun + Integer.BYTES);
            tail.write(unfinished);
        }
        // A successor may be killed as soon as its first record is there: nothing is to be behind that one.
        UnfinishedRecord.clear(file, LastRecord.position(file));
        final byte[] bytes = Files.readAllBytes(file);
        assertTrue(IntStream.range((int) end, bytes.length).allMatch(at -> bytes[at] == 0));
    }

    @Test
    void theNextRunFollowsWhatAKilledWriterHadNotFinished() throws IOException {
        try (RandomAccessFile tail = new RandomAccessFile(file.toFile(), "rw")) {
            final byte[] unfinished = new byte[100_000];
            new Random(14).nextBytes(unfinished);
            tail.seek((end + 3) / 4 * 4 + Integer.BYTES);
            tail.write(unfinished);
        }
        try (Journal journal = Journal.open(RecordedJournal.config(directory, 1 << 20), RecordedJournal.run("next"), true)) {
            journal.recorder().onSignal(new UnsafeBuffer(new byte[64]), 0, 1);
        }
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(List.of(), read.damages);
        assertEquals(written, read.lines.subList(0, written.size()));
        assertEquals(written.size() + 3, read.lines.size());
    }

    @Test
    void aFileThatEndsAnywhereIsReadUpToThere() throws IOException {
        try (RandomAccessFile tail = new RandomAccessFile(file.toFile(), "rw")) {
            for (long length = end; length >= end - TAIL; length--) {
                tail.setLength(length);
                final RecordedJournal journal = RecordedJournal.read(directory);
                final List<String> read = journal.lines;
                assertEquals(written.subList(0, read.size()), read, "length " + length);
                assertEquals(read.size() < written.size(), !journal.damages.isEmpty(), "length " + length + ": " + journal.damages);
            }
            assertTrue(RecordedJournal.read(directory).lines.size() < written.size() - 10);
        }
    }

    private static void assertPartOf(final List<String> whole, final List<String> part, final String what) {
        final List<String> rest = new ArrayList<>(whole);
        int from = 0;
        for (final String line : part) {
            final int found = rest.subList(from, rest.size()).indexOf(line);
            assertTrue(found >= 0, what + ": read " + line + ", which nobody wrote there");
            from += found + 1;
        }
    }
}
