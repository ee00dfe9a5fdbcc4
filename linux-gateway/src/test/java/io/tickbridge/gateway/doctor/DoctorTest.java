package io.tickbridge.gateway.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.doctor.ethernet.RecordedEthernet;
import io.tickbridge.gateway.placement.RecordedTree;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The doctor's findings on machines whose files were put down by hand from the kernel's documentation, or recorded. */
final class DoctorTest {
    private static final JavaRuntime JAVA = new JavaRuntime(17, "17.0.15 (Debian)",
            List.of("-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=1g"));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"tuned-epyc-x2522", "untuned-server", "vps-with-vf", "vlan-over-bond", "dpdk-on-second-node"})
    void findsWhatIsWrittenDownForAMachine(final String machine) throws IOException {
        final SystemTree tree = new RecordedTree(directory.resolve("tree"), DoctorTest.class, machine + ".tree").tree();
        assertEquals(text(machine + ".expected"), lines(examine(tree, Optional.of(config(machine)))));
    }

    @Test
    void looksAtAMachineOfThisKindWithoutAConfiguration() throws IOException {
        final SystemTree tree = new RecordedTree(directory.resolve("tree"), DoctorTest.class, "virtual-machine.tree").tree();
        assertEquals(text("virtual-machine.expected"), lines(examine(tree, Optional.empty())));
    }

    @Test
    void whatIsNotInOrderSaysWhyAndHowToMendIt() throws IOException {
        final SystemTree tree = new RecordedTree(directory.resolve("tree"), DoctorTest.class, "untuned-server.tree").tree();
        for (final Diagnosis diagnosis : examine(tree, Optional.of(config("untuned-server")))) {
            assertFalse(diagnosis.why().isBlank(), diagnosis.toString());
            if (diagnosis.verdict() == Verdict.ADVICE || diagnosis.verdict() == Verdict.FAIL) {
                assertFalse(diagnosis.wanted().isBlank() || diagnosis.mend().isBlank(), diagnosis.toString());
            }
        }
    }

    @Test
    void anEmptyTreeIsUnknownAndNoError() throws IOException {
        final SystemTree tree = new SystemTree(Files.createDirectories(directory.resolve("nothing")));
        for (final Diagnosis diagnosis : examine(tree, Optional.of(config("tuned-epyc-x2522")))) {
            assertFalse(diagnosis.found().isBlank(), diagnosis.toString());
        }
    }

    @Test
    void aCopyOfWhatWasLookedAtGivesTheSameFindings() throws IOException {
        final Path original = directory.resolve("tree");
        new RecordedTree(original, DoctorTest.class, "untuned-server.tree");
        final SystemTree recording = new RecordingTree(original, directory.resolve("copy"));
        recording.read("ethtool/ens3f0");
        recording.read("clock/state");
        final Optional<GatewayConfig> config = Optional.of(config("untuned-server"));
        assertEquals(lines(examine(recording, config)), lines(examine(new SystemTree(directory.resolve("copy")), config)));
    }

    /** Pages that a gateway has taken are not free, and not missing either. */
    @Test
    void hugePagesOfAGatewayThatRunsAreNotMissed() throws IOException {
        final RecordedTree server = new RecordedTree(directory.resolve("tree"), DoctorTest.class, "dpdk-on-second-node.tree")
                .with("sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages", "128");
        final Optional<GatewayConfig> config = Optional.of(config("dpdk-on-second-node"));
        assertEquals("advice | huge-pages | node0: 512 of 512 free of 2 MiB; node1: 0 of 128 free of 2 MiB"
                + " | 256 MiB free on the port's node1, unless a gateway has them now\n", line(server.tree(), config, "huge-pages"));
        server.with("proc/950/comm", "java").with("proc/950/cgroup", "0::/system.slice/tickbridge-gateway.service");
        assertEquals("ok | huge-pages | node0: 512 of 512 free of 2 MiB; node1: 0 of 128 free of 2 MiB, the gateway that runs has its own\n",
                line(server.tree(), config, "huge-pages"));
    }

    @Test
    void aClockThatNobodyHasSetIsSaidThoughItsKeeperRuns() throws IOException {
        final RecordedTree server = new RecordedTree(directory.resolve("tree"), DoctorTest.class, "vps-with-vf.tree")
                .with("clock/state", "unsynchronised 16000000");
        assertEquals("advice | clock-synchronisation | chronyd runs; the kernel's clock is not synchronised"
                + " | a clock that its keeper has set\n", line(server.tree(), Optional.of(config("vps-with-vf")), "clock-synchronisation"));
    }

    private static String line(final SystemTree tree, final Optional<GatewayConfig> config, final String check) {
        return lines(examine(tree, config).stream().filter(finding -> finding.check().equals(check)).toList());
    }

    private static List<Diagnosis> examine(final SystemTree tree, final Optional<GatewayConfig> config) {
        return Doctor.examine(new Host(
                tree, new RecordedEthernet(tree), JAVA, place -> OptionalLong.of(200L << 30),
                () -> tree.read("clock/state").flatMap(KernelClock.State::parse), config));
    }

    private static String lines(final List<Diagnosis> findings) {
        return findings.stream().map(finding -> finding.verdict().label() + " | " + finding.check() + " | " + finding.found()
                + (finding.wanted().isEmpty() ? "" : " | " + finding.wanted()) + "\n").collect(Collectors.joining());
    }

    private GatewayConfig config(final String machine) throws IOException {
        return ConfigReader.read(Files.writeString(directory.resolve("gateway.yaml"), text(machine + ".yaml")));
    }

    private static String text(final String name) throws IOException {
        try (InputStream in = DoctorTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
