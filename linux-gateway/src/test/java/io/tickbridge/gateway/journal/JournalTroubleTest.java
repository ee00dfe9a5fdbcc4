package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.config.JournalConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real disk does to a journal: full, read-only, gone. The journal ends with its reason, and what it holds reads clean. */
class JournalTroubleTest {
    @TempDir
    private Path directory;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[1400]);

    @Test
    void aDiskThatFillsUpStopsTheJournalCleanly() throws IOException, InterruptedException {
        final Path disk = mount("size=48m");
        try {
            final Journal journal = Journal.open(RecordedJournal.config(disk.resolve("journal"), 1 << 20), RecordedJournal.run("x"), true);
            long time = 0;
            while (!journal.hasFailed()) {
                journal.recorder().onFrame(frame, 0, frame.capacity(), time++, 0);
                assertTrue(time < 1_000_000, "48 MiB must run out");
            }
            final long written = journal.counts().get(JournalCounter.FRAMES);
            journal.close();
            assertTrue(journal.failure().contains("must remain (journal.min-free)"), journal.failure());
            assertEquals(1, journal.counts().get(JournalCounter.STOPPED));
            assertTrue(written > 1000, written + " frames of 1400 bytes fit");

            final RecordedJournal read = RecordedJournal.read(disk.resolve("journal"));
            assertEquals(List.of(), read.damages);
            assertEquals(written + 1, read.lines.size());
            assertTrue(disk.toFile().getUsableSpace() >= JournalConfig.DEFAULT_MIN_FREE);
            final JournalException refused = assertThrows(JournalException.class, () -> Journal.open(
                    RecordedJournal.config(disk.resolve("journal"), 1 << 20), RecordedJournal.run("y"), true));
            assertTrue(refused.getMessage().contains("twice journal.min-free: make room"), refused.getMessage());
        } finally {
            unmount(disk);
        }
    }

    /** Its index pages lie behind what is reserved ahead, and most of each is written only after thousands of records. */
    @Test
    void aDiskThatSomebodyElseFillsIsNotMetInTheIndex() throws IOException, InterruptedException {
        final Path disk = mount("size=48m");
        try {
            final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
            final SteppedJournal journal = new SteppedJournal(disk.resolve("journal"), free::get);
            long frames = 0;
            while (frames < 40_000) {
                journal.frame(frames++, 1);
                journal.drain();
            }
            for (int i = 0; i < 16; i++) {
                journal.drain(); // idle, in which it reserves ahead
            }
            fill(disk);
            free.set(0);
            while (journal.counts.get(JournalCounter.STOPPED) == 0) {
                journal.frame(frames++, 1);
                journal.drain();
                assertTrue(frames < 1_000_000, "8 MiB must run out");
            }
            assertTrue(journal.counts.get(JournalCounter.FRAMES) > 65_536, "more records than a page of the index has room for");
            assertTrue(journal.agent.failure().contains("must remain (journal.min-free)"), journal.agent.failure());
        } finally {
            unmount(disk);
        }
    }

    private static void fill(final Path disk) throws IOException {
        try (OutputStream file = Files.newOutputStream(disk.resolve("somebody-else"))) {
            final byte[] block = new byte[4096];
            while (true) {
                file.write(block);
            }
        } catch (final IOException full) {
            assertTrue(full.getMessage().contains("No space left"), full.getMessage());
        }
    }

    @Test
    void aReadOnlyDirectoryIsRefusedAtTheStart() throws IOException, InterruptedException {
        final Path disk = mount("size=64m,ro");
        try {
            final JournalException refused = assertThrows(JournalException.class, () -> Journal.open(
                    RecordedJournal.config(disk, 1 << 20), RecordedJournal.run("x"), true));
            assertTrue(refused.getMessage().startsWith("journal " + disk + " cannot be opened for writing: "), refused.getMessage());
            assertTrue(refused.getMessage().contains("Read-only file system"), refused.getMessage());
        } finally {
            unmount(disk);
        }
    }

    @Test
    void aDirectoryThatIsRemovedStopsTheJournal() throws IOException {
        final Path journals = directory.resolve("journal");
        final Journal journal = Journal.open(RecordedJournal.config(journals, 1 << 20), RecordedJournal.run("x"), true);
        journal.recorder().onFrame(frame, 0, 100, 1, 0);
        try (Stream<Path> files = Files.walk(journals)) {
            for (final Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        while (!journal.hasFailed()) {
            LockSupport.parkNanos(1_000_000);
        }
        journal.close();
        assertTrue(journal.failure().contains(journals.toString()), journal.failure());

        Journal.open(RecordedJournal.config(journals, 1 << 20), RecordedJournal.run("after"), true).close();
        assertEquals(List.of("started after", "stopped closed"), RecordedJournal.read(journals).lines);
    }

    @Test
    void theSecondGatewayOnAJournalIsRefusedAndTheFirstGoesOn() {
        try (Journal first = Journal.open(RecordedJournal.config(directory, 1 << 20), RecordedJournal.run("x"), true)) {
            final JournalException refused = assertThrows(JournalException.class, () -> Journal.open(
                    RecordedJournal.config(directory, 1 << 20), RecordedJournal.run("y"), true));
            assertTrue(refused.getMessage().contains("is being written by another gateway"), refused.getMessage());
            first.recorder().onFrame(frame, 0, 100, 1, 0);
        }
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(3, read.lines.size());
        assertEquals(List.of(), read.damages);
    }

    @Test
    void whatIsConfiguredIsForcedToDisk() {
        final Journal journal = Journal.open(new JournalConfig(true, directory, 1 << 20, 8 << 20, JournalConfig.WhenFull.STOP,
                JournalConfig.DEFAULT_MIN_FREE, 10_000_000, 0, 0), RecordedJournal.run("x"), true);
        while (journal.counts().get(JournalCounter.SYNCS) < 3) {
            LockSupport.parkNanos(1_000_000);
        }
        journal.close();
        assertFalse(journal.hasFailed());
    }

    @Test
    void feedHealthIsOnRecordInItsPlace() {
        try (Journal journal = Journal.open(RecordedJournal.config(directory, 1 << 20), RecordedJournal.run("x"), true)) {
            journal.recorder().onFrame(frame, 0, 100, 1, 0);
            journal.recorder().onFeedGap(1, 2, 3, 77);
            journal.recorder().onBookState(1, 4711, 2, 55, 78);
        }
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(List.of("77 " + new FeedHealth(FeedHealth.Kind.GAP, 1, 0, 0, 2, 3, 0),
                "78 " + new FeedHealth(FeedHealth.Kind.BOOK_STATE, 1, 2, 4711, 0, 0, 55)), read.lines.subList(2, 4));
        assertEquals(List.of(), read.damages);
    }

    @Test
    void whenASignalWasSentIsOnRecordAfterIt() {
        try (Journal journal = Journal.open(RecordedJournal.config(directory, 1 << 20), RecordedJournal.run("x"), true)) {
            journal.recorder().onSignal(frame, 0, 1);
            journal.recorder().onSignalSent(-5, 7, 6, 42, 43, 2);
        }
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals("sent -5 7 6 42 43 2", read.lines.get(2));
        assertEquals(List.of(), read.damages);
    }

    private Path mount(final String options) throws IOException, InterruptedException {
        final Path disk = Files.createDirectory(directory.resolve("disk"));
        Requirement.is(run("mount", "-t", "tmpfs", "-o", options, "tickbridge-journal-test", disk.toString()), "the right to mount a tmpfs");
        return disk;
    }

    private static void unmount(final Path disk) throws IOException, InterruptedException {
        assertTrue(run("umount", "-l", disk.toString()));
    }

    private static boolean run(final String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }
}
