package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.ExportException;
import io.tickbridge.gateway.report.BookChoice;
import io.tickbridge.gateway.report.DayReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Writes a day as a page. */
@Command(name = "report", mixinStandardHelpOptions = true,
        description = {"Writes a journal as one HTML page that needs no network: the day at a glance, what was lost, latencies, signals "
                + "and what the price did after them, orders and what they cost.",
            "A journal's tables are exported first, and kept, as by `query`; every number is the answer of a statement that the page shows.",
            "The exit code is 1 when something is missing from the journal or a day of the tables is not whole; a market data feed "
                    + "that lost packets, a run without an end and the like are said on standard error and in the page, and are 1 with --strict."})
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR",
            description = "A journal's directory; or one that `export` wrote tables to, and then there are no books around signals.")
    private Path directory;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "HTML file to write.")
    private Path out;

    @Option(names = "--day", paramLabel = "DAY", converter = Day.class,
            description = "UTC day of journalling, like 2026-11-22 (default: every day of DIR).")
    private LocalDate day;

    @Option(names = "--cache", paramLabel = "DIR",
            description = "Where a journal's tables are exported to (default: beside the journal, its name with .tables).")
    private Path cache;

    @Option(names = "--books", paramLabel = "N|all", defaultValue = "1000", converter = Books.class,
            description = "How many signals' books are in the page: those that led to an order first, the others spread evenly over "
                    + "the day (default: ${DEFAULT-VALUE}). 1,000 take half a megabyte to a whole one.")
    private int books;

    @Option(names = "--signal", paramLabel = "NUMBER", converter = SignalNumber.class, description = "Also the books around the signals of this number; may be repeated.")
    private List<Long> signals = List.of();

    @Option(names = "--strict", description = "Exit code 1 whenever the page says that something is not complete.")
    private boolean strict;

    @Mixin
    private final DiskOptions disk = new DiskOptions();

    /** A date as ISO 8601 has it. */
    static final class Day implements ITypeConverter<LocalDate> {
        @Override
        public LocalDate convert(final String value) {
            try {
                return LocalDate.parse(value);
            } catch (final DateTimeParseException e) {
                throw new TypeConversionException("\"" + value + "\" is no day: write it like 2026-11-22");
            }
        }
    }

    /** A number, or all. */
    static final class Books implements ITypeConverter<Integer> {
        @Override
        public Integer convert(final String value) {
            if (value.equals("all")) {
                return Integer.MAX_VALUE;
            }
            if (!value.matches("\\d{1,9}")) {
                throw new TypeConversionException("\"" + value + "\" is neither a number nor \"all\"");
            }
            return Integer.parseInt(value);
        }
    }

    /** A signal's running number. */
    static final class SignalNumber implements ITypeConverter<Long> {
        @Override
        public Long convert(final String value) {
            if (!value.matches("\\d{1,18}")) {
                throw new TypeConversionException("\"" + value + "\" is no number of a signal: `replay --signals` lists those there are");
            }
            return Long.valueOf(value);
        }
    }

    /** Most journals are called "journal": what they are in says more. */
    private static String title(final Path of) {
        final Path in = of.getParent();
        return in == null || in.getFileName() == null || !of.getFileName().toString().equals("journal") ? of.getFileName().toString()
                : in.getFileName() + "/journal";
    }

    @Override
    public Integer call() throws IOException {
        if (Files.isDirectory(out)) {
            throw new ExportException(out + " is a directory: --out names the page, such as " + out.resolve("day.html"));
        }
        OutputPlace.require("--out", out);
        final ExportScreen screen = new ExportScreen(spec.commandLine().getErr());
        final JournalTables tables;
        try (screen) {
            tables = JournalTables.of(directory, cache, disk, screen);
        }
        final List<String> incomplete = DayReport.write(new DayReport.Source(title(directory.toAbsolutePath().normalize()),
                tables.directory(), tables.journal(), day, tables.problems(), new BookChoice(books, List.copyOf(signals))), out,
                disk.room(out), line -> screen.say("report: " + line));
        tables.problems().forEach(screen::say);
        incomplete.forEach(line -> screen.say("report: not complete: " + line));
        spec.commandLine().getOut().println(out);
        spec.commandLine().getOut().flush();
        return tables.problems().isEmpty() && (incomplete.isEmpty() || !strict) ? 0 : 1;
    }
}
