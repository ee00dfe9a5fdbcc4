package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import io.tickbridge.integration.process.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole gateways on ef_vi, whose NIC is emulated: a real CME session, and the ways in which a run can end. */
final class EfViIT {
    private static final int PACKETS = 10_000; // in the capture, over both lines

    @TempDir
    private static Path built;

    private static List<String> javaOptions;

    @TempDir
    private Path directory;

    @BeforeAll
    static void buildEmulator() throws IOException, InterruptedException {
        Requirement.program("gcc");
        Requirement.program("tcpreplay");
        final Path module = Installation.root().resolve("linux-gateway");
        final Launcher.Result result = Launcher.run(built, Map.of("TICKBRIDGE_REQUIRE_ALL", "1"), List.of(
                module.resolve("src/main/c/build.sh").toString(), built.resolve("classes").toString(),
                module.resolve("src/test/efvi-emulator").toString()));
        assertEquals(0, result.exit(), result.err());
        try (Stream<Path> files = Files.walk(built)) {
            final Path library = files.filter(file -> file.endsWith("libtickbridge_efvi.so")).findAny().orElseThrow();
            javaOptions = List.of("-Dtickbridge.native=" + library.getParent());
        }
    }

    private static GatewayProcess start(final NetworkNamespace namespace, final Path directory) throws IOException {
        GatewayFiles.prepare(directory, GatewayText.cmeEfVi());
        return GatewayProcess.startIn(namespace, directory, javaOptions);
    }

    private static void play(final NetworkNamespace namespace, final Path capture) throws IOException, InterruptedException {
        namespace.must("tcpreplay", "--intf1=" + NetworkNamespace.WIRE, "--pps=50000", "--preload-pcap", capture.toString());
    }

    private static void awaitAll(final GatewayProcess gateway) {
        gateway.awaitCount("source.received", received -> received >= PACKETS);
        assertEquals(0, gateway.count("source.dropped"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arch=x2", "arch=x3"})
    void signalsEqualThoseOfTheFilePath(final String nic) throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        final List<String> expected = Signals.ofFile(GatewayText.cmeEfVi(), capture, Long.MAX_VALUE);
        assertTrue(expected.size() > 2_500, () -> "only " + expected.size() + " signals");
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            namespace.must("ip", "link", "set", NetworkNamespace.NIC, "alias", "efvi:" + nic);
            try (GatewayProcess gateway = start(namespace, directory)) {
                gateway.port();
                play(namespace, capture);
                awaitAll(gateway);
                gateway.stop();
            }
        }
        Signals.assertSame(expected, Signals.ofJournal(GatewayFiles.journal(directory)), "the journal's");
    }

    @Test
    void theInterfaceWorksAfterAKill() throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            // A NIC that gives a group to one program: the dead one's must be free again.
            namespace.must("ip", "link", "set", NetworkNamespace.NIC, "alias", "efvi:replication=0");
            try (GatewayProcess killed = start(namespace, directory.resolve("killed"))) {
                killed.port();
                play(namespace, capture);
                awaitAll(killed);
                killed.kill();
            }
            try (GatewayProcess next = start(namespace, directory.resolve("next"))) {
                next.port();
                play(namespace, capture);
                awaitAll(next);
                next.stop();
            }
            final Path kernel = directory.resolve("kernel");
            GatewayFiles.prepare(kernel, GatewayText.cmeLive("auto"));
            try (GatewayProcess udp = GatewayProcess.startIn(namespace, kernel)) {
                udp.port();
                play(namespace, capture);
                awaitAll(udp);
                udp.stop();
            }
        }
    }

    @Test
    void twoGatewaysOnOneNicReceiveTheSame() throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess first = start(namespace, directory.resolve("first"));
                GatewayProcess second = start(namespace, directory.resolve("second"))) {
            first.port();
            second.port();
            play(namespace, capture);
            awaitAll(first);
            awaitAll(second);
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
