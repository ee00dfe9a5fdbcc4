package io.tickbridge.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** The golden vectors, as SPECIFICATION.md, section 12 describes their form. */
final class Vectors {

    /** One line of an entry. */
    record Line(String key, String value) {
    }

    /** One entry. */
    record Entry(String name, List<Line> lines) {
        String get(final String key) {
            final String value = find(key);
            if (value == null) {
                throw new IllegalStateException("vector '" + name + "' has no " + key);
            }
            return value;
        }

        String find(final String key) {
            return lines.stream().filter(l -> l.key().equals(key)).map(Line::value).findFirst().orElse(null);
        }

        UnsafeBuffer bytes() {
            final StringBuilder hex = new StringBuilder();
            lines.stream().filter(l -> l.key().equals("hex")).forEach(l -> hex.append(l.value().replace(" ", "")));
            return new UnsafeBuffer(HexFormat.of().parseHex(hex));
        }

        byte[] hex(final String key) {
            return HexFormat.of().parseHex(get(key));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private Vectors() {
    }

    static List<Entry> read(final String file) {
        final List<Entry> entries = new ArrayList<>();
        try {
            for (final String line : Files.readAllLines(LinkDefinition.MODULE.resolve("vectors").resolve(file))) {
                if (line.startsWith("[")) {
                    entries.add(new Entry(line.substring(1, line.length() - 1), new ArrayList<>()));
                } else if (!line.isEmpty() && !line.startsWith("#")) {
                    final int equals = line.indexOf('=');
                    entries.get(entries.size() - 1).lines()
                            .add(new Line(line.substring(0, equals), line.substring(equals + 1)));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }
}
