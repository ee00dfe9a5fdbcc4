package io.tickbridge.gateway.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/** Remembers, beside the tables, which days are whole and from what they were made; a day that has grown since is not. */
final class FinishedDays {
    /** Changes with the tables' columns. */
    private static final int SCHEMA_VERSION = 3;

    private final Path directory;
    private final String source;
    private final Path out;
    private final TableFormat format;

    FinishedDays(final Path out, final Path journal, final TableFormat format, final ExportRange range) {
        this.out = out;
        this.format = format;
        directory = out.resolve(".finished");
        source = "schema " + SCHEMA_VERSION + "\nformat " + format.suffix() + "\njournal " + journal.toAbsolutePath().normalize()
                + "\nrange " + range + "\n";
    }

    /** Tables of two journals in one directory would look like those of one. */
    void claim(final Path journal) throws IOException {
        final Path marker = directory.resolve("journal");
        final String name = journal.toAbsolutePath().normalize().toString();
        if (Files.exists(marker) && !Files.readString(marker).equals(name)) {
            throw new ExportException(out + " holds tables of the journal " + Files.readString(marker) + ", not of " + name
                    + ": give this one a directory of its own, or remove that one");
        }
        final Path temporary = FinishedFile.temporary(marker);
        Files.writeString(temporary, name);
        FinishedFile.finish(temporary, marker);
    }

    boolean has(final LocalDate day, final long lastIndex) throws IOException {
        final Path marker = directory.resolve(day.toString());
        return Files.exists(marker) && Files.readString(marker).equals(content(lastIndex))
                && Stream.of(Table.values()).allMatch(table -> Files.exists(DayTables.file(out, table, day, format)));
    }

    /** Before a day is written anew. */
    void remove(final LocalDate day) throws IOException {
        Files.deleteIfExists(directory.resolve(day.toString()));
    }

    void add(final LocalDate day, final long lastIndex) throws IOException {
        final Path marker = directory.resolve(day.toString());
        final Path temporary = FinishedFile.temporary(marker);
        Files.writeString(temporary, content(lastIndex));
        FinishedFile.finish(temporary, marker);
    }

    /** Whether what orders cost was worked out since a day was last written. */
    boolean hasCosts() throws IOException {
        return Files.exists(costs()) && Files.readString(costs()).equals(source);
    }

    void removeCosts() throws IOException {
        Files.deleteIfExists(costs());
    }

    void addCosts() throws IOException {
        final Path temporary = FinishedFile.temporary(costs());
        Files.writeString(temporary, source);
        FinishedFile.finish(temporary, costs());
    }

    private Path costs() {
        return directory.resolve(TransactionCosts.LABEL);
    }

    private String content(final long lastIndex) {
        return source + "last 0x" + Long.toHexString(lastIndex) + "\n";
    }
}
