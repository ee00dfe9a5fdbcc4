package io.tickbridge.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;

/**
 * Gives disk space to what a file has as holes, and changes no byte of it. Java cannot: it writes a byte or leaves the hole.
 */
final class FileHoles {
    private static final int O_WRONLY = 1;
    private static final int O_CLOEXEC = 0x8_0000;
    private static final int ENOSPC = 28;

    private FileHoles() {
    }

    /** As the C library declares them. */
    public interface Calls {
        /** open(2). */
        int open(String path, int flags);

        /** posix_fallocate(3): the error's number, 0 when there is none. */
        int posix_fallocate(int file, long offset, long length);

        /** close(2). */
        int close(int file);
    }

    /**
     * Fills them.
     *
     * @param file   that exists
     * @param length from its beginning, bytes; not more than it has, or it grows
     * @throws IOException when the disk has no room, or is none that can be told to give it
     */
    static void fill(final Path file, final long length) throws IOException {
        final Calls calls = LibraryLoader.create(Calls.class).load("c");
        final int descriptor = calls.open(file.toString(), O_WRONLY | O_CLOEXEC);
        if (descriptor < 0) {
            throw new IOException("cannot open " + file + " to give it disk space");
        }
        final int error = calls.posix_fallocate(descriptor, 0, length);
        calls.close(descriptor);
        if (error != 0) {
            throw new IOException((error == ENOSPC ? "the disk is full: " : "error " + error + " of posix_fallocate(3): ")
                    + file + " cannot be given the space of its index");
        }
    }
}
