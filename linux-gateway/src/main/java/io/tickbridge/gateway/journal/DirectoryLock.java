package io.tickbridge.gateway.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One gateway at a time writes a journal. Chronicle would let two interleave their records, and no run could be
 * verified any more. The kernel releases the lock when the process dies, however it dies.
 */
final class DirectoryLock implements Closeable {
    private static final String FILE_NAME = "journal.lock";

    private final FileChannel channel;

    private DirectoryLock(final FileChannel channel) {
        this.channel = channel;
    }

    static DirectoryLock acquire(final Path directory) throws IOException {
        final FileChannel channel = FileChannel.open(
                directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new JournalException("journal " + directory + " is being written by another gateway: "
                    + "stop that one, or give this one a journal.directory of its own");
        }
        return new DirectoryLock(channel);
    }

    private static boolean tryLock(final FileChannel channel) throws IOException {
        try {
            final FileLock lock = channel.tryLock();
            return lock != null;
        } catch (final OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
