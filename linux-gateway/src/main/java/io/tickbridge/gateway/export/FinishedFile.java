package io.tickbridge.gateway.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file has its name only once it is whole. */
final class FinishedFile {
    private FinishedFile() {
    }

    /** Where it is written meanwhile. A name that begins with a point is no part of a table to Spark, Trino and DuckDB. */
    static Path temporary(final Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return file.resolveSibling("." + file.getFileName() + ".unfinished");
    }

    static void finish(final Path temporary, final Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
