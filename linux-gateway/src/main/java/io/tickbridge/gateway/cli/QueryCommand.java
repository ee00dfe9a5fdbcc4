package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.export.TableQuery;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs SQL over a journal. */
@Command(name = "query", mixinStandardHelpOptions = true,
        description = {"Runs one SQL statement over a journal's tables, with DuckDB.",
            "The tables are those of `export`: frames, top_of_book, trades, signals, signals_sent, orders, executions, positions, "
                    + "risk_decisions, instruments, runs, run_ends, feed_health, link_events, journal_losses; transaction_costs; and views of them.",
            "A journal's tables are exported first, and kept; the exit code is 1 when something is missing from the journal, "
                    + "or a day of the tables is not whole."})
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

    @Mixin
    private final DiskOptions disk = new DiskOptions();

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        TableQuery.requireSelect(sql);
        final JournalTables tables;
        try (ExportScreen screen = new ExportScreen(spec.commandLine().getErr())) {
            tables = JournalTables.of(directory, cache, disk, screen);
        }
        TableQuery.ask(tables.directory(), sql,
                new QueryText(out, shape.json ? QueryText.Form.JSON : shape.csv ? QueryText.Form.CSV : QueryText.Form.TABLE));
        out.flush();
        tables.problems().forEach(spec.commandLine().getErr()::println);
        return tables.problems().isEmpty() ? 0 : 1;
    }
}
