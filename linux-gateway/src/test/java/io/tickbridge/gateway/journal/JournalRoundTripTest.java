package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded is what is read, in order, and Chronicle's own tailer sees the same records. */
class JournalRoundTripTest {
    private static final int RING_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    /** A start that is refused for another reason leaves no trace where there was nothing, and nothing else than it found. */
    @Test
    void aRunThatNeverBeganLeavesNoDirectory(@TempDir final Path parent) throws IOException {
        final Path fresh = parent.resolve("journal");
        Journal.prepare(RecordedJournal.config(fresh, 1 << 20), true).close("not started");
        assertFalse(Files.exists(fresh));
        Files.createDirectory(fresh);
        Files.writeString(fresh.resolve("mine"), "kept");
        Journal.prepare(RecordedJournal.config(fresh, 1 << 20), true).close("not started");
        assertEquals("kept", Files.readString(fresh.resolve("mine")));
        final Path begun = parent.resolve("begun");
        final Journal journal = Journal.prepare(RecordedJournal.config(begun, 1 << 20), true);
        journal.begin(RecordedJournal.run("x"), Thread::new);
        journal.close("ended");
        assertEquals(1, RecordedJournal.read(begun).runs.size());
    }

    @Test
    void randomFramesAndSignalsComeBackInOrder() {
        final List<String> expected = new ArrayList<>();
        writeRun("name: größe €\n\"quoted\": 'yes'\n".repeat(500), 20_000, 21_603, expected);

        final RecordedJournal read = RecordedJournal.read(directory);

        assertEquals(expected, read.lines);
        assertEquals(List.of(), read.damages);
        final RunStarted run = read.runs.get(0);
        assertEquals(RecordedJournal.run(run.configuration()), run);
        final RunStopped stop = read.stops.get(0);
        assertEquals(expected.stream().filter(line -> line.startsWith("frame")).count(), stop.frames());
        assertEquals(expected.stream().filter(line -> line.startsWith("signal")).count(), stop.signals());
        assertEquals(0, stop.lostFrames() + stop.lostSignals());
    }

    @Test
    void framesOfEveryLengthToNineThousandBytes() {
        final List<String> expected = new ArrayList<>(List.of("started lengths"));
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[9000]);
        new Random(7).nextBytes(frame.byteArray());
        try (Journal journal = open("lengths")) {
            for (int length = 0; length <= 9000; length += length < 64 ? 1 : 61) {
                journal.recorder().onFrame(frame, 9000 - length, length, length, 65_535);
                final byte[] bytes = new byte[length];
                frame.getBytes(9000 - length, bytes);
                expected.add(RecordedJournal.frame(length, 65_535, bytes));
            }
        }
        expected.add("stopped closed");

        assertEquals(expected, RecordedJournal.read(directory).lines);
    }

    @Test
    void reopeningContinuesTheQueueWithASecondRun() {
        final List<String> expected = new ArrayList<>();
        writeRun("first", 100, 1, expected);
        writeRun("second", 100, 2, expected);

        final RecordedJournal read = RecordedJournal.read(directory);

        assertEquals(expected, read.lines);
        assertEquals(2, read.runs.size());
        assertEquals(List.of(), read.damages);
    }

    @Test
    void chroniclesTailerSeesTheSameRecordsAtTheSameIndexes() {
        writeRun("x", 10_000, 3, new ArrayList<>());
        final RecordedJournal read = RecordedJournal.read(directory);

        assertEquals(tailerIndexes(), read.indexes);
    }

    @Test
    void aDayEndsAndTheRunGoesOnInTheNextFile() throws IOException {
        final SetTimeProvider clock = new SetTimeProvider(20_000L * 86_400_000_000_000L);
        try (SteppedJournal journal = new SteppedJournal(directory, () -> Long.MAX_VALUE, clock)) {
            for (int i = 0; i < 3_000; i++) {
                if (i % 1_000 == 500) {
                    clock.advanceMillis(86_400_000);
                }
                journal.frame(i, 10_000);
                journal.drain();
            }
            assertEquals(3_000, journal.counts.get(JournalCounter.FRAMES));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertEquals(List.of("20241004L.cq4", "20241005L.cq4", "20241006L.cq4", "20241007L.cq4"),
                    files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".cq4"))
                            .sorted().toList());
        }
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(List.of(), read.damages);
        for (int i = 0; i < 3_000; i++) {
            assertTrue(read.lines.get(i + 1).startsWith("frame " + i + " 0 10000 bytes"), read.lines.get(i + 1));
        }
        assertEquals(tailerIndexes(), read.indexes);

        Files.delete(directory.resolve("20241005L.cq4"));
        final RecordedJournal holed = RecordedJournal.read(directory);
        assertEquals("records are missing before this one: number 1501 follows 500", holed.damages.get(0).reason());
        assertEquals(read.lines.subList(1501, read.lines.size()), holed.lines.subList(501, holed.lines.size()));
    }

    /** As Chronicle's own reader sees them. */
    private List<Long> tailerIndexes() {
        final List<Long> indexes = new ArrayList<>();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(JournalAppender.ROLL_CYCLE).build(); ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        return indexes;
                    }
                    indexes.add(document.index());
                }
            }
        }
    }

    @Test
    void aSecondWriterIsRefused() {
        try (Journal first = open("x")) {
            assertEquals(0, first.counts().lostFrames());
            final JournalException refused = assertThrows(JournalException.class, () -> open("y"));
            assertTrue(refused.getMessage().contains("is being written by another gateway"), refused.getMessage());
        }
    }

    @Test
    void aDirectoryWithoutAJournalIsRefused() throws IOException {
        final JournalException empty = assertThrows(JournalException.class, () -> JournalReader.open(directory));
        assertTrue(empty.getMessage().startsWith("no journal in " + directory), empty.getMessage());

        final Path absent = directory.resolve("absent");
        final JournalException none = assertThrows(JournalException.class, () -> JournalReader.open(absent));
        assertTrue(none.getMessage().contains("there is no such directory"), none.getMessage());

        Files.createFile(directory.resolve("20260101F.cq4"));
        final JournalException foreign = assertThrows(JournalException.class, () -> JournalReader.open(directory));
        assertTrue(foreign.getMessage().contains("not a Tickbridge journal"), foreign.getMessage());
    }

    @Test
    void unusableSettingsAreRefused() {
        final RunStarted run = RecordedJournal.run("x");
        assertThrows(JournalException.class,
                () -> Journal.open(RecordedJournal.config(directory, 1_000_000), run, false));
        assertThrows(JournalException.class,
                () -> Journal.open(RecordedJournal.config(directory, 4096), run, false));
        final RunStarted tooLong = RecordedJournal.run("x".repeat(RecordLayout.MAX_RECORD_LENGTH));
        assertThrows(JournalException.class,
                () -> Journal.open(RecordedJournal.config(directory, RING_BYTES), tooLong, false));
    }

    private Journal open(final String configuration) {
        return Journal.open(RecordedJournal.config(directory, RING_BYTES), RecordedJournal.run(configuration), true);
    }

    private void writeRun(final String configuration, final int count, final long seed, final List<String> expected) {
        final Random random = new Random(seed);
        final UnsafeBuffer memory = new UnsafeBuffer(new byte[9100]);
        expected.add("started " + configuration);
        try (Journal journal = open(configuration)) {
            for (int i = 0; i < count; i++) {
                final boolean isFrame = random.nextInt(4) != 0;
                final int offset = random.nextInt(100);
                final byte[] bytes = new byte[isFrame ? 1 + random.nextInt(random.nextInt(10) == 0 ? 9000 : 300) : 64];
                random.nextBytes(bytes);
                memory.putBytes(offset, bytes);
                final long time = random.nextLong();
                if (isFrame) {
                    final int line = random.nextInt(1 << 16);
                    journal.recorder().onFrame(memory, offset, bytes.length, time, line);
                    expected.add(RecordedJournal.frame(time, line, bytes));
                } else {
                    journal.recorder().onSignal(memory, offset, time);
                    expected.add(RecordedJournal.signal(time, bytes));
                }
            }
            journal.close("end of test");
        }
        expected.add("stopped end of test");
    }
}
