package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.uring.IoUring;
import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What comes off a wire, in whole processes. The main job on real input: a captured CME session comes off a wire at 50,000 packets a second, and what the add-on
 * core under Mono receives is, count and bytes, what the file path computes; once for each transport of the link.
 */
final class LivePathIT {
    private static final int PACKETS = 10_000; // in the capture, over both lines
    private static final int PACE = 50_000; // packets a second, at first
    private static final int MANY_SIGNALS = 2_500; // fewer would prove little
    private static final int ATTEMPTS = 5;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "nio", "io-uring"})
    void signalsInTheAddOnEqualThoseOfTheFilePath(final String transport) throws Exception {
        final Path capture = SharedData.file("captures/cme-mdp3-v6-ch340-ab.pcapng");
        Requirement.program("tcpreplay");
        AddOnProcess.require();
        if ("io-uring".equals(transport)) {
            Requirement.is(IoUring.isAvailable(), "io_uring in this kernel");
        }
        final String configuration = GatewayText.cmeLive(transport);
        final List<String> expected = Signals.ofFile(configuration, capture, Long.MAX_VALUE);
        assertTrue(expected.size() > MANY_SIGNALS, () -> "only " + expected.size() + " signals");
        int attempt = 1;
        while (!signalsAreEqual(expected, transport, configuration, capture, PACE / attempt, directory.resolve("attempt-" + attempt))) {
            assertTrue(attempt++ < ATTEMPTS, "the kernel itself drops packets at any of these paces, below any gateway");
        }
    }

    /** Returns false where the kernel had no room for all packets before any socket, so that there is nothing to compare. */
    private static boolean signalsAreEqual(final List<String> expected, final String transport, final String configuration,
            final Path capture, final int pace, final Path directory) throws Exception {
        GatewayFiles.prepare(directory, configuration);
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess gateway = GatewayProcess.startIn(namespace, directory);
                AddOnProcess addOn = AddOnProcess.startIn(
                        namespace, "add-on", directory, gateway.port(), GatewayFiles.key(directory))) {
            gateway.awaitCount("link.logons", logons -> logons == 1);
            final long before = namespace.packetsOfTheKernel();
            final Launcher.Result sent = namespace.run("tcpreplay", "--intf1=" + NetworkNamespace.WIRE,
                    "--pps=" + pace, "--preload-pcap", capture.toString());
            assertEquals(0, sent.exit(), sent.err());
            Await.until("the kernel to have taken or dropped all packets",
                    () -> namespace.packetsOfTheKernel() - before + namespace.droppedByTheWire() >= PACKETS,
                    () -> namespace.packetsOfTheKernel() - before + " of " + PACKETS);
            if (namespace.droppedByTheWire() > 0) {
                return false;
            }
            awaitFrames(gateway);
            addOn.awaitSignals(expected.size());
            assertSaysWhatCarriesTheLink(gateway, directory, transport);
            gateway.stop();
            addOn.awaitDisconnect();
            assertEquals(0, addOn.stop(), addOn.output());
            Signals.assertSame(expected, addOn.bodies(), "the add-on's");
            System.out.printf("live path, %s: %s; %d signals equal; frame to socket p50 %.1f us, p99 %.1f us%n",
                    transport, rate(sent.out()), expected.size(),
                    gateway.count("latency.frame-to-socket.p50") / 1e3,
                    gateway.count("latency.frame-to-socket.p99") / 1e3);
        }
        Signals.assertSame(expected, Signals.ofJournal(GatewayFiles.journal(directory)), "the journal's");
        SentTimes.assertOf(GatewayFiles.journal(directory), expected.size());
        final Launcher.Result replay = Launcher.tickbridge(
                directory, "replay", "--journal", GatewayFiles.journal(directory).toString(), "--verify");
        assertEquals(0, replay.exit(), replay.out() + replay.err());
        assertTrue(replay.out().contains("replay is equal"), replay.out());
        return true;
    }

    /** In {@code stat}, as a figure and in words. */
    private static void assertSaysWhatCarriesTheLink(final GatewayProcess gateway, final Path directory, final String transport)
            throws Exception {
        for (final String other : List.of("epoll", "nio", "io-uring")) {
            assertEquals(other.equals(transport) ? 1 : 0, gateway.count("link.transport." + other), other);
        }
        final Launcher.Result stat = Launcher.tickbridge(directory, "stat", GatewayFiles.config(directory).toString());
        assertEquals(0, stat.exit(), stat.err());
        assertTrue(stat.out().contains("1 logged on by " + transport + ", security plain, "), stat.out());
    }

    /**
     * Two gateways with different thresholds hear one session on one wire. The journal of the one, run through the settings of the
     * other, gives every byte that the other journalled live.
     */
    @Test
    void anotherThresholdOverAJournalGivesWhatALiveRunWithItGave() throws Exception {
        Requirement.program("tcpreplay");
        final String loose = Session.CME.configuration(LiveSource.UDP);
        final Path one = GatewayFiles.prepare(directory.resolve("loose"), loose);
        final Path other = GatewayFiles.prepare(
                directory.resolve("strict"), GatewayText.changed(loose, "levels: 1, threshold: 0.3", "levels: 1, threshold: 0.6"));
        try (NetworkNamespace namespace = NetworkNamespace.create(directory);
                GatewayProcess first = GatewayProcess.startIn(namespace, one);
                GatewayProcess second = GatewayProcess.startIn(namespace, other)) {
            first.port();
            second.port();
            Session.CME.send(namespace, Session.CME.sendable(directory));
            Session.CME.awaitIn(first);
            Session.CME.awaitIn(second);
            first.stop();
            second.stop();
        }
        final List<String> asJournalled = Signals.ofJournal(GatewayFiles.journal(one));
        final List<String> live = Signals.ofJournal(GatewayFiles.journal(other));
        assertTrue(live.size() > MANY_SIGNALS && live.size() < asJournalled.size(), () -> live.size() + " of " + asJournalled.size());
        final Path bodies = directory.resolve("what-if.txt");
        final Launcher.Result whatIf = Launcher.tickbridge(directory, "replay", "--journal", GatewayFiles.journal(one).toString(),
                "--what-if", GatewayFiles.config(other).toString(), "--bodies", bodies.toString());
        assertEquals(0, whatIf.exit(), whatIf.err());
        Signals.assertSame(live, Files.readAllLines(bodies), "what-if's");
        assertTrue(whatIf.out().contains("changed: rule 3 on record and rule 3 what if: book-imbalance"), () -> last(whatIf.out()));
        System.out.printf("what if: %d signals on record, %d with the other threshold, byte for byte those of the live run with it%n",
                asJournalled.size(), live.size());
    }

    private static String last(final String text) {
        return text.substring(Math.max(0, text.length() - 1_000));
    }

    /** Every frame that was sent has arrived, or the kernel says how many it dropped. */
    private static void awaitFrames(final GatewayProcess gateway) {
        gateway.awaitCount("source.received", received -> received + gateway.count("source.dropped") >= PACKETS);
        assertEquals(0, gateway.count("source.dropped"),
                "datagrams that the kernel dropped because a receive buffer was full; see net.core.rmem_max");
        assertEquals(PACKETS, gateway.count("source.received"));
    }

    /** What tcpreplay says of the pace it kept, in its own words. */
    private static String rate(final String output) {
        return output.lines().filter(line -> line.startsWith("Rated:")).findFirst().orElse("no rate stated");
    }
}
