package io.tickbridge.gateway.cli;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.doctor.Diagnosis;
import io.tickbridge.gateway.doctor.Doctor;
import io.tickbridge.gateway.doctor.Host;
import io.tickbridge.gateway.doctor.JavaRuntime;
import io.tickbridge.gateway.doctor.KernelClock;
import io.tickbridge.gateway.doctor.RecordingTree;
import io.tickbridge.gateway.doctor.Verdict;
import io.tickbridge.gateway.doctor.Volumes;
import io.tickbridge.gateway.doctor.ethernet.EthernetSettings;
import io.tickbridge.gateway.doctor.ethernet.EthtoolNetlink;
import io.tickbridge.gateway.doctor.ethernet.RecordedEthernet;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Examines the machine. */
@Command(name = "doctor", mixinStandardHelpOptions = true,
        description = {"Says what of this machine stands in a gateway's way: what was found, what is wanted, why it matters and how "
                + "to mend it. Changes nothing and needs no rights.",
            "Exits 1 when something that the configuration asks for cannot work."})
final class DoctorCommand implements Callable<Integer> {
    /** Where the kernel's clock state is kept among a recorded machine's files. */
    private static final String CLOCK = "clock/state";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CONFIG", arity = "0..1", description = "What the machine is to run. Without it, the machine alone.")
    private Path config;

    @Option(names = "--json", description = "A JSON array, one object a finding.")
    private boolean json;

    @Option(names = "--all", description = "Why and how also for what is in order.")
    private boolean all;

    @ArgGroup
    private Elsewhere elsewhere = new Elsewhere();

    /** Where the machine's files are. */
    static final class Elsewhere {
        @Option(names = "--record", paramLabel = "DIR",
                description = "Keep a copy of every file that was looked at, for somebody else to look at; nothing else goes in.")
        private Path record;

        @Option(names = "--tree", paramLabel = "DIR", description = "Examine such a copy instead of this machine.")
        private Path tree;
    }

    @Override
    public Integer call() throws IOException {
        final Optional<GatewayConfig> subject = Optional.ofNullable(config).map(ConfigReader::read);
        final List<Diagnosis> findings = Doctor.examine(host(subject));
        final PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonText.of(findings.stream().map(DoctorText::fields).toList()));
        } else {
            DoctorText.print(findings, all, out);
        }
        return findings.stream().anyMatch(finding -> finding.verdict() == Verdict.FAIL) ? 1 : 0;
    }

    private Host host(final Optional<GatewayConfig> subject) throws IOException {
        if (elsewhere.tree != null) {
            if (!Files.isDirectory(elsewhere.tree.resolve("proc"))) {
                throw new IOException(elsewhere.tree + ": no recorded machine: there is no directory `proc` in it; make one with: "
                        + "tickbridge doctor --record DIR");
            }
            final SystemTree tree = new SystemTree(elsewhere.tree);
            return new Host(tree, new RecordedEthernet(tree), JavaRuntime.current(), directory -> OptionalLong.empty(),
                    () -> tree.read(CLOCK).flatMap(KernelClock.State::parse), subject);
        }
        final EthernetSettings ethernet = new EthtoolNetlink();
        if (elsewhere.record == null) {
            return new Host(SystemTree.MACHINE, ethernet, JavaRuntime.current(), Volumes.MACHINE, subject);
        }
        final Host host = new Host(new RecordingTree(Path.of("/"), elsewhere.record), ethernet, JavaRuntime.current(),
                Volumes.MACHINE, subject);
        final Path clock = elsewhere.record.resolve(CLOCK);
        Files.createDirectories(clock.getParent());
        Files.writeString(clock, host.clock().state().map(KernelClock.State::text).orElse(""));
        final Path settings = Files.createDirectories(elsewhere.record.resolve("ethtool"));
        for (final String name : host.tree().names("sys/class/net")) {
            Files.writeString(settings.resolve(name), RecordedEthernet.describe(ethernet, name));
        }
        return host;
    }
}
