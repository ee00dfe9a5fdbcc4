package io.tickbridge.gateway.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One gateway at a time writes a journal. Chronicle would let two interleave their records, and no run could be
 * verified any more. The kernel releases the lock when the process dies, however it dies.
 */
final class DirectoryLock implements Closeable {
    private static final String FILE_NAME = "journal.lock";

    private final Path directory;
    private final FileChannel channel;
    private boolean removesDirectory;

    private DirectoryLock(final Path directory, final FileChannel channel, final boolean removesDirectory) {
        this.directory = directory;
        this.channel = channel;
        this.removesDirectory = removesDirectory;
    }

    /**
     * Takes the lock.
     *
     * @param isNew whether the directory was made for it just now, and is to go with it unless {@link #keepDirectory} comes first
     * @throws JournalException when another gateway has it
     */
    static DirectoryLock acquire(final Path directory, final boolean isNew) throws IOException {
        final FileChannel channel = FileChannel.open(
                directory.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!tryLock(channel)) {
            channel.close();
            throw new JournalException("journal " + directory + " is being written by another gateway: "
                    + "stop that one, or give this one a journal.directory of its own");
        }
        if (!Files.exists(directory.resolve(FILE_NAME))) {
            channel.close();
            throw new JournalException("journal " + directory + " was removed by another gateway that did not start; start again");
        }
        return new DirectoryLock(directory, channel, isNew);
    }

    /** Something was written: the directory stays. */
    void keepDirectory() {
        removesDirectory = false;
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
        if (removesDirectory && channel.isOpen()) {
            // While it is locked: nobody else writes there. The queue has made its own files, in which nothing is yet.
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "{" + FILE_NAME + ",*.cq4,*.cq4t}")) {
                for (final Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
            try {
                Files.deleteIfExists(directory);
            } catch (final DirectoryNotEmptyException e) {
                // Somebody put something there, which is theirs.
            }
        }
        channel.close();
    }
}
