package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.ops.CountersFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.agrona.concurrent.SystemEpochNanoClock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a running gateway's counters. */
@Command(name = "stat", mixinStandardHelpOptions = true,
        description = "Prints the counters of the gateway that runs with this configuration; exits 1 when none runs.")
final class StatCommand implements Callable<Integer> {
    private static final long LONGEST_SILENCE = 2_000_000_000L; // ns; a gateway publishes ten times a second

    /** Figures that are no counts: 0 is the first core, a pulled cable, memory that is not locked. */
    private static final Pattern STATES = Pattern.compile("(receive|journal)\\.core|interface\\..+\\.carrier|memory\\.locked");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CONFIG", description = "The gateway's configuration file.")
    private Path config;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(names = "--non-zero", description = "Leave out counters that are 0. Cores, carriers and locked memory "
            + "stay: their 0 says something.")
    private boolean nonZero;

    @Override
    public Integer call() {
        final Map<String, Long> values = new TreeMap<>();
        final String absence;
        final Path path = ConfigReader.read(config).countersFile();
        try (CountersFile file = CountersFile.open(path)) {
            absence = absence(file);
            values.put("gateway.process", file.processId());
            values.put("gateway.heartbeat", file.lastHeartbeat());
            file.reader().forEach((value, id, label) -> values.put(label, value));
        }
        final SourceReport source = new SourceReport(Map.copyOf(values));
        final StatusReport status = new StatusReport(values);
        if (nonZero) {
            values.entrySet().removeIf(value -> value.getValue() == 0 && !STATES.matcher(value.getKey()).matches());
        }
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonText.of(values));
        } else {
            out.println("source");
            source.forEachLine((name, text) -> out.println("  " + String.format("%-10s", name) + "  " + text));
            out.println();
            out.println("gateway");
            status.forEachLine((name, text) -> out.println("  " + String.format("%-17s", name) + "  " + text));
            out.println();
            values.forEach((label, value) -> out.println(label + "\t" + value));
        }
        if (absence == null) {
            return 0;
        }
        out.flush();
        spec.commandLine().getErr().println(path + ": " + absence + "; these are its last figures");
        return 1;
    }

    /** Why the figures are not those of a running gateway; null when they are. */
    private static String absence(final CountersFile file) {
        final long age = SystemEpochNanoClock.INSTANCE.nanoTime() - file.lastHeartbeat();
        if (ProcessHandle.of(file.processId()).filter(ProcessHandle::isAlive).isEmpty()) {
            return "the gateway (process " + file.processId() + ") does not run any more";
        }
        if (file.lastHeartbeat() == 0) {
            return "the gateway (process " + file.processId() + ") has published nothing yet";
        }
        return age <= LONGEST_SILENCE ? null : "the gateway (process " + file.processId() + ") has published nothing for "
                + age / 1_000_000 + " ms; has it ended or does it hang?";
    }
}
