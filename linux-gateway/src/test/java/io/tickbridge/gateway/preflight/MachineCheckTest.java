package io.tickbridge.gateway.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.capture.claim.InterfaceClaim;
import io.tickbridge.gateway.capture.claim.InterfaceUse;
import io.tickbridge.gateway.capture.udp.InterfaceIndex;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.ops.CountersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this machine lacks, one thing at a time. */
class MachineCheckTest {
    private static final String FILE = """
            capture: {source: pcap, file: day.pcap}
            feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}]
            link: {listen: 127.0.0.1, key-file: link.key, security: hmac}
            """;
    private static final String LIVE = """
            capture: {source: udp}
            feeds:
              - {name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310, interface: lo}]}
              - {name: b, protocol: cme-mdp3, lines: [{group: 224.0.31.2, port: 14310, interface: lo},
                  {group: 224.0.32.2, port: 14310, interface: nosuch0}]}
            memory: {lock: off}
            link: {enabled: false}
            """;

    @TempDir
    private Path directory;

    /** Everything is there. */
    @BeforeEach
    void writeFiles() throws IOException {
        Files.write(directory.resolve("day.pcap"),
                HexFormat.of().parseHex("d4c3b2a1020004000000000000000000ffff000001000000"));
        Files.writeString(directory.resolve("link.key"), "0123456789abcdef".repeat(4));
    }

    private List<String> findings(final String text) {
        return MachineCheck.run(ConfigReader.parse(text, directory, "x.yaml"));
    }

    @Test
    void nothingIsSaidWhenEverythingIsThere() {
        assertEquals(List.of(), findings(FILE));
        assertEquals(List.of(), findings(FILE.replace("127.0.0.1", "0.0.0.0")));
    }

    @Test
    void aCaptureThatIsNotThere() throws IOException {
        Files.delete(directory.resolve("day.pcap"));
        assertEquals(List.of("x.yaml:1: capture.file: " + directory.resolve("day.pcap")
                + ": no such file or directory; put the capture there or name another"), findings(FILE));
    }

    @Test
    void aCaptureThatIsNone() throws IOException {
        Files.writeString(directory.resolve("day.pcap"), "this is no capture, whatever its name says");
        final List<String> findings = findings(FILE);
        assertEquals(1, findings.size());
        assertTrue(findings.get(0).startsWith("x.yaml:1: capture.file: " + directory.resolve("day.pcap")), findings.get(0));
    }

    @Test
    void aKeyThatIsNotThere() throws IOException {
        Files.delete(directory.resolve("link.key"));
        final List<String> findings = findings(FILE);
        assertEquals(1, findings.size());
        assertTrue(findings.get(0).startsWith("x.yaml:3: link.key-file: link key file " + directory.resolve("link.key")
                + " does not exist; make one with"), findings.get(0));
        assertEquals(List.of(), findings(FILE.replace("link: {", "link: {enabled: false, ")), "nobody would read it");
    }

    @Test
    void aKeyThatIsTooShort() throws IOException {
        Files.writeString(directory.resolve("link.key"), "0123");
        final List<String> findings = findings(FILE);
        assertEquals(1, findings.size());
        assertTrue(findings.get(0).contains("holds 4 hexadecimal digits"), findings.get(0));
    }

    @Test
    void anAddressThatOthersReachNeedsCertificates() {
        final List<String> findings = findings(FILE.replace("127.0.0.1", "0.0.0.0").replace(", security: hmac", ""));
        assertEquals(1, findings.size());
        assertTrue(findings.get(0).contains("tickbridge keys authority"), findings.get(0));
    }

    @Test
    void aPlainLinkThatOthersReachIsSaid() {
        // Of no machine (RFC 5737), which is another finding.
        final List<String> findings = findings(FILE.replace("127.0.0.1", "192.0.2.1").replace("hmac", "plain")).stream()
                .filter(finding -> !finding.contains("link.listen")).toList();
        assertEquals(1, findings.size(), findings::toString);
        assertTrue(findings.get(0).startsWith("x.yaml:3: link.security: is plain on an address that others may reach"), findings.get(0));
        assertEquals(List.of(), findings(FILE.replace("hmac", "plain")), "on loopback it is what auto is");
        assertEquals(List.of(), findings(FILE.replace("127.0.0.1", "0.0.0.0").replace("hmac", "plain")
                .replace("link: {", "link: {enabled: false, ")), "nobody listens");
    }

    @Test
    void anAddressOfAnotherMachine() {
        // RFC 5737 keeps 192.0.2.0/24 for documentation: no machine has it.
        final List<String> findings = findings(FILE.replace("127.0.0.1", "192.0.2.1"));
        assertEquals(1, findings.size());
        assertTrue(findings.get(0).startsWith("x.yaml:3: link.listen: found \"192.0.2.1\", which cannot be listened on: "),
                findings.get(0));
    }

    @Test
    void anInterfaceThatIsNotThere() {
        final List<String> findings = findings(LIVE);
        assertEquals(1, findings.size(), findings.toString());
        assertTrue(findings.get(0).startsWith(
                "x.yaml:5: feeds[1].lines[1].interface: found \"nosuch0\": no such interface; there are "), findings.get(0));
    }

    @Test
    void anInterfaceOfEfViThatIsNotThere() {
        final List<String> findings = findings("""
                capture: {source: efvi, efvi: {interface: nosuch0}}
                feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}]
                memory: {lock: off}
                link: {enabled: false}
                """);
        assertTrue(findings.stream().anyMatch(finding -> finding.startsWith(
                "x.yaml:1: capture.efvi.interface: found \"nosuch0\": no such interface; there are ")), findings::toString);
    }

    /** One frame, whose group the configuration misspells; as a file, and as DPDK plays it. */
    @Test
    void aCaptureThatHasNothingForAnyLine() throws IOException {
        final String udp = "01005e001f40000000000000" + "0800" + "4500001d00004000401100000a010203e0001f40" + "13883804000900000" + "1";
        final String frame = udp + "00".repeat(60 - udp.length() / 2);
        Files.write(directory.resolve("day.pcap"), HexFormat.of().parseHex("d4c3b2a1020004000000000000000000ffff000001000000"
                + ("01000000" + "00000000" + "3c000000" + "3c000000" + frame).repeat(3)));
        final String wrong = "x.yaml:2: feeds: " + directory.resolve("day.pcap") + ": none of its 3 frames is for a configured line; what "
                + "there is: 224.0.31.64:14340 (3 frames); correct group and port of the lines, or name another capture";
        assertEquals(List.of(wrong), findings(FILE));
        assertEquals(List.of(), findings(FILE.replace("224.0.31.1, port: 14310", "224.0.31.64, port: 14340")));
        assertTrue(findings(FILE.replace("{source: pcap, file: day.pcap}", "{source: dpdk, dpdk: {device: \"net_pcap0,rx_pcap="
                + directory.resolve("day.pcap") + "\"}}")).contains(wrong));
    }

    @Test
    void anInterfaceThatIsDownOrAnothers() throws IOException, InterruptedException {
        Requirement.root();
        Requirement.program("ip");
        final String name = "tbm" + ProcessHandle.current().pid();
        ip("link", "add", name, "type", "veth", "peer", "name", name + "p");
        try {
            final String udp = LIVE.replace("nosuch0", name);
            final String dpdk = """
                    capture: {source: dpdk, dpdk: {device: "net_af_xdp0,iface=%s"}}
                    feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}]
                    memory: {lock: off}
                    link: {enabled: false}
                    """.formatted(name);
            final String down = name + ": the interface is down or has no carrier, nothing can be received on it; check that it is up "
                    + "(ip link set dev " + name + " up), its cable and the switch";
            assertTrue(findings(udp).contains("x.yaml:1: capture.source: " + down), () -> findings(udp).toString());
            assertTrue(findings(dpdk).contains("x.yaml:1: capture.dpdk.device: " + down), () -> findings(dpdk).toString());
            ip("link", "set", name, "up");
            ip("link", "set", name + "p", "up");
            assertTrue(findings(udp).stream().noneMatch(text -> text.contains(name)), () -> findings(udp).toString());
            final InterfaceUse[] uses = {InterfaceUse.TAKES, InterfaceUse.SOCKETS};
            for (final InterfaceUse use : uses) {
                final InterfaceClaim claim = InterfaceClaim.take(name, InterfaceIndex.of(name), use).orElseThrow();
                try (claim) {
                    assertEquals(use == InterfaceUse.TAKES, findings(udp).stream().anyMatch(text -> text.startsWith("x.yaml:1: capture.source: "
                            + name + ": another gateway (process " + ProcessHandle.current().pid() + ") takes frames from it")));
                    assertTrue(findings(dpdk).stream().anyMatch(text -> text.startsWith("x.yaml:1: capture.dpdk.device: " + name + ": a")
                            && text.contains(" receives from it already")), () -> findings(dpdk).toString());
                    // The gateway that runs with this very configuration is no obstacle to it.
                    final Path counters = ConfigReader.parse(dpdk, directory, "x.yaml").countersFile();
                    CountersFile.create(counters, 1).close();
                    assertTrue(findings(dpdk).stream().noneMatch(text -> text.contains("from it already")), () -> findings(dpdk).toString());
                    Files.delete(counters);
                }
            }
        } finally {
            ip("link", "del", name);
        }
    }

    private static void ip(final String... words) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(Stream.concat(Stream.of("ip"), Stream.of(words)).toList()).inheritIO().start().waitFor());
    }

    @Test
    void aReceiveBackendWhoseLibraryIsNotThere() {
        System.setProperty("tickbridge.native", directory.toString());
        try {
            final List<String> findings = findings("""
                    capture: {source: dpdk, dpdk: {device: net_null0}}
                    feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}]
                    link: {enabled: false}
                    """);
            assertEquals(1, findings.size());
            assertTrue(findings.get(0).startsWith("x.yaml:1: capture.source: DPDK cannot be used: no readable "
                    + directory.resolve("libtickbridge_dpdk.so")) && findings.get(0).contains("libdpdk-dev"), findings.get(0));
        } finally {
            System.clearProperty("tickbridge.native");
        }
    }
}
