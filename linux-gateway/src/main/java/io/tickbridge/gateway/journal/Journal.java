package io.tickbridge.gateway.journal;

import io.tickbridge.gateway.config.JournalConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal being written: one run of a gateway. Beginning it writes the run's first record and starts the journal
 * thread; closing it drains the ring, writes the last record and joins the thread. A journal that was prepared but never
 * begun holds nothing of the run.
 *
 * <p>{@link #prepare} and {@link #close} belong to the thread that starts and stops the gateway, {@link #begin} to the
 * thread that records, and {@code close} comes after that one has ended. {@link #counts} may be read from any thread.
 */
public final class Journal implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(Journal.class);
    /** Smallest ring: its longest message, an eighth of it, takes a jumbo frame. */
    private static final int MIN_RING_BYTES = 128 * 1024;
    private static final int CLOSE_WARNING_MS = 60_000;
    private static final int KEEPER_PERIOD_MS = 10;

    private final JournalCounts counts;
    private final JournalRecorder recorder;
    private final JournalAgent agent;
    private final AgentRunner runner;
    private final AgentRunner keeper;
    private final DirectoryLock lock;
    private final JournalAppender appender;
    private final String directory;
    private volatile boolean begun;

    private Journal(final JournalAppender appender, final DirectoryLock lock, final JournalConfig config,
            final boolean waitWhenFull) {
        final RecordMemory memory = new RecordMemory(config.ringBytes() + RingBufferDescriptor.TRAILER_LENGTH);
        final OneToOneRingBuffer ring = new OneToOneRingBuffer(memory.buffer());
        this.lock = lock;
        this.appender = appender;
        directory = config.directory().toString();
        counts = new JournalCounts();
        recorder = new JournalRecorder(ring, waitWhenFull, counts);
        agent = new JournalAgent(ring, memory, appender, recorder, counts, directory, config.whenFull());
        keeper = new AgentRunner(new SleepingMillisIdleStrategy(KEEPER_PERIOD_MS),
                failure -> LOGGER.error("journal keeper", failure), null,
                new JournalKeeper(appender::currentFile, config, counts, agent::failOutside));
        runner = new AgentRunner(
                new BackoffIdleStrategy(10, 10, TimeUnit.MICROSECONDS.toNanos(1), TimeUnit.MICROSECONDS.toNanos(200)),
                failure -> LOGGER.error("journal thread", failure), null, agent);
    }

    /**
     * Opens a journal, new or existing, and begins a run in it.
     *
     * @param config       where, and how large
     * @param run          what is started; becomes the run's first record
     * @param waitWhenFull whether {@link #recorder} waits for room in the ring. Only for sources that wait, such as
     *                     files: a live source must not
     * @return ready to record
     * @throws JournalException when the directory cannot be written, is in use, or its disk is full
     */
    public static Journal open(final JournalConfig config, final RunStarted run, final boolean waitWhenFull) {
        final Journal journal = prepare(config, waitWhenFull);
        try {
            journal.begin(run, Thread::new);
            return journal;
        } catch (final JournalException e) {
            journal.close();
            throw e;
        }
    }

    /**
     * Opens a journal, new or existing, for a run that may yet fail to start: nothing is written before {@link #begin}.
     *
     * @param config       where, and how large
     * @param waitWhenFull as for {@link #open}
     * @return ready to begin
     * @throws JournalException when the directory cannot be written, is in use, or its disk is full
     */
    public static Journal prepare(final JournalConfig config, final boolean waitWhenFull) {
        final Path directory = config.directory();
        if (!BitUtil.isPowerOfTwo(config.ringBytes()) || config.ringBytes() < MIN_RING_BYTES) {
            throw new JournalException("journal.ringBytes is " + config.ringBytes()
                    + ", it must be a power of two of at least " + MIN_RING_BYTES);
        }
        DirectoryLock lock = null;
        JournalAppender appender = null;
        final boolean isNew = !Files.exists(directory);
        try {
            Files.createDirectories(directory);
            lock = DirectoryLock.acquire(directory, isNew);
            appender = new JournalAppender(directory, config.blockBytes(), config.minFree());
            return new Journal(appender, lock, config, waitWhenFull);
        } catch (final JournalException e) {
            release(appender, lock);
            throw e;
        } catch (final IOException | RuntimeException | Error e) {
            release(appender, lock);
            throw new JournalException("journal " + directory + " cannot be opened for writing: " + e, e);
        }
    }

    /**
     * Begins the run, before anything is recorded.
     *
     * @param run    what is started; becomes the run's first record
     * @param thread makes the journal thread
     * @throws JournalException when it cannot be written; nothing can be recorded then
     */
    public void begin(final RunStarted run, final ThreadFactory thread) {
        try {
            WireRecord.append(appender, RecordLayout.RUN_STARTED, run.startTime(), run::writeTo);
        } catch (final IOException | RuntimeException | Error e) {
            throw new JournalException("journal " + directory + " cannot be written: " + e, e);
        }
        lock.keepDirectory();
        begun = true;
        AgentRunner.startOnThread(runner, thread);
        AgentRunner.startOnThread(keeper);
    }

    /**
     * The receive thread's side.
     *
     * @return the one recorder of this run
     */
    public JournalRecorder recorder() {
        return recorder;
    }

    /**
     * What was journalled and what was lost.
     *
     * @return live counts
     */
    public JournalCounts counts() {
        return counts;
    }

    /**
     * Whether journalling stopped because an append failed; the log says why.
     *
     * @return true from then on
     */
    public boolean hasFailed() {
        return agent.hasFailed();
    }

    /**
     * Why nothing more is journalled.
     *
     * @return for people; empty as long as {@link #hasFailed} says no
     */
    public String failure() {
        return agent.failure();
    }

    /**
     * Ends the run in order: everything recorded is in the queue when this returns.
     *
     * @param reason why the run ends, for people; kept in its last record
     */
    public void close(final String reason) {
        if (runner.isClosed() || !begun) {
            release(begun ? null : appender, lock);
            return;
        }
        recorder.settle();
        agent.stopReason(reason);
        runner.close(CLOSE_WARNING_MS, thread -> LOGGER.warn("journal thread is still draining"));
        keeper.close(CLOSE_WARNING_MS, thread -> LOGGER.warn("the journal is still being forced to disk"));
        release(null, lock);
    }

    @Override
    public void close() {
        close("closed");
    }

    private static void release(final JournalAppender appender, final DirectoryLock lock) {
        if (appender != null) {
            appender.close();
        }
        if (lock != null) {
            try {
                lock.close();
            } catch (final IOException e) {
                LOGGER.warn("cannot release the journal's lock", e);
            }
        }
    }
}
