package io.tickbridge.gateway.export;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file has its name only once it is whole. */
final class FinishedFile {
    private FinishedFile() {
    }

    /** Where it is written meanwhile. A name that begins with a point is no part of a table to Spark, Trino and DuckDB. */
    static Path temporary(final Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return file.resolveSibling("." + file.getFileName() + ".unfinished");
    }

    static boolean isTemporary(final Path file) {
        return file.getFileName().toString().startsWith(".") && file.getFileName().toString().endsWith(".unfinished");
    }

    /** What is renamed is on the disk, and so is its name: a marker that comes after a file outlives no power cut without it. */
    static void finish(final Path temporary, final Path file) throws IOException {
        force(temporary, StandardOpenOption.WRITE);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.toAbsolutePath().getParent(), StandardOpenOption.READ);
    }

    private static void force(final Path path, final StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
