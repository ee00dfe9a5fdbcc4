package io.tickbridge.gateway.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Remembers, beside the tables, which days and which parts of days are whole and from what they were made. A day that has grown
 * since is not whole, though all of its parts but the last may be.
 */
final class FinishedDays {
    /** Changes with the tables' columns. */
    private static final int SCHEMA_VERSION = 4;
    private static final String DIRECTORY = ".finished";

    private final Path directory;
    private final String source;
    private final Path out;
    private final TableFormat format;

    FinishedDays(final Path out, final Path journal, final TableFormat format, final ExportRange range) {
        this.out = out;
        this.format = format;
        directory = directory(out);
        source = "schema " + SCHEMA_VERSION + "\nformat " + format.suffix() + "\njournal " + journal.toAbsolutePath().normalize()
                + "\nrange " + range + "\n";
    }

    static Path directory(final Path out) {
        return out.resolve(DIRECTORY);
    }

    /** Tables of two journals in one directory would look like those of one, and files of two formats like rows that are there twice. */
    void claim(final Path journal) throws IOException {
        final Path marker = directory.resolve("journal");
        final String name = journal.toAbsolutePath().normalize().toString();
        if (Files.exists(marker) && !Files.readString(marker).equals(name)) {
            throw new ExportException(out + " holds tables of the journal " + Files.readString(marker) + ", not of " + name
                    + ": give this one a directory of its own, or remove that one");
        }
        for (final TableFormat other : TableFormat.values()) {
            if (other != format && holds(other)) {
                throw new ExportException(out + " holds tables as " + other.suffix() + ": give those as " + format.suffix()
                        + " a directory of their own, or remove that one");
            }
        }
        write(marker, name);
    }

    private boolean holds(final TableFormat any) throws IOException {
        for (final Table table : Table.values()) {
            if (PartialDays.parts(out.resolve(table.label())).stream().anyMatch(file -> file.toString().endsWith("." + any.suffix()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether all of a day is there, whose parts end at these journal indexes. */
    boolean has(final LocalDate day, final List<Long> ends) throws IOException {
        return holds(marker(day), wholeDay(ends)) && ends.size() == IntStream.range(0, ends.size()).filter(part -> hasFiles(day, part)).count();
    }

    /** Whether a part of a day is there. */
    boolean has(final LocalDate day, final List<Long> ends, final int part) throws IOException {
        return holds(marker(day, part), partOf(ends, part)) && hasFiles(day, part);
    }

    private boolean hasFiles(final LocalDate day, final int part) {
        return Stream.of(Table.values()).allMatch(table -> Files.exists(DayTables.file(out, table, day, part, format)));
    }

    /** Before something of a day is written anew. */
    void remove(final LocalDate day) throws IOException {
        Files.deleteIfExists(marker(day));
    }

    /** Before a part is written anew. */
    void remove(final LocalDate day, final int part) throws IOException {
        Files.deleteIfExists(marker(day, part));
    }

    void add(final LocalDate day, final List<Long> ends, final int part) throws IOException {
        write(marker(day, part), partOf(ends, part));
    }

    /** All parts of a day are there; what else lies there of this format is of an earlier export of it, or of one that was stopped. */
    void add(final LocalDate day, final List<Long> ends) throws IOException {
        for (final Table table : Table.values()) {
            final List<Path> wanted = IntStream.range(0, ends.size()).mapToObj(part -> DayTables.file(out, table, day, part, format)).toList();
            try (Stream<Path> files = Files.list(wanted.get(0).getParent())) {
                for (final Path file : files.filter(file -> isOfAnExport(file) && !wanted.contains(file)).toList()) {
                    Files.delete(file);
                }
            } catch (final UncheckedIOException e) {
                throw e.getCause();
            }
        }
        for (int part = ends.size(); Files.deleteIfExists(marker(day, part)); part++) {
            continue;
        }
        write(marker(day), wholeDay(ends));
    }

    /** Nothing that a user put there. */
    private boolean isOfAnExport(final Path file) {
        final String name = file.getFileName().toString();
        return name.matches("part-\\d+\\." + format.suffix()) || FinishedFile.isTemporary(file);
    }

    /** Whether what orders cost was worked out since a day was last written. */
    boolean hasCosts() throws IOException {
        return holds(costs(), source);
    }

    void removeCosts() throws IOException {
        Files.deleteIfExists(costs());
    }

    void addCosts() throws IOException {
        write(costs(), source);
    }

    private Path costs() {
        return directory.resolve(TransactionCosts.LABEL);
    }

    private Path marker(final LocalDate day) {
        return directory.resolve(day.toString());
    }

    private Path marker(final LocalDate day, final int part) {
        return directory.resolve(day + "." + part);
    }

    private String wholeDay(final List<Long> ends) {
        return source + "parts " + ends.size() + "\nlast 0x" + Long.toHexString(ends.get(ends.size() - 1)) + "\n";
    }

    private String partOf(final List<Long> ends, final int part) {
        return source + "after " + (part == 0 ? "midnight" : "0x" + Long.toHexString(ends.get(part - 1))) + "\nlast 0x"
                + Long.toHexString(ends.get(part)) + "\n";
    }

    private static boolean holds(final Path marker, final String content) throws IOException {
        return Files.exists(marker) && Files.readString(marker).equals(content);
    }

    private static void write(final Path marker, final String content) throws IOException {
        final Path temporary = FinishedFile.temporary(marker);
        Files.writeString(temporary, content);
        FinishedFile.finish(temporary, marker);
    }
}
