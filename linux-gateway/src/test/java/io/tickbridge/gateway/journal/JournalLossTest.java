package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.JournalConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be journalled is counted, and the hole stands in the journal where it was. */
class JournalLossTest {
    private static final int FRAME_LENGTH = 1000;

    @TempDir
    private Path directory;

    @Test
    void aFullRingLeavesAGapBeforeTheNextRecord() throws IOException {
        long time = 0;
        final long refusedAt;
        try (SteppedJournal journal = new SteppedJournal(directory)) {
            while (journal.counts.get(JournalCounter.REFUSED_FRAMES) == 0) {
                journal.frame(++time, FRAME_LENGTH);
            }
            refusedAt = time;
            journal.frame(++time, FRAME_LENGTH);
            journal.signal(++time);
            journal.signal(++time);
            journal.signal(++time);
            assertEquals(2, journal.counts.lostFrames());
            // A signal is small: the gap and some of the signals may yet have found room.
            journal.drain();
            journal.frame(++time, 1);
            journal.drain();
            assertTrue(journal.counts.get(JournalCounter.RING_HIGH_WATER) > SteppedJournal.RING_BYTES - 2 * FRAME_LENGTH);
        }

        final RecordedJournal read = RecordedJournal.read(directory);
        final long frames = read.lines.stream().filter(line -> line.startsWith("frame")).count();
        final long signals = read.lines.stream().filter(line -> line.startsWith("signal")).count();
        final RunStopped stop = read.stops.get(0);
        assertEquals(refusedAt, frames, "all but the refused one before, and one after");
        assertEquals(frames, stop.frames());
        assertEquals(3, signals + stop.lostSignals());
        assertEquals(2, stop.lostFrames());
        final int gapAt = (int) refusedAt;
        assertTrue(read.lines.get(gapAt - 1).startsWith("frame " + (refusedAt - 1) + " "), read.lines.get(gapAt - 1));
        assertTrue(read.lines.get(gapAt).startsWith("gap 2 "), read.lines.get(gapAt));
        assertTrue(read.lines.get(gapAt).contains(" " + refusedAt + " "), read.lines.get(gapAt));
        assertEquals(List.of(), read.damages);
    }

    @Test
    void eventsAndTimesThatFindNoRoomLeaveAGapToo() throws IOException {
        long time = 0;
        try (SteppedJournal journal = new SteppedJournal(directory)) {
            while (journal.counts.get(JournalCounter.REFUSED_SIGNAL_TIMES) == 0) {
                time++;
                journal.recorder.onSignalSent(1, time, time, time, time + 1, 1);
            }
            journal.recorder.onLinkEvent(new LinkEvent(1, 1, "logged-on", "desk", "", ""), time + 1);
            journal.recorder.onFeedGap(0, 1, 5, time + 2);
            journal.drain();
            journal.frame(time + 3, 1);
            while (journal.counts.get(JournalCounter.LOST_HEALTH_EVENTS) == 1) {
                journal.recorder.onBookState(0, 7, 1, 0, time + 5);
            }
        }
        final List<String> lines = RecordedJournal.read(directory).lines;
        final int gap = (int) time;
        assertEquals("others 3 " + time + " " + (time + 2), lines.get(gap), "in the place of all three, before the frame");
        assertTrue(lines.get(gap + 1).startsWith("frame " + (time + 3) + " "), lines.get(gap + 1));
        assertEquals(List.of("others 1 " + (time + 5) + " " + (time + 5), "stopped closed"), lines.subList(lines.size() - 2, lines.size()));
    }

    @Test
    void aGapOwedAtTheEndIsStillWritten() throws IOException {
        try (SteppedJournal journal = new SteppedJournal(directory)) {
            for (long time = 1; journal.counts.lostFrames() < 5; time++) {
                journal.frame(time, FRAME_LENGTH);
            }
        }
        final List<String> lines = RecordedJournal.read(directory).lines;
        assertTrue(lines.get(lines.size() - 2).startsWith("gap 5 0 "), lines.get(lines.size() - 2));
        assertEquals("stopped closed", lines.get(lines.size() - 1));
    }

    @Test
    void aFrameLongerThanTheRingTakesIsCountedAndNothingElseIsLost() throws IOException {
        try (SteppedJournal journal = new SteppedJournal(directory)) {
            journal.frame(1, 10);
            journal.frame(2, SteppedJournal.RING_BYTES / 8);
            journal.frame(3, 10);
            assertEquals(1, journal.counts.lostFrames());
        }
        final List<String> lines = RecordedJournal.read(directory).lines;
        assertEquals("gap 1 0 2 2", lines.get(2));
        assertEquals(5, lines.size());
    }

    @Test
    void framesOutsideTheirBufferAreRefusedWithoutBlockingTheRing() throws IOException {
        try (SteppedJournal journal = new SteppedJournal(directory)) {
            assertThrows(IndexOutOfBoundsException.class, () -> journal.frame(1, 16 * 1024 + 1));
            journal.frame(2, 10);
        }
        assertEquals(3, RecordedJournal.read(directory).lines.size());
    }

    @Test
    void aSourceThatWaitsLosesNothing() {
        final int frames = 20_000;
        final byte[] bytes = new byte[FRAME_LENGTH];
        final UnsafeBuffer frame = new UnsafeBuffer(bytes);
        try (Journal journal = Journal.open(RecordedJournal.config(directory, SteppedJournal.RING_BYTES),
                RecordedJournal.run("x"), true)) {
            for (int i = 0; i < frames; i++) {
                journal.recorder().onFrame(frame, 0, FRAME_LENGTH, i, 0);
            }
            assertEquals(0, journal.counts().lostFrames());
        }
        assertEquals(frames + 2, RecordedJournal.read(directory).lines.size());
    }

    @Test
    void aFullDiskStopsTheJournalAndNothingElse() throws IOException {
        final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
        long appended = 0;
        try (SteppedJournal journal = new SteppedJournal(directory, free::get)) {
            journal.frame(1, FRAME_LENGTH);
            journal.drain();
            free.set(JournalConfig.DEFAULT_MIN_FREE);
            for (long time = 2; !journal.agent.hasFailed(); time++) {
                journal.frame(time, FRAME_LENGTH);
                journal.drain();
                assertTrue(time < 100_000, "what was reserved must run out");
            }
            appended = journal.counts.get(JournalCounter.FRAMES);
            final long lostBefore = journal.counts.lostFrames();
            journal.frame(1_000_000, FRAME_LENGTH);
            journal.signal(1_000_000);
            journal.drain();
            assertEquals(lostBefore + 1, journal.counts.get(JournalCounter.UNWRITTEN_FRAMES));
            assertEquals(1, journal.counts.get(JournalCounter.UNWRITTEN_SIGNALS));
            assertEquals(appended, journal.counts.get(JournalCounter.FRAMES));
        }
        final RecordedJournal read = RecordedJournal.read(directory);
        assertEquals(appended + 1, read.lines.size(), "what was counted as journalled is there");
        assertEquals(List.of(), read.damages);
        assertEquals(List.of(), read.stops);
    }

    @Test
    void aDiskThatIsFullFromTheStartIsRefused() {
        final JournalException refused = assertThrows(JournalException.class,
                () -> new SteppedJournal(directory, () -> JournalConfig.DEFAULT_MIN_FREE));
        assertTrue(refused.getMessage().contains("bytes are free"), refused.getMessage());
    }

    @Test
    void aClosedJournalStaysClosed() {
        final Journal journal = Journal.open(RecordedJournal.config(directory, SteppedJournal.RING_BYTES),
                RecordedJournal.run("x"), false);
        journal.close("first");
        journal.close("second");
        assertFalse(journal.hasFailed());
        assertEquals(List.of("started x", "stopped first"), RecordedJournal.read(directory).lines);
    }
}
