package io.tickbridge.gateway.keys;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The file {@code peers} of a key directory: one line an add-on. One thread. */
public final class KeyRegistry {
    /** What its first line begins with. A file without it was not written to its end, or by something else. */
    private static final String MARK = "# Written by `tickbridge keys`";
    private static final String HEADER = MARK + ": NAME RIGHTS KIND KEY-OR-SERIAL EXPIRES STATE. Holds secrets.";

    private final Path file;
    private final Path lock;
    private FileStamp readAs = FileStamp.NO_FILE;
    private List<RegisteredPeer> peers = List.of();

    /**
     * A registry, which need not exist yet.
     *
     * @param directory of {@code tickbridge keys}
     */
    public KeyRegistry(final Path directory) {
        file = directory.resolve("peers");
        lock = directory.resolve("peers.lock");
    }

    /**
     * Every entry; read again when the file has changed.
     *
     * @return in the file's order; empty when there never was a file; the same object while nothing changes
     * @throws IOException when it cannot be read, saying which line, or has gone since: what was taken back in it would be good again
     */
    public List<RegisteredPeer> peers() throws IOException {
        final FileStamp stamp = FileStamp.of(file);
        if (!stamp.equals(readAs)) {
            if (stamp.equals(FileStamp.NO_FILE)) {
                throw new IOException(file + " is gone; put it back, or restart the gateway if nobody is to be registered");
            }
            peers = read();
            readAs = stamp;
        }
        return peers;
    }

    private List<RegisteredPeer> read() throws IOException {
        final List<String> lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
        if (lines.isEmpty() || !lines.get(0).startsWith(MARK)) {
            throw new IOException(file + ": line 1: does not begin with \"" + MARK + "\", so this is not the whole registry; put back what "
                    + "`tickbridge keys` wrote");
        }
        final List<RegisteredPeer> found = new ArrayList<>();
        int number = 0;
        for (final String line : lines) {
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
        change(before -> {
            final List<RegisteredPeer> all = new ArrayList<>(before);
            all.removeIf(other -> other.name().equals(peer.name()) && other.isKey() == peer.isKey());
            all.add(peer);
            return all;
        });
    }

    /**
     * Takes everything back that a name holds.
     *
     * @param name the add-on's
     * @return whether there was such a name
     * @throws IOException when the file cannot be written
     */
    public boolean revoke(final String name) throws IOException {
        return change(before -> before.stream().noneMatch(peer -> peer.name().equals(name)) ? before
                : before.stream().map(peer -> !peer.name().equals(name) ? peer : new RegisteredPeer(
                        peer.name(), peer.rights(), peer.isKey(), peer.secret(), peer.notAfter(), true)).toList());
    }

    /** One at a time, in this process and among all: of two that both read first, one's change would be lost. */
    private boolean change(final UnaryOperator<List<RegisteredPeer>> how) throws IOException {
        synchronized (KeyRegistry.class) {
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock(); // until it is closed
                final List<RegisteredPeer> before = peers();
                final List<RegisteredPeer> after = how.apply(before);
                if (after == before) {
                    return false;
                }
                final StringBuilder text = new StringBuilder(HEADER).append('\n');
                after.forEach(peer -> text.append(peer.toLine()).append('\n'));
                ReplacedFile.write(file, text.toString());
                return true;
            }
        }
    }
}
