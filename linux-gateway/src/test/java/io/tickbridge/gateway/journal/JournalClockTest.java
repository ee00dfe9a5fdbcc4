package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.JournalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.TimeProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days in the journal: a clock that jumps, and what is kept. */
class JournalClockTest {
    private static final long DAY = 86_400_000;
    private static final long NOON = 20_000 * DAY + DAY / 2;

    @TempDir
    private Path directory;
    private final AtomicLong now = new AtomicLong(NOON);
    private long time;

    private SteppedJournal open() throws IOException {
        final TimeProvider clock = JournalClock.from(directory, now::get);
        return new SteppedJournal(directory, () -> Long.MAX_VALUE, clock);
    }

    private void frames(final SteppedJournal journal, final int count) {
        for (int i = 0; i < count; i++) {
            journal.frame(++time, 100);
        }
        journal.drain();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".cq4")).sorted().toList();
        }
    }

    private void assertAllThereInOrder(final int runs) {
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(List.of(), read.damages);
        assertEquals(runs, read.runs.size());
        final List<String> times = read.lines.stream().filter(line -> line.startsWith("frame")).map(line -> line.split(" ")[1]).toList();
        assertEquals(IntStream.rangeClosed(1, (int) time).mapToObj(Integer::toString).toList(), times);
    }

    @Test
    void aClockSetBackAcrossMidnightGoesOnInTheFileOfThatDay() throws IOException {
        try (SteppedJournal journal = open()) {
            frames(journal, 5);
            now.addAndGet(DAY); // across midnight
            frames(journal, 5);
            now.addAndGet(-2 * DAY); // and back across two
            frames(journal, 5);
            now.addAndGet(-DAY / 4);
            frames(journal, 5);
            now.addAndGet(4 * DAY);
            frames(journal, 5);
        }
        assertAllThereInOrder(1);
        assertEquals(3, files().size(), files()::toString);
    }

    @Test
    void aDiskThatSomebodyElseFilledMeetsNoNewFile() throws IOException {
        final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
        final SteppedJournal journal = new SteppedJournal(directory, free::get, JournalClock.from(directory, now::get));
        frames(journal, 5);
        free.set(0);
        now.addAndGet(DAY);
        journal.frame(99, 100);
        journal.drain();
        assertTrue(journal.agent.hasFailed());
        assertTrue(journal.agent.failure().startsWith("only 0 bytes are free for a new file"), journal.agent.failure());
        assertEquals(1, journal.counts.lostFrames());
        journal.close();
        assertAllThereInOrder(1);
        assertEquals(1, files().size(), files()::toString);
    }

    @Test
    void aRunThatStartsBeforeTheNewestFileGoesOnInIt() throws IOException {
        try (SteppedJournal journal = open()) {
            frames(journal, 5);
        }
        now.addAndGet(-3 * DAY);
        try (SteppedJournal journal = open()) {
            frames(journal, 5);
        }
        assertAllThereInOrder(2);
        assertEquals(1, files().size(), files()::toString);
    }

    @Test
    void oldFilesGoByAgeAndBySizeAndTheRestReadsOn() throws IOException {
        for (int day = 0; day < 6; day++) {
            try (SteppedJournal journal = open()) {
                frames(journal, 5);
            }
            now.addAndGet(DAY);
        }
        final List<String> all = files();
        assertEquals(6, all.size());
        final Path today = directory.resolve(all.get(5));

        assertEquals(0, retain(0, 0, today));
        assertEquals(2, retain(4, 0, today));
        assertEquals(all.subList(2, 6), files());
        final long two = Files.size(today) + Files.size(directory.resolve(all.get(4)));
        assertEquals(2, retain(0, two, today));
        assertEquals(all.subList(4, 6), files());
        assertEquals(1, retain(0, 1, today), "never today's");
        assertEquals(0, retain(1, 1, today));

        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(List.of(), read.damages);
        assertEquals(1, read.runs.size());
        try (SteppedJournal journal = open()) {
            frames(journal, 5);
        }
        assertEquals(2, RecordedJournal.read(directory).runs.size());
    }

    private int retain(final int days, final long bytes, final Path today) throws IOException {
        return new JournalRetention(new JournalConfig(true, directory, 1 << 20, 8 << 20, JournalConfig.WhenFull.STOP,
                JournalConfig.DEFAULT_MIN_FREE, 0, days, bytes)).apply(today);
    }
}
