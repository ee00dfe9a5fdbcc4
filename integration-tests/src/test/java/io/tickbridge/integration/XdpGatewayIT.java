package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.SharedData;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway under {@code capture.source: afxdp}: signals as from the file, and how it ends. */
final class XdpGatewayIT {
    private static final int PACKETS = 10_000; // in the CME capture, over both lines

    @TempDir
    private Path directory;

    @BeforeEach
    void needsAfXdp() {
        XdpReceiver.require();
    }

    @Test
    void signalsEqualThoseOfTheFilePath() throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        Requirement.program("tcpreplay");
        final List<String> expected = Signals.ofFile(configuration(), capture, Long.MAX_VALUE);
        assertTrue(expected.size() > 2_500, () -> "only " + expected.size() + " signals");
        GatewayFiles.prepare(directory, configuration());
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess gateway = GatewayProcess.startIn(namespace, directory)) {
            gateway.port();
            final Launcher.Result sent = namespace.run("tcpreplay", "--intf1=" + NetworkNamespace.WIRE,
                    "--pps=50000", "--preload-pcap", capture.toString());
            assertEquals(0, sent.exit(), sent.err());
            gateway.awaitCount("source.received", received -> received == PACKETS);
            assertEquals(0, gateway.count("source.dropped"));
            gateway.stop();
            assertTrue(gateway.log().contains("AF_XDP on " + NetworkNamespace.NIC + " (veth, native XDP, queue 0 copy)"),
                    gateway.log());
        }
        Signals.assertSame(expected, Signals.ofJournal(GatewayFiles.journal(directory)), "the journal's");
    }

    @Test
    void endsWithOneErrorWhenTheInterfaceIsRemoved() throws Exception {
        GatewayFiles.prepare(directory, configuration());
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess gateway = GatewayProcess.startIn(namespace, directory)) {
            gateway.port();
            assertEquals(0, namespace.run("ip", "link", "delete", NetworkNamespace.NIC).exit());
            assertNotEquals(0, gateway.await());
            assertTrue(gateway.log().contains(NetworkNamespace.NIC + ": the network interface is gone"), gateway.log());
        }
    }

    @Test
    void aPreflightNamesAnInterfaceThatIsNotThere() throws Exception {
        GatewayFiles.prepare(directory, configuration().replace("interface: " + NetworkNamespace.NIC, "interface: eth99"));
        final Launcher.Result result = Launcher.tickbridge(
                directory, "check-config", "--strict", GatewayFiles.config(directory).toString());
        assertNotEquals(0, result.exit());
        assertTrue((result.out() + result.err()).contains("feeds[0].lines[0].interface: found \"eth99\": no such interface"),
                () -> result.out() + result.err());
    }

    /** A ring that holds the whole capture, so that no frame is lost however busy the machine is. */
    private static String configuration() {
        return GatewayText.cmeLive("auto").replace("capture: {source: udp, transport: auto, receive-buffer: 16MiB}",
                "capture: {source: afxdp, afxdp: {ring: 16384, frames: 16384, huge-pages: never}}");
    }
}
