package io.tickbridge.gateway.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is written whole or not at all, since a gateway may be reading it, and that stays readable for whoever could read
 * it before: root makes keys for a gateway that runs as a user of its own. One thread.
 */
final class ReplacedFile {
    private static final Set<PosixFilePermission> OWNERS = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> GROUPS_TOO = PosixFilePermissions.fromString("rw-r-----");

    private ReplacedFile() {
    }

    /**
     * Writes it, on the disk when this returns. Owner, group and mode are those of the file that it replaces. The first one belongs
     * to the directory's group, which may read it unless anybody may enter the directory: then the group says nothing of who is meant.
     *
     * @throws IOException when it cannot be written, or not with that owner and group; the file is then as it was
     */
    static void write(final Path file, final String text) throws IOException {
        final Path directory = file.toAbsolutePath().getParent();
        final Path fresh = Files.createTempFile(directory, file.getFileName().toString(), ".new", PosixFilePermissions.asFileAttribute(OWNERS));
        try {
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                final ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            give(fresh, file, directory);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        try (FileChannel entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true); // the new name too: a revocation must outlast a loss of power
        }
    }

    private static void give(final Path fresh, final Path file, final Path directory) throws IOException {
        final PosixFileAttributeView view = view(fresh);
        final PosixFileAttributes own = view.readAttributes();
        try {
            if (Files.exists(file)) {
                final PosixFileAttributes before = view(file).readAttributes();
                if (!before.owner().equals(own.owner())) {
                    view.setOwner(before.owner());
                }
                if (!before.group().equals(own.group())) {
                    view.setGroup(before.group());
                }
                view.setPermissions(before.permissions());
            } else {
                final PosixFileAttributes around = view(directory).readAttributes();
                if (!around.group().equals(own.group())) {
                    view.setGroup(around.group());
                }
                final boolean closed = !around.permissions().contains(PosixFilePermission.OTHERS_EXECUTE);
                view.setPermissions(closed || !around.group().equals(own.group()) ? GROUPS_TOO : OWNERS);
            }
        } catch (final FileSystemException e) {
            throw new IOException(file + ": cannot be written so that whoever reads it now still can: " + e.getMessage()
                    + "; run this as root, or as the user to whom it belongs", e);
        }
    }

    private static PosixFileAttributeView view(final Path file) {
        return Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
    }
}
