package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole gateway under {@code capture.source: afxdp}: how it ends, and what is said before it begins; its signals are compared in SourcesIT. */
final class XdpGatewayIT {
    @TempDir
    private Path directory;

    @BeforeEach
    void needsAfXdp() {
        XdpReceiver.require();
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
        GatewayFiles.prepare(directory, GatewayText.changed(
                configuration(), "interface: " + NetworkNamespace.NIC, "interface: eth99"));
        final Launcher.Result result = Launcher.tickbridge(
                directory, "check-config", "--strict", GatewayFiles.config(directory).toString());
        assertNotEquals(0, result.exit());
        assertTrue((result.out() + result.err()).contains("feeds[0].lines[0].interface: found \"eth99\": no such interface"),
                () -> result.out() + result.err());
    }

    private static String configuration() {
        return GatewayText.live("{source: afxdp, afxdp: {huge-pages: never}}", "cme-mdp3",
                List.of("group: 224.0.31.64, port: 14340", "group: 224.0.32.64, port: 15340"));
    }
}
