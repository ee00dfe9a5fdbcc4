package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.integration.process.Installation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole gateways on ef_vi, whose NIC is emulated: what is ef_vi's alone. That its signals are those of the file path, and
 * what a kill leaves, is shown in SourcesIT.
 */
final class EfViIT {
    @TempDir
    private Path directory;

    private static GatewayProcess start(final NetworkNamespace namespace, final Path directory) throws Exception {
        GatewayFiles.prepare(directory, GatewayText.cmeEfVi());
        return GatewayProcess.startIn(namespace, directory, List.of("-Dtickbridge.native=" + EfViEmulator.directory()));
    }

    @Test
    void twoGatewaysOnOneNicReceiveTheSame() throws Exception {
        Requirement.program("tcpreplay");
        final Path capture = Session.CME.sendable(directory);
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess first = start(namespace, directory.resolve("first"));
                GatewayProcess second = start(namespace, directory.resolve("second"))) {
            first.port();
            second.port();
            PortionedReplay.send(namespace, capture, Session.CME.packets(), PortionedReplay.PORTION, sent -> {
                first.awaitCount("source.received", received -> received >= sent);
                second.awaitCount("source.received", received -> received >= sent);
            });
            first.stop();
            second.stop();
        }
        final List<String> expected = Signals.ofFile(GatewayText.cmeEfVi(), capture, Long.MAX_VALUE);
        for (final String name : List.of("first", "second")) {
            Signals.assertSame(expected, Signals.ofJournal(GatewayFiles.journal(directory.resolve(name))), name);
        }
    }

    @Test
    void endsWithAClearMessageWhenTheInterfaceIsRemoved() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess gateway = start(namespace, directory)) {
            gateway.port();
            namespace.must("ip", "link", "delete", NetworkNamespace.NIC);
            assertEquals(1, gateway.await(), gateway.log());
            assertTrue(gateway.log().contains(NetworkNamespace.NIC + ": the NIC was reset or removed"), gateway.log());
        }
    }

    @Test
    void saysWhatToInstallWithoutTheLibrary() throws Exception {
        GatewayFiles.prepare(directory, GatewayText.cmeEfVi());
        final Launcher.Result result = Launcher.run(directory,
                Map.of("TICKBRIDGE_JAVA_OPTS", "-Dtickbridge.native=" + directory),
                Installation.tickbridge("run", "--config", GatewayFiles.config(directory).toString()));
        ClearError.assertOne(result, "ef_vi cannot be used", "libtickbridge_efvi.so", "OpenOnload");
    }
}
