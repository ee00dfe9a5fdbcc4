package io.tickbridge.gateway.runtime;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room behind the journal, looked at once a second. Status thread. */
final class DiskSpace {
    private static final long INTERVAL = 1_000_000_000L; // ns

    private final Path directory;
    private FileStore store;
    private long nextTime = Long.MIN_VALUE;
    private long free = -1;

    DiskSpace(final Path directory) {
        this.directory = directory;
    }

    /**
     * Looks once more, if it is time.
     *
     * @param now ns on a clock that does not step
     */
    void look(final long now) {
        if (now < nextTime) {
            return;
        }
        nextTime = now + INTERVAL;
        try {
            store = store == null ? Files.getFileStore(directory) : store;
            free = store.getUsableSpace();
        } catch (final IOException e) {
            free = -1; // a disk that is gone; the journal itself says so
        }
    }

    /** Bytes that this process may still write; -1 when that cannot be told. */
    long free() {
        return free;
    }
}
