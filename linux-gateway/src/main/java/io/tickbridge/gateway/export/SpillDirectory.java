package io.tickbridge.gateway.export;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a query puts what does not fit in memory: beside the tables it reads, whose disk is made for such amounts, where /tmp may
 * be memory; in /tmp where nobody may write beside them. What a query that was killed left there is taken away by the next.
 */
final class SpillDirectory implements Closeable {
    private static final String PREFIX = ".spill-";
    private static final String LOCK = "lock";

    private final Path path;
    private final FileChannel lock;

    private SpillDirectory(final Path path) throws IOException {
        this.path = path;
        lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock(); // the kernel's: it ends with this process, however that ends
    }

    static SpillDirectory beside(final Path tables) throws IOException {
        if (!Files.isDirectory(tables) || !Files.isWritable(tables)) {
            return new SpillDirectory(Files.createTempDirectory("tickbridge" + PREFIX));
        }
        synchronized (SpillDirectory.class) {
            removeLeft(tables);
            return new SpillDirectory(Files.createTempDirectory(tables, PREFIX));
        }
    }

    Path path() {
        return path;
    }

    private static void removeLeft(final Path tables) throws IOException {
        final List<Path> all;
        try (Stream<Path> files = Files.list(tables)) {
            all = files.filter(file -> file.getFileName().toString().startsWith(PREFIX)).toList();
        }
        for (final Path left : all) {
            // Not one that has no lock yet: it may be about to get it.
            if (Files.exists(left.resolve(LOCK)) && isFree(left.resolve(LOCK))) {
                remove(left);
            }
        }
    }

    private static boolean isFree(final Path lock) throws IOException {
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (final OverlappingFileLockException e) {
            return false; // of this process
        }
    }

    private static void remove(final Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
        remove(path);
    }
}
