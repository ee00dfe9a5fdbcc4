package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.ops.CountersFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a running gateway's counters. */
@Command(name = "stat", mixinStandardHelpOptions = true,
        description = "Prints the counters of the gateway that runs with this configuration.")
final class StatCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CONFIG", description = "The gateway's configuration file.")
    private Path config;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(names = "--non-zero", description = "Leave out counters that are 0.")
    private boolean nonZero;

    @Override
    public Integer call() {
        final Map<String, Long> values = new TreeMap<>();
        try (CountersFile file = CountersFile.open(ConfigReader.read(config).countersFile())) {
            values.put("gateway.process", file.processId());
            values.put("gateway.heartbeat", file.lastHeartbeat());
            file.reader().forEach((value, id, label) -> values.put(label, value));
        }
        if (nonZero) {
            values.values().removeIf(value -> value == 0);
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonText.of(values));
        } else {
            values.forEach((label, value) -> out.println(label + "\t" + value));
        }
        return 0;
    }
}
