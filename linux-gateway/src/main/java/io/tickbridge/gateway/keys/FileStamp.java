package io.tickbridge.gateway.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * By what a changed file is told from the one that was read. The time alone would not do: two writes within one tick of the
 * file system's clock bear the same.
 *
 * @param written when
 * @param size    bytes
 * @param file    which: another one may have been put in its place
 */
public record FileStamp(FileTime written, long size, Object file) {
    /** Of a file that is not there. */
    public static final FileStamp NO_FILE = new FileStamp(null, 0, null);

    /**
     * Looks at a file.
     *
     * @param path where
     * @return {@link #NO_FILE} when there is none
     * @throws IOException when it cannot be looked at
     */
    public static FileStamp of(final Path path) throws IOException {
        try {
            final BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileStamp(found.lastModifiedTime(), found.size(), found.fileKey());
        } catch (final NoSuchFileException e) {
            return NO_FILE;
        }
    }
}
