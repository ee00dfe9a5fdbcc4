package io.tickbridge.gateway.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.doctor.ethernet.Driver;
import io.tickbridge.gateway.doctor.ethernet.EthtoolNetlink;
import io.tickbridge.gateway.doctor.ethernet.Features;
import io.tickbridge.gateway.placement.SystemTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Settings of this machine's interfaces, beside what ethtool(8) says. */
final class DoctorOnThisMachineTest {
    /** Names that ethtool(8) has kept from before the kernel named its features. */
    private static final Map<String, String> OLD_NAMES =
            Map.of("rx-gro", "generic-receive-offload", "rx-lro", "large-receive-offload", "rx-gro-hw", "rx-gro-hw");

    private final EthtoolNetlink ethernet = new EthtoolNetlink();
    private final Host host =
            new Host(SystemTree.MACHINE, ethernet, JavaRuntime.current(), Volumes.MACHINE, Optional.empty());

    @Test
    void offloadsAreThoseOfEthtool() throws Exception {
        Requirement.program("ethtool");
        for (final String name : interfaces()) {
            final Features features = ethernet.features(name).orElseThrow();
            final Map<String, String> told = told(name);
            OLD_NAMES.forEach((feature, old) -> assertEquals(told.get(old), !features.on().contains(feature) ? "off"
                    : features.fixed().contains(feature) ? "on [fixed]" : "on", name + " " + feature));
        }
    }

    @Test
    void ringsAndDriverAreThoseOfEthtool() throws Exception {
        Requirement.program("ethtool");
        for (final String name : interfaces()) {
            ethernet.rings(name).ifPresent(rings -> assertEquals(
                    List.of(rings.mostReceive(), rings.receive()), numbers(outputOf("ethtool", "-g", name), "RX:")));
            final Optional<Driver> driver = ethernet.driver(name);
            if (driver.isPresent()) {
                final String text = output("ethtool", "-i", name);
                assertTrue(text.contains("driver: " + driver.get().name() + "\n"), text);
                assertTrue(text.contains("version: " + driver.get().version() + "\n"), text);
            }
        }
    }

    @Test
    void anInterfaceThatIsNotThereHasNoSettings() {
        assertEquals(Optional.empty(), ethernet.rings("nosuchif0"));
        assertEquals(Optional.empty(), ethernet.features("nosuchif0"));
        assertEquals(Optional.empty(), ethernet.driver("nosuchif0"));
        assertEquals(Optional.empty(), ethernet.driver("a-name-longer-than-any-interface"));
    }

    private List<String> interfaces() {
        return host.tree().names("sys/class/net");
    }

    /** What is on, and whether it is fixed; what is off is off for everybody. */
    private static Map<String, String> told(final String name) throws Exception {
        return output("ethtool", "-k", name).lines().filter(line -> line.matches("\\S+: (on|off).*"))
                .collect(Collectors.toMap(line -> line.substring(0, line.indexOf(':')), line -> line.replaceFirst(".*: ", "").replaceFirst("off.*", "off")));
    }

    private static List<Long> numbers(final String text, final String label) {
        return text.lines().filter(line -> line.startsWith(label)).map(line -> Long.valueOf(line.replaceAll("\\D", ""))).toList();
    }

    private static String outputOf(final String... command) {
        try {
            return output(command);
        } catch (final IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String output(final String... command) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
