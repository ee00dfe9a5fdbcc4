package io.tickbridge.gateway.doctor;

import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * This machine's files, of which a copy is kept of everything that is asked for. A check that runs on the copy sees what it
 * saw here. A link becomes one into {@code links/} under its target's name, so that a device is one place however it is reached.
 */
public final class RecordingTree extends SystemTree {
    private static final String LINKS = "links";

    private final Path from;
    private final Path to;

    /**
     * A tree that is recorded.
     *
     * @param from root of the tree
     * @param to   directory for the copy, made where it is missing
     */
    public RecordingTree(final Path from, final Path to) {
        super(from);
        this.from = from;
        this.to = to;
    }

    @Override
    public Optional<String> read(final String path) {
        final Optional<String> text = super.read(path);
        text.ifPresent(content -> write(path, content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
        return text;
    }

    @Override
    public byte[] bytes(final String path) {
        final byte[] content = super.bytes(path);
        if (content.length > 0) {
            write(path, content);
        }
        return content;
    }

    @Override
    public List<String> names(final String path) {
        final List<String> names = super.names(path);
        names.forEach(name -> has(path + "/" + name));
        return names;
    }

    @Override
    public boolean has(final String path) {
        final boolean present = super.has(path);
        if (present) {
            place(path);
        }
        return present;
    }

    @Override
    public Optional<String> link(final String path) {
        final Optional<String> target = super.link(path);
        target.ifPresent(name -> place(path));
        return target;
    }

    private void write(final String path, final byte[] content) {
        try {
            Files.write(place(path), content);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a path lies in the copy, made with everything on the way; a file is empty until it is read. */
    private Path place(final String path) {
        try {
            Path here = from;
            Path copy = Files.createDirectories(to);
            for (final String part : path.split("/")) {
                here = here.resolve(part);
                copy = copy.resolve(part);
                if (!Files.exists(copy)) {
                    make(here, copy);
                }
            }
            return copy;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void make(final Path here, final Path copy) throws IOException {
        if (Files.isSymbolicLink(here)) {
            final Path target = to.resolve(LINKS).resolve(Files.readSymbolicLink(here).getFileName().toString());
            if (!Files.exists(target)) {
                makeOne(here, target);
            }
            Files.createSymbolicLink(copy, copy.getParent().toRealPath().relativize(target.toRealPath()));
        } else {
            makeOne(here, copy);
        }
    }

    private static void makeOne(final Path here, final Path copy) throws IOException {
        if (Files.isDirectory(here)) {
            Files.createDirectories(copy);
        } else {
            Files.createDirectories(copy.getParent());
            Files.createFile(copy);
        }
    }
}
