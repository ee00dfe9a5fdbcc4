package io.tickbridge.gateway.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which days of exported tables are not whole. Sums over such a day are wrong, and nothing in the rows says so. */
final class PartialDays {
    private static final String DATE = "date=";

    private PartialDays() {
    }

    /** What is not whole, a line each. */
    static List<String> of(final Path tables) throws IOException {
        final List<String> problems = new ArrayList<>();
        final SortedSet<String> days = new TreeSet<>();
        final Map<String, SortedSet<String>> parts = new TreeMap<>();
        for (final Table table : Table.values()) {
            for (final Path file : parts(tables.resolve(table.label()))) {
                final String day = file.getParent().getFileName().toString().substring(DATE.length());
                days.add(day);
                parts.computeIfAbsent(table.label(), any -> new TreeSet<>()).add(day + "/" + file.getFileName());
            }
        }
        final Path finished = FinishedDays.directory(tables);
        for (final String day : days) {
            final boolean isMarked = !Files.isDirectory(finished) || Files.exists(finished.resolve(day));
            // What was copied without names that begin with a point has no markers: then at least all tables have the same parts.
            final long different = Stream.of(Table.values()).map(table -> of(day, parts.getOrDefault(table.label(), new TreeSet<>())))
                    .distinct().count();
            if (!isMarked || different > 1) {
                problems.add(day + " is not whole in " + tables + ": an export of it was stopped, goes on, or was copied in part; export "
                        + "the journal there once more");
            }
        }
        final Path range = finished.resolve(TransactionCosts.LABEL);
        if (Files.exists(range) && !Files.readString(range).contains("\nrange " + ExportRange.ALL + "\n")) {
            problems.add(tables + " holds a part of its journal alone: it was exported with --from or --until");
        }
        return problems;
    }

    private static SortedSet<String> of(final String day, final SortedSet<String> parts) {
        return parts.subSet(day + "/", day + "0");
    }

    /** Files of a table that have their names, of whatever format. */
    static List<Path> parts(final Path table) throws IOException {
        if (!Files.isDirectory(table)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(table, 2)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-")
                    && file.getParent().getFileName().toString().startsWith(DATE)).toList();
        }
    }
}
