package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.replay.JournalCheck;
import io.tickbridge.gateway.replay.ReplaySummary;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at a journal without changing anything in it; a gateway may write it meanwhile. */
@Command(name = "journal", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Looks at a journal. Changes nothing in it; a gateway may write it meanwhile.")
final class JournalCommand {
    @Spec
    private CommandSpec spec;

    @Command(name = "check", mixinStandardHelpOptions = true, description = {
        "Reads every record and checks its length, checksum and number.",
        "The exit code is 0 when all are as they were written; 1 when records are damaged or missing, each with file and byte, or "
                + "when there is no journal."})
    int check(
            @Parameters(paramLabel = "DIR", description = "The journal's directory.") final Path directory,
            @Option(names = "--json", description = "One JSON object.") final boolean json) {
        final JournalCheck check = JournalCheck.of(directory);
        final PrintWriter out = spec.commandLine().getOut();
        out.print(json ? JsonText.of(check.toMap()) + '\n' : check.toText());
        out.flush();
        return check.isSound() ? 0 : 1;
    }

    @Command(name = "info", mixinStandardHelpOptions = true, description = {
        "What a journal holds: its runs, and of each the records by type, the time they span, gaps and damages.",
        "The exit code is 0 whenever there is a journal that can be read."})
    int info(
            @Parameters(paramLabel = "DIR", description = "The journal's directory.") final Path directory,
            @Option(names = "--json", description = "One JSON object.") final boolean json) {
        final ReplaySummary summary = ReplaySummary.of(directory);
        final PrintWriter out = spec.commandLine().getOut();
        out.print(json ? JsonText.of(summary.toMap()) + '\n' : summary.toText());
        out.flush();
        return 0;
    }
}
