package io.tickbridge.gateway.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this machine lacks, one thing at a time. */
class MachineCheckTest {
    private static final String FILE = """
            capture: {source: pcap, file: day.pcap}
            feeds: [{name: a, protocol: cme-mdp3, lines: [{group: 224.0.31.1, port: 14310}]}]
            link: {listen: 127.0.0.1, key-file: link.key}
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
