package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.ExportRange;
import io.tickbridge.gateway.export.TableExport;
import io.tickbridge.gateway.export.TableFormat;
import io.tickbridge.gateway.export.TableQuery;
import io.tickbridge.gateway.report.DayReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a day as a page. */
@Command(name = "report", mixinStandardHelpOptions = true,
        description = {"Writes a journal as one HTML page that needs no network: the day at a glance, what was lost, latencies, signals "
                + "and what the price did after them, orders and what they cost.",
            "A journal's tables are exported first, and kept, as by `query`; every number is the answer of a statement that the page shows.",
            "The exit code is 1 when something is missing from the journal; the page says what."})
final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR",
            description = "A journal's directory; or one that `export` wrote tables to, and then there are no books around signals.")
    private Path directory;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "HTML file to write.")
    private Path out;

    @Option(names = "--day", paramLabel = "DAY", description = "UTC day of journalling, like 2026-11-22 (default: every day of DIR).")
    private LocalDate day;

    @Option(names = "--cache", paramLabel = "DIR",
            description = "Where a journal's tables are exported to (default: beside the journal, its name with .tables).")
    private Path cache;

    @Override
    public Integer call() throws IOException {
        final boolean isExport = TableQuery.isExport(directory);
        final Path tables = isExport ? directory : JournalTables.of(directory, cache);
        final List<String> problems = isExport ? List.of()
                : TableExport.write(directory, tables, TableFormat.PARQUET, ExportRange.ALL, line -> say("export: " + line)).problems();
        DayReport.write(new DayReport.Source(directory.toAbsolutePath().normalize().getFileName().toString(), tables,
                isExport ? null : directory, day, problems), out, line -> say("report: " + line));
        problems.forEach(this::say);
        spec.commandLine().getOut().println(out);
        spec.commandLine().getOut().flush();
        return problems.isEmpty() ? 0 : 1;
    }

    private void say(final String line) {
        final PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }
}
