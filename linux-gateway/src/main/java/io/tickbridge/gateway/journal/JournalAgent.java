package io.tickbridge.gateway.journal;


import io.tickbridge.gateway.config.JournalConfig.WhenFull;
import java.io.IOException;
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
    private final WhenFull whenFull;
    private volatile boolean failed;
    private volatile String failure = "";
    private volatile Throwable outsideFailure;
    private volatile String stopReason = "closed";

    JournalAgent(final OneToOneRingBuffer ring, final RecordMemory ringMemory, final JournalAppender appender,
            final JournalRecorder recorder, final JournalCounts counts, final String directory, final WhenFull whenFull) {
        this.whenFull = whenFull;
        this.ring = ring;
        this.ringMemory = ringMemory;
        this.appender = appender;
        this.recorder = recorder;
        this.counts = counts;
        this.directory = directory;
    }

    @Override
    public int doWork() {
        if (outsideFailure != null && !failed) {
            fail(outsideFailure);
        }
        final int waiting = ring.size();
        counts.raise(JournalCounter.RING_HIGH_WATER, waiting);
        if (waiting > 0 && !failed) {
            beginBatch();
        }
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

    private void beginBatch() {
        try {
            appender.beginBatch();
        } catch (final Throwable failure) {
            fail(failure);
        }
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

    private void fail(final Throwable cause) {
        failure = cause instanceof IOException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
        counts.add(JournalCounter.STOPPED, 1);
        failed = true;
        LOGGER.error("journal {} stopped: {}. {} Make room or repair the disk, then restart.", directory, failure,
                switch (whenFull) {
                    case STOP_SIGNALS -> "By journal.when-full no more signals are sent; what is received from here on is not journalled.";
                    case STOP_JOURNAL -> "By journal.when-full the gateway runs on; frames and signals from here on are counted as lost.";
                    case STOP -> "By journal.when-full the gateway stops.";
                });
        LOGGER.debug("journal {} stopped", directory, cause);
    }

    /** The journal is not to be trusted any more, says another thread. */
    void failOutside(final Throwable cause) {
        outsideFailure = cause;
    }

    /** Why nothing more is journalled; empty as long as it is. Any thread. */
    String failure() {
        return failure;
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
        } else if (type == RecordLayout.FEED_HEALTH) {
            counts.add(JournalCounter.HEALTH_EVENTS, 1);
        } else if (type == RecordLayout.SIGNAL_SENT) {
            counts.add(JournalCounter.SIGNAL_TIMES, 1);
        }
    }

    private void countUnwritten(final int type) {
        if (type == RecordLayout.FRAME) {
            counts.add(JournalCounter.UNWRITTEN_FRAMES, 1);
        } else if (type == RecordLayout.SIGNAL) {
            counts.add(JournalCounter.UNWRITTEN_SIGNALS, 1);
        } else if (type == RecordLayout.LINK_REPORT || type == RecordLayout.LINK_EVENT
                || type == RecordLayout.FEED_HEALTH || type == RecordLayout.SIGNAL_SENT) {
            counts.add(JournalCounter.UNWRITTEN_LINK_RECORDS, 1);
        }
    }
}
