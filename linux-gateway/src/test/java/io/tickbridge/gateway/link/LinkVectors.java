package io.tickbridge.gateway.link;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The protocol's golden vectors: entries of key and value, with the lines of {@code hex} joined. */
final class LinkVectors {
    private LinkVectors() {
    }

    static List<Map<String, String>> read(final String name) {
        final Path file = Path.of(System.getProperty("tickbridge.root", ".."), "bridge-protocol/vectors", name);
        final List<Map<String, String>> entries = new ArrayList<>();
        try {
            for (final String line : Files.readAllLines(file)) {
                if (line.startsWith("[")) {
                    entries.add(new HashMap<>(Map.of("name", line)));
                } else if (line.contains("=") && !line.startsWith("#")) {
                    final String value = line.substring(line.indexOf('=') + 1);
                    entries.get(entries.size() - 1).merge(line.substring(0, line.indexOf('=')), value.replace(" ", ""),
                            String::concat);
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }
}
