package io.tickbridge.gateway.placement;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A machine's /proc and /sys, put down from one text: {@code === path}, then the file's lines; {@code === path -> target} for a
 * symbolic link; {@code === path hex} for a file of bytes.
 */
public final class RecordedTree {
    private final Path root;

    RecordedTree(final Path root, final String name) throws IOException {
        this(root, RecordedTree.class, name);
    }

    /** Puts it down below a directory; the text is a resource beside a class. */
    public RecordedTree(final Path root, final Class<?> beside, final String name) throws IOException {
        this.root = root;
        try (InputStream in = beside.getResourceAsStream(name)) {
            for (final String file : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ")) {
                if (!file.isEmpty()) {
                    final int end = file.indexOf('\n');
                    put(file.substring(0, end), file.substring(end + 1));
                }
            }
        }
    }

    private void put(final String heading, final String text) throws IOException {
        final int arrow = heading.indexOf(" -> ");
        if (arrow >= 0) {
            final Path link = root.resolve(heading.substring(0, arrow));
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, Path.of(heading.substring(arrow + " -> ".length())));
        } else if (heading.endsWith(" hex")) {
            final Path file = root.resolve(heading.substring(0, heading.length() - " hex".length()));
            Files.createDirectories(file.getParent());
            Files.write(file, HexFormat.of().parseHex(text.replaceAll("\\s", "")));
        } else {
            with(heading, text);
        }
    }

    /** Puts another text in a file, or a new file. */
    public RecordedTree with(final String path, final String text) throws IOException {
        final Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    public RecordedTree without(final String path) throws IOException {
        Files.delete(root.resolve(path));
        return this;
    }

    public SystemTree tree() {
        return new SystemTree(root);
    }
}
