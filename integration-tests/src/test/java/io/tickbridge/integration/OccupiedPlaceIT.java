package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.integration.exchange.SessionPackets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A port, a journal, a whole configuration that another process holds: the newcomer is refused, the other goes on. */
final class OccupiedPlaceIT {
    @TempDir
    private Path directory;

    @Test
    void aPortOfAnotherProgramIsRefused() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, feed.configuration(0, taken.getLocalPort()));
            ClearError.assertOne(run(directory),
                    "link cannot listen on 127.0.0.1 port " + taken.getLocalPort(), "set link.listen and link.port");
        }
    }

    @Test
    void aSecondGatewayOnTheSamePlacesIsRefusedAndTheFirstGoesOn() throws Exception {
        final List<byte[]> packets = SessionPackets.of(13, 400);
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            final Path first = GatewayFiles.prepare(directory.resolve("first"), feed.configuration(0, 0));
            try (GatewayProcess gateway = GatewayProcess.start(first)) {
                final int port = gateway.port();
                feed.sendInPortionsTo(gateway);
                feed.send(0, packets.subList(0, packets.size() / 2));
                gateway.awaitCount("feed.cme.datagrams", count -> count == packets.size() / 2);

                final Path samePort = GatewayFiles.prepare(directory.resolve("same-port"), feed.configuration(0, port));
                ClearError.assertOne(run(samePort), "link cannot listen on 127.0.0.1 port " + port);
                final Path sameJournal = GatewayFiles.prepare(
                        directory.resolve("same-journal"), GatewayText.changed(feed.configuration(0, 0),
                                "directory: journal", "directory: " + GatewayFiles.journal(first)));
                ClearError.assertOne(run(sameJournal), "journal " + GatewayFiles.journal(first)
                        + " is being written by another gateway", "journal.directory of its own");
                ClearError.assertOne(run(first), "is being written by another gateway");

                feed.send(0, packets.subList(packets.size() / 2, packets.size()));
                // Read from the counters that the first publishes: the others have not taken them from it.
                gateway.awaitCount("feed.cme.datagrams", count -> count == packets.size());
                gateway.stop();
            }
            final List<String> expected = feed.signals(packets);
            assertTrue(expected.size() > 100, () -> "only " + expected.size() + " signals");
            Signals.assertSame(expected, Signals.ofJournal(GatewayFiles.journal(first)), "the first gateway's signals");
            final Launcher.Result replay = Launcher.tickbridge(
                    directory, "replay", "--verify", "--journal", GatewayFiles.journal(first).toString());
            assertEquals(0, replay.exit(), replay.out() + replay.err());
        }
    }

    private static Launcher.Result run(final Path work) throws IOException, InterruptedException {
        return Launcher.tickbridge(work, "run", "--config", GatewayFiles.config(work).toString());
    }
}
