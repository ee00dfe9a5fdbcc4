package io.tickbridge.gateway.journal;

import io.tickbridge.gateway.config.JournalConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the journal needs done beside its appends, each of which may take the disk long: forces files to disk, deletes old
 * ones, and looks whether the one being written is still there. A file that was removed would be written on in silence:
 * the memory mapped from it stays good until the process ends, and then all is gone.
 *
 * <p>A thread of its own, since none of this may hold up the ring.
 */
final class JournalKeeper implements Agent {
    private static final Logger LOGGER = LoggerFactory.getLogger(JournalKeeper.class);
    private static final long LOOK_INTERVAL = TimeUnit.SECONDS.toNanos(1);
    private static final long RETENTION_INTERVAL = TimeUnit.MINUTES.toNanos(1);

    private final Supplier<Path> written;
    private final JournalRetention retention;
    private final long syncInterval;
    private final JournalCounts counts;
    private final Consumer<Throwable> failed;
    private Path file;
    private Object fileKey;
    private Path synced;
    private long lastLook;
    private long lastSync;
    private long lastRetention;
    private boolean stopped;

    /**
     * A keeper of a journal that is being written.
     *
     * @param written the file being appended to; null before the first record
     * @param config  how often, and what is kept
     * @param counts  told what was done
     * @param failed  told when the journal cannot be trusted to be there any more
     */
    JournalKeeper(
            final Supplier<Path> written, final JournalConfig config, final JournalCounts counts, final Consumer<Throwable> failed) {
        this.written = written;
        this.counts = counts;
        this.failed = failed;
        retention = new JournalRetention(config);
        syncInterval = config.syncInterval();
    }

    @Override
    public int doWork() {
        return stopped ? 0 : work(System.nanoTime());
    }

    int work(final long now) {
        final Path current = written.get();
        if (current == null) {
            return 0;
        }
        try {
            if (!current.equals(file)) {
                begin(current, now);
            } else if (now - lastLook >= LOOK_INTERVAL) {
                look(now);
            }
            if (syncInterval > 0 && now - lastSync >= syncInterval) {
                lastSync = now;
                sync();
            }
        } catch (final IOException | RuntimeException e) {
            stopped = true;
            failed.accept(e);
        }
        return 0;
    }

    private void begin(final Path current, final long now) throws IOException {
        file = current;
        fileKey = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        lastLook = now;
        retain(now);
    }

    private void look(final long now) throws IOException {
        lastLook = now;
        if (!Files.exists(file) || !Files.readAttributes(file, BasicFileAttributes.class).fileKey().equals(fileKey)) {
            throw new IOException("its file " + file + " was removed or replaced while it was written");
        }
        if (now - lastRetention >= RETENTION_INTERVAL) {
            retain(now);
        }
    }

    private void retain(final long now) {
        lastRetention = now;
        try {
            counts.add(JournalCounter.FILES_DELETED, retention.apply(file));
        } catch (final IOException | JournalException e) {
            // Journalling goes on; the guard over free space comes in when this leads nowhere.
            LOGGER.warn("journal: old files cannot be deleted: {}", e.toString());
        }
    }

    private void sync() throws IOException {
        if (synced != null && !synced.equals(file)) {
            force(synced); // the day before: what was written since the last time
        }
        synced = file;
        force(file);
        counts.add(JournalCounter.SYNCS, 1);
    }

    /** Pages that were written through a mapping belong to the file, so that fsync(2) takes them too. */
    private static void force(final Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    @Override
    public void onClose() {
        if (syncInterval > 0 && !stopped && written.get() != null) {
            work(System.nanoTime() + syncInterval);
        }
    }

    @Override
    public String roleName() {
        return "journal-keeper";
    }
}
