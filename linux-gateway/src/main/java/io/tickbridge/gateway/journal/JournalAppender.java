package io.tickbridge.gateway.journal;

import io.tickbridge.gateway.config.JournalConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.time.SystemTimeProvider;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/** The end of the queue: numbers, seals and appends records. Used by one thread at a time. */
final class JournalAppender implements AutoCloseable {
    /**
     * A file a day, by UTC. Of the daily cycles, the fast one is full after 4 thousand million records, which a busy
     * day can reach; this one takes 137 thousand million. It indexes every 128th record.
     */
    static final RollCycle ROLL_CYCLE = LargeRollCycles.LARGE_DAILY;
    /** Smallest growth of the file in which the largest record has room. */
    static final long MIN_BLOCK_BYTES = 8L << 20;

    private static final int NO_CYCLE = -1;
    /** How long before midnight room for the next file is looked for, ms; far longer than a batch of appends takes. */
    private static final long ROLL_NOTICE = 1000;

    private final SingleChronicleQueue queue;
    private final TimeProvider clock;
    private final ExcerptAppender appender;
    private final FileReserve reserve;
    /** File being appended to; for the keeper's thread. */
    private volatile Path currentFile;
    private int cycle = NO_CYCLE;
    /** The day for whose file room was found; its own or the next. */
    private int cycleWithRoom = NO_CYCLE;
    private int number;

    JournalAppender(final Path directory, final long blockBytes, final long minFree) throws IOException {
        this(directory, blockBytes, usableSpaceOf(directory), minFree, JournalClock.from(directory, SystemTimeProvider.INSTANCE));
    }

    JournalAppender(final Path directory, final long blockBytes, final FileReserve.FreeSpace freeSpace,
            final TimeProvider clock) throws IOException {
        this(directory, blockBytes, freeSpace, JournalConfig.DEFAULT_MIN_FREE, clock);
    }

    /** With a clock that says which day it is, and a source for the disk's free space. */
    JournalAppender(final Path directory, final long blockBytes, final FileReserve.FreeSpace freeSpace,
            final long minFree, final TimeProvider clock) throws IOException {
        final long free = freeSpace.bytes();
        if (free < 2 * minFree) {
            throw new JournalException("journal " + directory + " cannot begin: only " + free
                    + " bytes are free on its disk, at least " + 2 * minFree + " are needed, twice journal.min-free: make room");
        }
        if (blockBytes < MIN_BLOCK_BYTES) {
            throw new JournalException("journal.blockBytes is " + blockBytes + ", at least " + MIN_BLOCK_BYTES
                    + " is needed");
        }
        this.clock = clock;
        reserve = new FileReserve(freeSpace, minFree);
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(ROLL_CYCLE)
                .blockSize(blockBytes)
                .timeProvider(clock)
                .build();
        appender = queue.createAppender();
        // Opened by the thread that starts the run, used by the journal thread afterwards, never by both at once.
        appender.singleThreadedCheckDisabled(true);
        checkEnd();
    }

    /**
     * A file that was cut short, by a crash of the machine or in copying, still states where its last record lay.
     * Chronicle would go on behind that place and leave a hole of zeros before it.
     */
    private void checkEnd() {
        if (appender.wire() != null && appender.wire().bytes().readVolatileInt(position()) == 0) {
            final File damaged = appender.currentFile();
            close();
            throw new JournalException("journal file " + damaged + " is cut short and cannot be continued: move it to "
                    + "a directory of its own, where it can still be read, and start again");
        }
    }

    /**
     * Appends one record.
     *
     * @param memory holds it
     * @param offset where it begins
     * @param length header and payload
     * @throws IOException when the disk is full
     */
    void append(final RecordMemory memory, final int offset, final int length) throws IOException {
        if (cycle == appender.cycle() && !reserve.covers(position())) {
            reserve.cover(position());
        }
        if (cycle == NO_CYCLE) {
            reserve.checkRoom();
            if (appender.wire() != null) {
                UnfinishedRecord.clear(appender.currentFile().toPath(), position());
            }
        }
        memory.seal(offset, length, number);
        try (DocumentContext document = appender.writingDocument()) {
            final Bytes<?> bytes = document.wire().bytes();
            try {
                memory.copyTo(offset, length, bytes);
            } catch (final Throwable failure) {
                document.rollbackOnClose();
                throw failure;
            }
        }
        number++;
        if (cycle != appender.cycle()) {
            cycle = appender.cycle();
            currentFile = appender.currentFile().toPath();
            reserve.begin(appender.currentFile(), position());
        }
    }

    /**
     * Before a batch of appends: when the next day's file is about to be begun, there must be room for it.
     *
     * @throws IOException when there is not
     */
    void beginBatch() throws IOException {
        final int soon = (int) TimeUnit.MILLISECONDS.toDays(clock.currentTimeMillis() + ROLL_NOTICE);
        if (cycle != NO_CYCLE && soon > cycle && soon != cycleWithRoom) {
            reserve.checkRoom();
            cycleWithRoom = soon;
        }
    }

    /** Does in an idle moment what an append would otherwise have to do first. */
    void prepare() throws IOException {
        if (cycle == appender.cycle()) {
            reserve.work(position());
        }
    }

    /** File being appended to; null before the first record. Any thread. */
    Path currentFile() {
        return currentFile;
    }

    /** Index of the last record appended. */
    long lastIndex() {
        return appender.lastIndexAppended();
    }

    private long position() {
        return appender.wire().bytes().writePosition();
    }

    /** By statvfs(3) and not through a FileStore, which cannot be had where the mount table does not show the directory. */
    private static FileReserve.FreeSpace usableSpaceOf(final Path directory) {
        return directory.toFile()::getUsableSpace;
    }

    @Override
    public void close() {
        queue.close();
        try {
            reserve.close();
        } catch (final IOException e) {
            throw new JournalException("cannot close " + queue.fileAbsolutePath() + ": " + e.getMessage(), e);
        }
    }
}
