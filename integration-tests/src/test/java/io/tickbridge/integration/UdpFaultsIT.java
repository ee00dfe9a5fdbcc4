package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Multicast through the kernel when interfaces go, come back, or are shared. */
final class UdpFaultsIT {
    private static final String SECOND = "nic1";

    @TempDir
    private Path directory;

    @Test
    void endsWithAClearMessageWhenTheLastInterfaceIsRemoved() throws Exception {
        GatewayFiles.prepare(directory, Session.CME.configuration(LiveSource.UDP));
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess gateway = GatewayProcess.startIn(namespace, directory)) {
            gateway.port();
            namespace.must("ip", "link", "delete", NetworkNamespace.NIC);
            assertEquals(1, gateway.await(), gateway.log());
            assertTrue(gateway.log().contains("interface " + NetworkNamespace.NIC + " was removed: nothing is received any more of"),
                    gateway.log());
            assertTrue(gateway.log().contains("no interface is left to receive on, removed: " + NetworkNamespace.NIC),
                    gateway.log());
        }
    }

    @Test
    void receivesOnWithTheOtherInterfaceAndJoinsAgainWhenTheFirstIsBack() throws Exception {
        Requirement.program("tcpreplay");
        final Path capture = Session.CME.sendable(directory);
        GatewayFiles.prepare(directory, GatewayText.changed(Session.CME.configuration(LiveSource.UDP),
                "15340, interface: " + NetworkNamespace.NIC, "15340, interface: " + SECOND));
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            namespace.must("ip", "link", "add", "wire1", "type", "veth", "peer", "name", SECOND);
            namespace.must("ip", "link", "set", SECOND, "up");
            try (GatewayProcess gateway = GatewayProcess.startIn(namespace, directory)) {
                gateway.port();
                namespace.must("ip", "link", "delete", NetworkNamespace.NIC);
                gateway.awaitCount("source.seen.interface-removals", removals -> removals == 1);
                namespace.setUpWire();
                Await.until("the groups joined again", () -> log(gateway).contains("its groups are joined again"),
                        () -> log(gateway));
                Session.CME.send(namespace, capture);
                gateway.awaitCount("feed.feed.line-A.datagrams", datagrams -> datagrams == Session.CME.packets() / 2);
                assertEquals(0, gateway.count("feed.feed.line-B.datagrams"));
                gateway.stop();
            }
        }
    }

    @Test
    void twoGatewaysOnOneInterfaceReceiveTheSame() throws Exception {
        Requirement.program("tcpreplay");
        final Path capture = Session.CME.sendable(directory);
        final String configuration = Session.CME.configuration(LiveSource.UDP);
        final Path one = GatewayFiles.prepare(directory.resolve("one"), configuration);
        final Path two = GatewayFiles.prepare(directory.resolve("two"), configuration);
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess first = GatewayProcess.startIn(namespace, one);
                GatewayProcess second = GatewayProcess.startIn(namespace, two)) {
            first.port();
            second.port();
            Session.CME.send(namespace, capture);
            Session.CME.awaitIn(first);
            Session.CME.awaitIn(second);
            first.stop();
            second.stop();
        }
        Signals.assertSame(Signals.ofJournal(GatewayFiles.journal(one)), Signals.ofJournal(GatewayFiles.journal(two)),
                "the second gateway's");
    }

    /** A gateway that does not get its turn, and a buffer too small for what comes meanwhile. */
    @Test
    void saysToTheLastHowManyDatagramsTheKernelDropped() throws Exception {
        Requirement.program("tcpreplay");
        final Path capture = Session.CME.sendable(directory);
        GatewayFiles.prepare(directory, Session.CME.configuration(LiveSource.UDP).replace(
                "receive-buffer: 16MiB", "receive-buffer: 64KiB"));
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess gateway = GatewayProcess.startIn(namespace, directory)) {
            gateway.port();
            gateway.signal("STOP");
            Session.CME.send(namespace, capture);
            gateway.signal("CONT");
            // Counters are published one after the other: the total of the losses may be behind their reason's for a moment.
            gateway.awaitCount("source.dropped",
                    lost -> gateway.count("source.received") + lost == Session.CME.packets());
            final long dropped = gateway.count("source.dropped");
            assertTrue(dropped > Session.CME.packets() / 2, () -> dropped + " dropped");
            gateway.stop();
            assertTrue(gateway.log().contains("dropped by kernel or NIC " + dropped + " (socket-buffer " + dropped + ")"),
                    gateway.log());
            assertEquals(dropped, gateway.count("source.dropped"), "after the end");
        }
    }

    private static String log(final GatewayProcess gateway) {
        try {
            return gateway.log();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
