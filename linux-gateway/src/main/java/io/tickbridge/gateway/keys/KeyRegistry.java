package io.tickbridge.gateway.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The file {@code peers} of a key directory: one line an add-on. One thread. */
public final class KeyRegistry {
    private static final String HEADER =
            "# Written by `tickbridge keys`: NAME RIGHTS KIND KEY-OR-SERIAL EXPIRES STATE. Holds secrets.";

    private final Path file;
    private FileStamp readAs;
    private List<RegisteredPeer> peers = List.of();

    /**
     * A registry, which need not exist yet.
     *
     * @param directory of {@code tickbridge keys}
     */
    public KeyRegistry(final Path directory) {
        file = directory.resolve("peers");
    }

    /**
     * Every entry; read again when the file has changed.
     *
     * @return in the file's order; empty when there is no file; the same object while nothing changes
     * @throws IOException when it cannot be read, saying which line
     */
    public List<RegisteredPeer> peers() throws IOException {
        final FileStamp stamp = FileStamp.of(file);
        if (!stamp.equals(readAs)) {
            peers = stamp.equals(FileStamp.NO_FILE) ? List.of() : read();
            readAs = stamp;
        }
        return peers;
    }

    private List<RegisteredPeer> read() throws IOException {
        final List<RegisteredPeer> found = new ArrayList<>();
        int number = 0;
        for (final String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    found.add(RegisteredPeer.parse(line));
                } catch (final RuntimeException e) {
                    throw new IOException(file + ": line " + number + ": " + e.getMessage(), e);
                }
            }
        }
        return List.copyOf(found);
    }

    /**
     * Adds an entry, in place of one of the same name and kind.
     *
     * @param peer the entry
     * @throws IOException when the file cannot be written
     */
    public void put(final RegisteredPeer peer) throws IOException {
        final List<RegisteredPeer> all = new ArrayList<>(peers());
        all.removeIf(other -> other.name().equals(peer.name()) && other.isKey() == peer.isKey());
        all.add(peer);
        write(all);
    }

    /**
     * Takes everything back that a name holds.
     *
     * @param name the add-on's
     * @return whether there was such a name
     * @throws IOException when the file cannot be written
     */
    public boolean revoke(final String name) throws IOException {
        final List<RegisteredPeer> all = peers();
        if (all.stream().noneMatch(peer -> peer.name().equals(name))) {
            return false;
        }
        write(all.stream().map(peer -> !peer.name().equals(name) ? peer : new RegisteredPeer(
                peer.name(), peer.rights(), peer.isKey(), peer.secret(), peer.notAfter(), true)).toList());
        return true;
    }

    /** Whole or not at all: a gateway may be reading. */
    private void write(final List<RegisteredPeer> all) throws IOException {
        final List<String> lines = new ArrayList<>(List.of(HEADER));
        all.forEach(peer -> lines.add(peer.toLine()));
        final Path fresh = Files.createTempFile(file.getParent(), "peers", ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, lines, StandardCharsets.US_ASCII);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        readAs = null;
    }
}
