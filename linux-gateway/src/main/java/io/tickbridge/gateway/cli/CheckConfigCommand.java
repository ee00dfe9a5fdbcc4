package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.ConfigReference;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.SharedRuleNames;
import io.tickbridge.gateway.config.UnusedSettings;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.preflight.MachineCheck;
import io.tickbridge.gateway.runtime.Gateway;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a configuration, builds the pipeline from it, and looks whether this machine has what it names. */
@Command(name = "check-config", mixinStandardHelpOptions = true,
        description = {"Says whether a configuration file can be used, and if not, everything that is wrong with it.",
            "What it names and this machine does not have (capture file, key file, network interfaces and their links, "
                    + "listen address, rights) is said as `warning:` on standard error, since the file may be for another machine; the exit code "
                    + "stays 0, unless --strict is given. Settings of another source than the chosen one are named as `note:`."})
final class CheckConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Subject subject;

    /** What to do: one of the two. */
    static final class Subject {
        @Parameters(paramLabel = "FILE", description = "The YAML file.")
        private Path file;

        @Option(names = "--reference", description = "Print the reference of all keys (Markdown) instead.")
        private boolean reference;
    }

    @Option(names = "--strict",
            description = "What this machine does not have is an error: the exit code is 1. For the machine it will run on.")
    private boolean strict;

    @Override
    public Integer call() {
        final PrintWriter out = spec.commandLine().getOut();
        if (subject.reference) {
            out.print(ConfigReference.markdown());
            out.flush();
            return 0;
        }
        final GatewayConfig config = ConfigReader.read(subject.file);
        // Signal rules check their own parameters, and a class of the user's may be missing: build them to know.
        Pipeline.check(config);
        UnusedSettings.notes(config).forEach(note -> spec.commandLine().getErr().println("note: " + note));
        SharedRuleNames.notes(config).forEach(note -> spec.commandLine().getErr().println("note: " + note));
        MachineCheck.notes(config).forEach(note -> spec.commandLine().getErr().println("note: " + note));
        final List<String> absent = MachineCheck.run(config);
        if (strict && !absent.isEmpty()) {
            throw new ConfigException(absent);
        }
        absent.forEach(finding -> spec.commandLine().getErr().println("warning: " + finding));
        // The launcher under Onload reads the source off the end of this line.
        out.printf("%s: ok, %d feed(s), %d signal rule(s), %scapture %s%n", subject.file, config.feeds().size(),
                config.signals().size(), market(config), config.capture().source().name().toLowerCase(Locale.ROOT));
        return 0;
    }

    /** Without a link nobody is told. */
    private static String market(final GatewayConfig config) {
        return config.link().enabled()
                ? "add-ons are told that the market is " + Gateway.market(config).name().toLowerCase(Locale.ROOT) + ", " : "";
    }
}
