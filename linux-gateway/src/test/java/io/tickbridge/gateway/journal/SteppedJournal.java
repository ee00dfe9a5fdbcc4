package io.tickbridge.gateway.journal;

import io.tickbridge.gateway.config.JournalConfig.WhenFull;
import java.io.IOException;
import java.nio.file.Path;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** A journal without a thread: the test says when the ring is drained, so that nothing depends on timing. */
final class SteppedJournal implements AutoCloseable {
    static final int RING_BYTES = 128 * 1024;

    final JournalCounts counts = new JournalCounts();
    final JournalRecorder recorder;
    final JournalAgent agent;
    private final JournalAppender appender;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[16 * 1024]);

    SteppedJournal(final Path directory, final FileReserve.FreeSpace freeSpace) throws IOException {
        this(directory, freeSpace, SystemTimeProvider.INSTANCE);
    }

    SteppedJournal(final Path directory, final FileReserve.FreeSpace freeSpace, final TimeProvider clock)
            throws IOException {
        this(directory, freeSpace, clock, RecordedJournal.run("stepped"));
    }

    SteppedJournal(final Path directory, final FileReserve.FreeSpace freeSpace, final TimeProvider clock, final RunStarted run)
            throws IOException {
        appender = new JournalAppender(directory, 8 << 20, freeSpace, clock);
        WireRecord.append(appender, RecordLayout.RUN_STARTED, run.startTime(), run::writeTo);
        final RecordMemory memory = new RecordMemory(RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH);
        final OneToOneRingBuffer ring = new OneToOneRingBuffer(memory.buffer());
        recorder = new JournalRecorder(ring, false, counts);
        agent = new JournalAgent(ring, memory, appender, recorder, counts, directory.toString(), WhenFull.STOP_SIGNALS);
    }

    SteppedJournal(final Path directory) throws IOException {
        this(directory, () -> Long.MAX_VALUE);
    }

    /** Records a frame of as many zeros at a time of its own. */
    void frame(final long time, final int length) {
        recorder.onFrame(frame, 0, length, time, 0);
    }

    void signal(final long time) {
        recorder.onSignal(frame, 0, time);
    }

    void drain() {
        agent.drain();
        agent.doWork();
    }

    @Override
    public void close() {
        drain();
        recorder.settle();
        agent.onClose();
    }
}
