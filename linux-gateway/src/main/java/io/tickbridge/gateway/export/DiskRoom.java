package io.tickbridge.gateway.export;

import java.nio.file.Path;

/**
 * Keeps a part of a disk free: a gateway may be journalling onto it, and whoever looks at a journal must not be what stops it.
 * Asked before bytes are written; what somebody else writes meanwhile is seen at the next question. One thread.
 */
public final class DiskRoom {
    /** Most that is kept free unless a user says otherwise, bytes. */
    private static final long KEPT_AT_MOST = 1L << 30;
    /** Least: four times what a journal keeps by default, for it needs twice that to start. */
    private static final long KEPT_AT_LEAST = 64L << 20;
    /** In between, this part of the disk. */
    private static final int DISK_PART = 20;

    private final Path directory;
    private final long kept;

    private DiskRoom(final Path directory, final long kept) {
        this.directory = directory;
        this.kept = kept;
    }

    /**
     * The disk on which a path lies, or will lie.
     *
     * @param path need not be there yet
     * @return keeps a twentieth of the disk free, at least 64 MiB and at most 1 GiB
     */
    public static DiskRoom of(final Path path) {
        final Path directory = nearest(path);
        return new DiskRoom(directory, Math.max(KEPT_AT_LEAST, Math.min(KEPT_AT_MOST, directory.toFile().getTotalSpace() / DISK_PART)));
    }

    /**
     * The disk on which a path lies, or will lie.
     *
     * @param path need not be there yet
     * @param kept bytes that are to stay free
     * @return keeps as much free
     */
    public static DiskRoom of(final Path path, final long kept) {
        return new DiskRoom(nearest(path), kept);
    }

    /** The same part kept, of the disk on which another path lies. */
    DiskRoom on(final Path path) {
        return new DiskRoom(nearest(path), kept);
    }

    private static Path nearest(final Path path) {
        Path directory = path.toAbsolutePath().normalize();
        while (directory.getParent() != null && !directory.toFile().isDirectory()) {
            directory = directory.getParent();
        }
        return directory;
    }

    /** Bytes that may still be written; 0 also where the disk cannot be asked. */
    long spare() {
        return Math.max(0, directory.toFile().getUsableSpace() - kept);
    }

    /**
     * Looks whether there is room.
     *
     * @param bytes that are to be written now
     * @throws ExportException when less than what is to stay free would be left
     */
    public void require(final long bytes) {
        final long free = directory.toFile().getUsableSpace();
        if (free - bytes < kept) {
            throw new ExportException("the disk of " + directory + " has " + megabytes(free) + " free; " + megabytes(bytes)
                    + " are to be written, and " + megabytes(kept) + " must stay free for a journal that grows there: make room, write "
                    + "to another disk (--out, --cache), or say with --keep-free that less is enough");
        }
    }

    private static String megabytes(final long bytes) {
        return (bytes + (1 << 20) - 1 >> 20) + " MiB";
    }
}
