package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.integration.exchange.SessionPackets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that have the wrong key or speak nonsense, while a good one is connected: it must lose no signal by them. */
final class BadPeerIT {
    private static final int ONE_MIB = 1 << 20;

    @TempDir
    private Path directory;

    @Test
    void badPeersAreTurnedAwayAndGoodOnesGetEverySignal() throws Exception {
        AddOnProcess.require();
        final List<byte[]> packets = SessionPackets.of(14, 1_200);
        final int third = packets.size() / 3;
        final Path key = GatewayFiles.key(directory);
        final Path wrongKey = directory.resolve("wrong.key");
        GatewayFiles.writeKey(wrongKey, "a7".repeat(32));
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, feed.configuration(0, 0));
            final List<String> expected = feed.signals(packets);
            final int afterOne = feed.signals(packets.subList(0, third)).size();
            final int afterTwo = feed.signals(packets.subList(0, 2 * third)).size();
            assertTrue(afterOne > 100 && afterTwo > afterOne + 100 && expected.size() > afterTwo + 100, "few signals");
            try (GatewayProcess gateway = GatewayProcess.start(directory);
                    AddOnProcess good = AddOnProcess.start("good", directory, gateway.port(), key);
                    RawPeer silent = new RawPeer(gateway.port())) {
                gateway.awaitCount("link.logons", logons -> logons == 1);
                feed.sendInPortionsTo(gateway);
                feed.send(0, packets.subList(0, third));
                good.awaitSignals(afterOne);

                refuseWrongKey(gateway, wrongKey);
                refuseFrames(gateway);
                feed.send(0, packets.subList(third, 2 * third));
                good.awaitSignals(afterTwo);

                try (AddOnProcess late = AddOnProcess.start("late", directory, gateway.port(), key)) {
                    gateway.awaitCount("link.logons", logons -> logons == 2);
                    feed.send(0, packets.subList(2 * third, packets.size()));
                    good.awaitSignals(expected.size());
                    late.awaitSignals(expected.size() - afterTwo);
                    silent.awaitClosed();
                    assertEquals(1, gateway.awaitCount("link.rejected-logon-timeout", count -> count == 1));
                    gateway.stop();
                    good.awaitDisconnect();
                    late.awaitDisconnect();
                    assertEquals(0, good.stop(), good.output());
                    assertEquals(0, late.stop(), late.output());
                    Signals.assertSame(expected, good.bodies(), "signals of the good peer");
                    Signals.assertSame(expected.subList(afterTwo, expected.size()), late.bodies(),
                            "signals of the peer that came late");
                }
            }
        }
    }

    private void refuseWrongKey(final GatewayProcess gateway, final Path wrongKey) throws Exception {
        try (AddOnProcess wrong = AddOnProcess.start("wrong", directory, gateway.port(), wrongKey)) {
            assertEquals(1, wrong.await());
            final String output = wrong.output();
            assertEquals(1, output.lines()
                    .filter(line -> line.contains("refused the logon: AuthenticationFailed")).count(), output);
            assertTrue(output.lines().noneMatch(line -> line.startsWith("  at ")), output);
            assertTrue(wrong.bodies().isEmpty(), "signals without the key");
        }
        gateway.awaitCount("link.rejected-authentication-failed", count -> count == 1);
    }

    private static void refuseFrames(final GatewayProcess gateway) throws Exception {
        // So little that it goes out whole before the gateway can hang up.
        final byte[] garbage = new byte[1_024];
        new SplittableRandom(1).nextBytes(garbage);
        try (RawPeer oversized = new RawPeer(gateway.port())) {
            oversized.sendFrameOfLength(ONE_MIB);
            oversized.awaitClosed();
        }
        gateway.awaitCount("link.malformed-frames", count -> count == 1);
        try (RawPeer nothing = new RawPeer(gateway.port())) {
            nothing.sendFrameOfLength(0);
            nothing.awaitClosed();
        }
        gateway.awaitCount("link.malformed-frames", count -> count == 2);
        try (RawPeer noise = new RawPeer(gateway.port())) {
            noise.send(garbage);
            noise.awaitClosed();
        }
        gateway.awaitCount("link.malformed-frames", count -> count == 3);
    }
}
