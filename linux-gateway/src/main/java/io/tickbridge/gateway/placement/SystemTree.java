package io.tickbridge.gateway.placement;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The kernel's files about the machine, {@code /proc} and {@code /sys}, below a root that tests put elsewhere. What is
 * not there, or may not be read, is absent: kernels and containers differ in what they show.
 */
public class SystemTree {
    /** This machine's. */
    public static final SystemTree MACHINE = new SystemTree(Path.of("/"));

    private static final int LARGEST_READ = 16 * 1024;

    private final Path root;

    /**
     * A tree.
     *
     * @param root directory that stands for {@code /}
     */
    public SystemTree(final Path root) {
        this.root = root;
    }

    /**
     * Reads a file.
     *
     * @param path without leading slash
     * @return its text without blanks around it; empty when it cannot be read
     */
    public Optional<String> read(final String path) {
        try {
            // Latin 1 takes any byte: names of threads are whatever their owners wrote.
            return Optional.of(new String(content(path), StandardCharsets.ISO_8859_1).strip());
        } catch (final IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads a file that holds no text.
     *
     * @param path without leading slash
     * @return its bytes; none when it cannot be read
     */
    public byte[] bytes(final String path) {
        try {
            return content(path);
        } catch (final IOException e) {
            return new byte[0];
        }
    }

    /**
     * All of a file. Not by {@link Files#readAllBytes}: these files say that they are empty, so it would ask for one byte first,
     * and numbers under /proc/sys are told in one read or not at all: of 950000 it would bring the 9.
     */
    private byte[] content(final String path) throws IOException {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (InputStream in = Files.newInputStream(root.resolve(path))) {
            final byte[] part = new byte[LARGEST_READ];
            for (int length = in.read(part); length > 0; length = in.read(part)) {
                all.write(part, 0, length);
            }
        }
        return all.toByteArray();
    }

    /**
     * Names in a directory.
     *
     * @param path without leading slash
     * @return in order of their text; none when it cannot be read
     */
    public List<String> names(final String path) {
        final List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root.resolve(path))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (final IOException | java.nio.file.DirectoryIteratorException e) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    /**
     * Whether something is there.
     *
     * @param path without leading slash
     * @return true for a file or directory
     */
    public boolean has(final String path) {
        return Files.exists(root.resolve(path));
    }

    /**
     * Whether something may be written to.
     *
     * @param path without leading slash
     * @return false too when it is not there
     */
    public boolean isWritable(final String path) {
        return Files.isWritable(root.resolve(path));
    }

    /**
     * What a symbolic link leads to.
     *
     * @param path without leading slash
     * @return the last name in it; empty when it is none
     */
    public Optional<String> link(final String path) {
        try {
            return Optional.of(Files.readSymbolicLink(root.resolve(path)).getFileName().toString());
        } catch (final IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /**
     * Number of the thread that asks, by which the kernel knows it.
     *
     * @return its identifier; -1 when the kernel does not tell
     */
    public int callingThread() {
        try {
            // A link to PID/task/TID, made anew for whoever reads it.
            return Integer.parseInt(Files.readSymbolicLink(root.resolve("proc/thread-self")).getFileName().toString());
        } catch (final IOException e) {
            return -1;
        }
    }
}
