package io.tickbridge.gateway.placement;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A machine's /proc and /sys, put down from one text: {@code === path}, then the file's lines. */
final class RecordedTree {
    private final Path root;

    RecordedTree(final Path root, final String name) throws IOException {
        this.root = root;
        try (InputStream in = RecordedTree.class.getResourceAsStream(name)) {
            for (final String file : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("(?m)^=== ")) {
                if (!file.isEmpty()) {
                    final int end = file.indexOf('\n');
                    with(file.substring(0, end), file.substring(end + 1));
                }
            }
        }
    }

    /** Puts another text in a file, or a new file. */
    RecordedTree with(final String path, final String text) throws IOException {
        final Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    RecordedTree without(final String path) throws IOException {
        Files.delete(root.resolve(path));
        return this;
    }

    SystemTree tree() {
        return new SystemTree(root);
    }
}
