package io.tickbridge.gateway.journal;


import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal thread's duty cycle: takes records from the ring and appends them.
 *
 * <p>When an append fails the gateway lives on: one error is logged, nothing more is written, and everything taken
 * from the ring from then on is counted as lost.
 */
final class JournalAgent implements Agent {
    private static final Logger LOGGER = LoggerFactory.getLogger(JournalAgent.class);
    /** Records between two looks at the ring's fill. */
    private static final int DRAIN_LIMIT = 512;

    private final OneToOneRingBuffer ring;
    private final RecordMemory ringMemory;
    private final JournalAppender appender;
    private final JournalRecorder recorder;
    private final JournalCounts counts;
    private final String directory;
    private final MessageHandler onRecord = this::onRecord;
    private volatile boolean failed;
    private volatile String stopReason = "closed";

    JournalAgent(final OneToOneRingBuffer ring, final RecordMemory ringMemory, final JournalAppender appender,
            final JournalRecorder recorder, final JournalCounts counts, final String directory) {
        this.ring = ring;
        this.ringMemory = ringMemory;
        this.appender = appender;
        this.recorder = recorder;
        this.counts = counts;
        this.directory = directory;
    }

    @Override
    public int doWork() {
        counts.raise(JournalCounter.RING_HIGH_WATER, ring.size());
        final int taken = ring.read(onRecord, DRAIN_LIMIT);
        if (taken == 0 && !failed) {
            prepare();
        }
        return taken;
    }

    /** Takes what is left, ends the run, and closes the queue. The receive thread has stopped by now. */
    @Override
    public void onClose() {
        drain();
        recorder.drainEnded();
        if (!failed) {
            appendRunStopped();
        }
        appender.close();
    }

    @Override
    public String roleName() {
        return "journal";
    }

    /** Until the ring is empty. That nothing was read is no sign of it: one read ends at the ring's wrap. */
    void drain() {
        while (ring.size() > 0) {
            doWork();
        }
    }

    boolean hasFailed() {
        return failed;
    }

    void stopReason(final String reason) {
        stopReason = reason;
    }

    private void onRecord(final int type, final MutableDirectBuffer buffer, final int offset, final int length) {
        if (!failed) {
            try {
                appender.append(ringMemory, offset, length);
                countWritten(type, length);
                return;
            } catch (final Throwable failure) {
                // Throwable: a store into a page that the disk refuses arrives as an InternalError.
                fail(failure);
            }
        }
        countUnwritten(type);
    }

    private void prepare() {
        try {
            appender.prepare();
        } catch (final Throwable failure) {
            fail(failure);
        }
    }

    private void appendRunStopped() {
        final RunStopped stopped = new RunStopped(stopReason,
                TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()),
                counts.get(JournalCounter.FRAMES), counts.get(JournalCounter.SIGNALS),
                counts.lostFrames(), counts.lostSignals());
        try {
            WireRecord.append(appender, RecordLayout.RUN_STOPPED, stopped.stopTime(), stopped::writeTo);
        } catch (final Throwable failure) {
            fail(failure);
        }
    }

    private void fail(final Throwable failure) {
        failed = true;
        LOGGER.error("journal {} stopped: {}. The gateway runs on; frames and signals from here on are counted as "
                + "lost. Make room or repair the disk, then restart.", directory, failure.toString(), failure);
    }

    private void countWritten(final int type, final int length) {
        counts.add(JournalCounter.BYTES, length);
        if (type == RecordLayout.FRAME) {
            counts.add(JournalCounter.FRAMES, 1);
        } else if (type == RecordLayout.SIGNAL) {
            counts.add(JournalCounter.SIGNALS, 1);
        } else if (type == RecordLayout.LINK_REPORT) {
            counts.add(JournalCounter.LINK_REPORTS, 1);
        } else if (type == RecordLayout.LINK_EVENT) {
            counts.add(JournalCounter.LINK_EVENTS, 1);
        }
    }

    private void countUnwritten(final int type) {
        if (type == RecordLayout.FRAME) {
            counts.add(JournalCounter.UNWRITTEN_FRAMES, 1);
        } else if (type == RecordLayout.SIGNAL) {
            counts.add(JournalCounter.UNWRITTEN_SIGNALS, 1);
        } else if (type == RecordLayout.LINK_REPORT || type == RecordLayout.LINK_EVENT) {
            counts.add(JournalCounter.UNWRITTEN_LINK_RECORDS, 1);
        }
    }
}
