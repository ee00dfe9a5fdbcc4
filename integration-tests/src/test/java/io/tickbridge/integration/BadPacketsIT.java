package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.integration.exchange.MalformedPacket;
import io.tickbridge.integration.exchange.SessionPackets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Malformed packets amid good ones, on the live path. A malformed packet must be what a lost one is, no less and no
 * more: the books are in doubt until each instrument's own numbering shows that nothing of it is missing.
 */
final class BadPacketsIT {
    private static final int EVENTS = 1_000;

    @TempDir
    private Path directory;

    @Test
    void aMalformedPacketIsCountedAndOtherwiseAsIfLost() throws Exception {
        final List<byte[]> soundOnes = new ArrayList<>();
        try (SimulatedFeed feed = SimulatedFeed.ofOneLine()) {
            GatewayFiles.prepare(directory, feed.configuration(0, 0));
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                gateway.port();
                feed.sendInPortionsTo(gateway);
                final long sent = sendWithMalformedOnes(feed, gateway, soundOnes);
                gateway.awaitCount("feed.cme.datagrams", count -> count == sent);
                final Map<String, Object> stat = gateway.stat();
                assertEquals(MalformedPacket.values().length, number(stat, "feed.cme.malformed"));
                // The packet cut in its header has no number, so its number is found missing: the only gap.
                assertEquals(1, number(stat, "feed.cme.gaps"));
                assertEquals(1, number(stat, "feed.cme.lost"));
                assertEquals(sent - 1, number(stat, "feed.cme.packets"));
                assertEquals(0, number(stat, "source.dropped"));
                assertTrue(number(stat, "books.cme.healed-by-report-sequence") > 0, "no book was in doubt");
                assertEquals(0, number(stat, "books.cme.report-sequence-gaps"));
                gateway.stop();
            }
            final List<String> expected = feed.signals(soundOnes);
            assertTrue(expected.size() > EVENTS / 2, () -> "only " + expected.size() + " signals");
            Signals.assertSame(expected, Signals.ofJournal(GatewayFiles.journal(directory)),
                    "signals where malformed packets came, beside those where they were lost");
        }
    }

    /** A session with one packet of each malformed sort somewhere between two events; returns the datagrams sent. */
    private static long sendWithMalformedOnes(
            final SimulatedFeed feed, final GatewayProcess gateway, final List<byte[]> soundOnes) throws IOException {
        final List<byte[]> session = SessionPackets.of(11, EVENTS);
        final Iterator<MalformedPacket> sorts = List.of(MalformedPacket.values()).iterator();
        final int apart = session.size() / (MalformedPacket.values().length + 1);
        long sequence = 0;
        long malformed = 0;
        for (int i = 0; i < session.size(); i++) {
            final byte[] packet = SessionPackets.renumbered(session.get(i), ++sequence);
            feed.send(0, packet);
            soundOnes.add(packet);
            if (sorts.hasNext() && i > (malformed + 1) * apart && SessionPackets.isLastOfEvent(session, i)) {
                feed.send(0, sorts.next().packet(++sequence, packet));
                final long counted = ++malformed;
                gateway.awaitCount("feed.cme.malformed", count -> count == counted);
            }
        }
        assertFalse(sorts.hasNext(), "the session is too short");
        return sequence;
    }

    @Test
    void whatOneLineCutsShortTheOtherMakesUpFor() throws Exception {
        final List<byte[]> packets = SessionPackets.of(12, EVENTS);
        try (SimulatedFeed feed = SimulatedFeed.ofTwoLines()) {
            // A machine that is busy elsewhere for longer than the default wait must not be taken for a loss.
            GatewayFiles.prepare(directory, GatewayText.changed(
                    feed.configuration(256, 0), "reorder-window: 256", "reorder-window: 256\n    reorder-wait: 60s"));
            try (GatewayProcess gateway = GatewayProcess.start(directory)) {
                gateway.port();
                feed.sendInPortionsTo(gateway);
                int cut = 0;
                for (int i = 0; i < packets.size(); i++) {
                    final boolean damaged = i % 40 == 20;
                    feed.send(0, damaged ? Arrays.copyOf(packets.get(i), 7) : packets.get(i));
                    feed.send(1, packets.get(i));
                    cut += damaged ? 1 : 0;
                }
                gateway.awaitCount("feed.cme.datagrams", count -> count == 2L * packets.size());
                assertEquals(cut, gateway.count("feed.cme.malformed"));
                assertEquals(0, gateway.count("feed.cme.gaps"));
                gateway.stop();
            }
            Signals.assertSame(feed.signals(packets), Signals.ofJournal(GatewayFiles.journal(directory)),
                    "signals with line A damaged");
        }
    }

    private static long number(final Map<String, Object> stat, final String label) {
        return ((Number) stat.get(label)).longValue();
    }
}
