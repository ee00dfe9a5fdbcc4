package io.tickbridge.gateway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steady state allocates nothing: recording, draining into the queue, reading. */
class JournalAllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUND = 20_000;
    private static final int MAX_ROUNDS = 50;

    @TempDir
    private Path directory;

    @Test
    void recording() {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[400]);
        try (Journal journal = Journal.open(
                RecordedJournal.config(directory, 4 << 20), RecordedJournal.run("x"), true)) {
            final JournalRecorder recorder = journal.recorder();
            assertRoundWithoutAllocation(() -> {
                for (int i = 0; i < ROUND; i++) {
                    recorder.onFrame(frame, 0, 100 + i % 300, i, 1);
                    recorder.onSignal(frame, 0, i);
                    recorder.onSignalSent(1, i, i, i, i, 1);
                }
            });
        }
    }

    @Test
    void recordingIntoAFullRing() throws IOException {
        try (SteppedJournal journal = new SteppedJournal(directory)) {
            assertRoundWithoutAllocation(() -> {
                for (int i = 0; i < ROUND; i++) {
                    journal.frame(i, 300);
                    journal.signal(i);
                }
            });
        }
    }

    @Test
    void draining() throws IOException {
        // Without the look at the disk's free space, which the JDK answers with an object or two for each MiB written.
        try (SteppedJournal journal = new SteppedJournal(directory)) {
            assertRoundWithoutAllocation(() -> {
                for (int i = 0; i < ROUND / 100; i++) {
                    for (int k = 0; k < 100; k++) {
                        journal.frame(i, 50 + k);
                    }
                    journal.drain();
                }
            });
        }
    }

    @Test
    void reading() throws IOException {
        try (SteppedJournal journal = new SteppedJournal(directory)) {
            for (int i = 0; i < 40 * ROUND; i++) {
                journal.frame(i, i % 100);
                if (i % 100 == 0) {
                    journal.drain();
                }
            }
        }
        final FrameCounter counter = new FrameCounter();
        try (JournalReader reader = JournalReader.open(directory)) {
            assertRoundWithoutAllocation(() -> {
                for (int i = 0; i < ROUND / 2 && reader.next(counter); i++) {
                    continue;
                }
            });
        }
        assertEquals(0, counter.others);
    }

    /** The first rounds load classes and compile; one round without a byte shows that the code itself needs none. */
    private static void assertRoundWithoutAllocation(final Runnable round) {
        long allocated = -1;
        for (int i = 0; i < MAX_ROUNDS && allocated != 0; i++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        assertEquals(0, allocated, "bytes allocated in the last round");
    }

    private static final class FrameCounter implements JournalRecordHandler {
        private long others;

        @Override
        public void onRunStarted(final long index, final RunStarted run) {
        }

        @Override
        public void onFrame(final long index, final DirectBuffer buffer, final int offset, final int length,
                final long receiveTime, final int line) {
            if (buffer.capacity() < offset + length) {
                others++;
            }
        }

        @Override
        public void onSignal(final long index, final DirectBuffer body, final int offset, final long receiveTime) {
            others++;
        }

        @Override
        public void onGap(final long index, final long frames, final long signals, final long firstTime,
                final long lastTime) {
            others++;
        }

        @Override
        public void onRunStopped(final long index, final RunStopped run) {
        }

        @Override
        public void onDamaged(final long index, final JournalDamage damage) {
            others++;
        }
    }
}
