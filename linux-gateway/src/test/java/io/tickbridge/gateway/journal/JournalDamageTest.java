package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal changed behind its back: no changed record is read, every sound one is, and the damage is told. */
class JournalDamageTest {
    private static final int FRAMES = 2_000;
    /** Of the queue's prefix before each record. */
    private static final int PREFIX_LENGTH = 4;

    @TempDir
    private Path directory;
    private Path file;
    private List<String> written;
    private List<Long> positions;

    @BeforeEach
    void writeJournal() throws IOException {
        final Random random = new Random(11);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[400]);
        try (Journal journal = Journal.open(
                RecordedJournal.config(directory, 1 << 20), RecordedJournal.run("x"), true)) {
            for (int i = 0; i < FRAMES; i++) {
                random.nextBytes(frame.byteArray());
                journal.recorder().onFrame(frame, 0, 100 + random.nextInt(300), 1_000_000 + i, 3);
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            file = files.filter(path -> path.toString().endsWith(".cq4")).findFirst().orElseThrow();
        }
        written = RecordedJournal.read(directory).lines;
        assertEquals(FRAMES + 2, written.size());
        positions = recordPositions();
    }

    @Test
    void everyChangedBitIsFoundAndCostsOneRecord() throws IOException {
        final Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            final int record = random.nextInt(FRAMES + 2);
            final int length = intAt(positions.get(record) + PREFIX_LENGTH + RecordLayout.LENGTH_OFFSET);
            final long at = positions.get(record) + PREFIX_LENGTH + random.nextInt(RecordLayout.HEADER_LENGTH + length);
            final int bit = 1 << random.nextInt(8);
            flip(at, bit);
            assertOnlyMissing(record, "record " + record + ", byte " + at + ", bit " + bit);
            flip(at, bit);
        }
        assertEquals(written, RecordedJournal.read(directory).lines, "all bits back");
    }

    @Test
    void everyChangedBitOfAPrefixIsFoundAndCostsOneRecord() throws IOException {
        final int record = 1_234;
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            flip(positions.get(record) + bit / 8, 1 << bit % 8);
            assertOnlyMissing(record, "bit " + bit);
            flip(positions.get(record) + bit / 8, 1 << bit % 8);
        }
    }

    @Test
    void aZeroedPrefixDoesNotEndTheJournal() throws IOException {
        write(positions.get(500), new byte[PREFIX_LENGTH]);
        assertOnlyMissing(500, "zeroed prefix");
    }

    @Test
    void aZeroedPageCostsTheRecordsInItAndTheyAreCounted() throws IOException {
        final long from = positions.get(700);
        write(from, new byte[4096]);
        final RecordedJournal read = RecordedJournal.read(directory);

        final List<String> left = new ArrayList<>(written);
        final int resumed = (int) positions.stream().filter(position -> position < from + 4096).count();
        left.subList(700, resumed).clear();
        assertEquals(left, read.lines);
        assertEquals(2, read.damages.size());
        assertEquals("records are missing before this one: number " + resumed + " follows 699",
                read.damages.get(1).reason());
        // Frames after the hole keep the index that Chronicle gave them.
        assertEquals(JournalAppender.ROLL_CYCLE.toSequenceNumber(read.indexes.get(700)), resumed);
    }

    @Test
    void aFileCutShortIsReadUpToTheCut() throws IOException {
        final Random random = new Random(9);
        final long end = positions.get(FRAMES + 1);
        final byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < 40; i++) {
            final long cut = end - random.nextInt((int) (end - positions.get(FRAMES - 200)));
            Files.write(file, Arrays.copyOf(whole, (int) cut));
            final RecordedJournal read = RecordedJournal.read(directory);
            final int begun = (int) positions.stream().filter(position -> position < cut).count();
            final long lastBegun = positions.get(begun - 1);
            final boolean lastIsWhole = cut >= lastBegun + PREFIX_LENGTH + RecordLayout.HEADER_LENGTH + 100
                    && cut >= lastBegun + PREFIX_LENGTH + ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN)
                            .getInt((int) lastBegun);
            assertEquals(written.subList(0, lastIsWhole ? begun : begun - 1), read.lines, "cut at " + cut);
            assertTrue(!read.damages.isEmpty(), "cut at " + cut + ": nothing says so");
        }
    }

    @Test
    void aFileCutInsideItsLastRecordIsContinued() throws IOException {
        cutTo(positions.get(FRAMES + 1) + 50);
        appendRun("after");
        final List<String> expected = new ArrayList<>(written.subList(0, FRAMES + 1));
        expected.addAll(List.of("started after", "stopped closed"));
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(expected, read.lines);
        assertEquals(1, read.damages.size());
    }

    @Test
    void aFileCutBeforeItsLastRecordIsNotContinued() throws IOException {
        cutTo(positions.get(FRAMES - 5) + 50);
        final JournalException refused = assertThrows(JournalException.class, () -> appendRun("after"));
        assertTrue(refused.getMessage().contains(file + " is cut short"), refused.getMessage());
        assertEquals(written.subList(0, FRAMES - 5), RecordedJournal.read(directory).lines);
    }

    @Test
    void whatAKilledWriterHadNotCompletedIsNoDamage() throws IOException {
        final long last = positions.get(FRAMES + 1);
        final long end = (last + PREFIX_LENGTH + intAt(last) + 3) / 4 * 4;
        final byte[] half = new byte[5_000];
        new Random(3).nextBytes(half);
        // What the queue writes before the record, and overwrites with its length after it.
        write(end, ByteBuffer.allocate(PREFIX_LENGTH).order(ByteOrder.LITTLE_ENDIAN).putInt(0x8000_0000).array());
        write(end + PREFIX_LENGTH, half);
        assertEquals(written, RecordedJournal.read(directory).lines);
        assertEquals(List.of(), RecordedJournal.read(directory).damages);

        appendRun("after");
        final List<String> expected = new ArrayList<>(written);
        expected.addAll(List.of("started after", "stopped closed"));
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(expected, read.lines);
        assertEquals(List.of(), read.damages);
    }

    @Test
    void aNewerLayoutIsRefused() throws IOException {
        final long record = positions.get(0) + PREFIX_LENGTH;
        final int length = RecordLayout.HEADER_LENGTH + intAt(record + RecordLayout.LENGTH_OFFSET);
        final ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        read(record, bytes);
        bytes.put(RecordLayout.VERSION_OFFSET, (byte) (RecordLayout.SCHEMA_VERSION + 1));
        final CRC32C crc = new CRC32C();
        crc.update(bytes.array(), 4, length - 4);
        bytes.putInt(0, (int) crc.getValue());
        write(record, bytes.array());

        final JournalException refused =
                assertThrows(JournalException.class, () -> RecordedJournal.read(directory));
        assertTrue(refused.getMessage().contains("record layout " + (RecordLayout.SCHEMA_VERSION + 1)), refused.getMessage());
        assertTrue(refused.getMessage().contains("use a newer build"), refused.getMessage());
    }

    @Test
    void aJournalThatBeginsInsideARunSaysSo() throws IOException {
        write(positions.get(0), ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(intAt(positions.get(0)) | 0x4000_0000).array());
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(written.subList(1, written.size()), read.lines);
        assertEquals(List.of("a record's prefix was overwritten", "the journal begins inside a run: the file with its start is not here"),
                read.damages.stream().map(JournalDamage::reason).toList());
    }

    private void appendRun(final String configuration) {
        Journal.open(RecordedJournal.config(directory, 1 << 20), RecordedJournal.run(configuration), true).close();
    }

    private void assertOnlyMissing(final int record, final String what) {
        final RecordedJournal read = RecordedJournal.read(directory);
        final List<String> left = new ArrayList<>(written);
        left.remove(record);
        assertEquals(left, read.lines, what);
        assertTrue(record == FRAMES + 1 || !read.damages.isEmpty(), what + ": no damage told");
    }

    /** By searching the bytes for what was written: without the code under test. */
    private List<Long> recordPositions() throws IOException {
        final ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        final List<Long> found = new ArrayList<>();
        for (int at = 0; at < bytes.limit() - RecordLayout.HEADER_LENGTH - PREFIX_LENGTH; at += 4) {
            final int record = at + PREFIX_LENGTH;
            if (bytes.getInt(record + RecordLayout.NUMBER_OFFSET) == found.size()
                    && bytes.get(record + RecordLayout.VERSION_OFFSET) == 1
                    && bytes.getInt(at) == 24 + bytes.getInt(record + RecordLayout.LENGTH_OFFSET)) {
                found.add((long) at);
            }
        }
        assertEquals(FRAMES + 2, found.size());
        return found;
    }

    private int intAt(final long position) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        read(position, bytes);
        return bytes.getInt(0);
    }

    private void read(final long position, final ByteBuffer bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            assertEquals(bytes.capacity(), channel.read(bytes, position));
        }
    }

    private void write(final long position, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private void cutTo(final long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private void flip(final long position, final int bits) throws IOException {
        final ByteBuffer one = ByteBuffer.allocate(1);
        read(position, one);
        write(position, new byte[] {(byte) (one.get(0) ^ bits)});
    }
}
