package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.ExportRange;
import io.tickbridge.gateway.export.ExportResult;
import io.tickbridge.gateway.export.TableExport;
import io.tickbridge.gateway.export.TableFormat;
import io.tickbridge.gateway.export.TableQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs SQL over a journal. */
@Command(name = "query", mixinStandardHelpOptions = true,
        description = {"Runs one SQL statement over a journal's tables, with DuckDB.",
            "The tables are those of `export`: frames, top_of_book, trades, signals, signals_sent, orders, executions, positions, "
                    + "risk_decisions, instruments, runs, run_ends, feed_health, link_events, journal_losses; transaction_costs; and views of them.",
            "A journal's tables are exported first, and kept; the exit code is 1 when something is missing from the journal."})
final class QueryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "DIR", description = "A journal's directory, or one that `export` wrote tables to.")
    private Path directory;

    @Parameters(index = "1", paramLabel = "SQL", description = "One statement.")
    private String sql;

    @Option(names = "--cache", paramLabel = "DIR",
            description = "Where a journal's tables are exported to (default: beside the journal, its name with .tables).")
    private Path cache;

    @ArgGroup(exclusive = true, multiplicity = "0..1")
    private final Shape shape = new Shape();

    /** Tab separated when neither is given. */
    private static final class Shape {
        @Option(names = "--csv", description = "Comma-separated values.")
        private boolean csv;

        @Option(names = "--json", description = "One JSON object a line.")
        private boolean json;
    }

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final boolean isExport = TableQuery.isExport(directory);
        final List<String> problems = isExport ? List.of() : export().problems();
        TableQuery.ask(isExport ? directory : JournalTables.of(directory, cache), sql,
                new QueryText(out, shape.json ? QueryText.Form.JSON : shape.csv ? QueryText.Form.CSV : QueryText.Form.TABLE));
        out.flush();
        problems.forEach(spec.commandLine().getErr()::println);
        return problems.isEmpty() ? 0 : 1;
    }

    private ExportResult export() throws IOException {
        final PrintWriter err = spec.commandLine().getErr();
        return TableExport.write(directory, JournalTables.of(directory, cache), TableFormat.PARQUET, ExportRange.ALL, line -> {
            err.println("export: " + line);
            err.flush();
        });
    }
}
