package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.runtime.LogOutput;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's root. Exit codes: 0 ok, 1 failed, 2 usage. */
@Command(
        name = "tickbridge",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        description = "Exchange wire data to NinjaTrader: the gateway and its tools.",
        footer = {"", "`tickbridge demo` runs everything on this machine: exchange simulator, gateway, add-on.",
            "Exit codes: 0 ok, 1 failed, 2 wrong usage."},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            ReplayCommand.class,
            ExportCommand.class,
            QueryCommand.class,
            ReportCommand.class,
            JournalCommand.class,
            StatCommand.class,
            CheckConfigCommand.class,
            DoctorCommand.class,
            NewKeyCommand.class,
            KeysCommand.class,
            DecodeCommand.class,
            BooksCommand.class,
            BenchCommand.class,
        })
public final class Tickbridge {
    private static final Logger LOG = LoggerFactory.getLogger(Tickbridge.class);

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param args the command and its arguments
     */
    public static void main(final String[] args) {
        // A thread that dies of an error has handed it on before; the virtual machine would print its stack besides.
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            LOG.error("thread {} ended: {}", thread.getName(), failure.toString());
            LOG.debug("thread {} ended", thread.getName(), failure);
        });
        final PrintWriter out = StandardOutput.open();
        final CommandLine commands = commandLine().setOut(out);
        int code = execute(commands, args);
        try {
            out.flush();
        } catch (final StandardOutput.Failure e) {
            code = new FailureMessage().handleExecutionException(e, commands, null);
        }
        LogOutput.close();
        System.exit(code);
    }

    /**
     * Runs one command. Whatever it throws ends as one message.
     *
     * @param commands the command line
     * @param args     the command and its arguments
     * @return the exit code
     */
    static int execute(final CommandLine commands, final String... args) {
        try {
            return commands.execute(args);
        } catch (final Throwable e) { // picocli hands exceptions to FailureMessage, and lets errors through
            return FailureMessage.show(e, commands);
        }
    }

    /**
     * The command line, for tests too.
     *
     * @return parses and runs
     */
    static CommandLine commandLine() {
        return new CommandLine(new Tickbridge())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(new UsageMessage())
                .setExecutionExceptionHandler(new FailureMessage());
    }
}
