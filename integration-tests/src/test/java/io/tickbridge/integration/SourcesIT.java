package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tickbridge.gateway.Requirement;
import io.tickbridge.gateway.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whichever way a gateway receives, real sessions of all exchanges that come off a wire give the signals of the file path,
 * and neither a stop nor a kill leaves anything behind.
 */
final class SourcesIT {
    private static final int BEFORE_THE_KILL = 1_000; // packets: enough that every ring has been round

    @TempDir
    private static Path captures;

    /** What one gateway receives: it takes one feed of an exchange that names its instruments alike in all. */
    private static final List<Session> FIRST = List.of(Session.CME, Session.TOPS);

    private static final Map<Session, Path> SENDABLE = new EnumMap<>(Session.class);
    private static final Map<List<Session>, List<String>> EXPECTED = new HashMap<>();

    @TempDir
    private Path directory;

    /** The file path, once: one pipeline, one session after the other, as they are sent. */
    @BeforeAll
    static void playTheFiles() throws Exception {
        Requirement.program("tcpreplay");
        for (final List<Session> sessions : List.of(FIRST, List.of(Session.DEEP), List.of(Session.DEEP_BEGINNING))) {
            final List<String> expected = new ArrayList<>();
            final Pipeline pipeline = Signals.pipeline(Session.configuration(LiveSource.UDP, sessions), expected);
            for (final Session session : sessions) {
                SENDABLE.put(session, session.sendable(captures));
                final int before = expected.size();
                Signals.play(pipeline, SENDABLE.get(session), session.packets());
                final int signals = expected.size() - before;
                assertTrue(signals > session.manySignals(), () -> "only " + signals + " signals of " + session);
            }
            pipeline.onEndOfInput();
            EXPECTED.put(sessions, expected);
        }
    }

    @ParameterizedTest
    @EnumSource(LiveSource.class)
    void signalsEqualThoseOfTheFilePathAfterAKillAndAfterAStop(final LiveSource source) throws Exception {
        assumeTrue(source.isQuick(),
                "skipped: few packets at a time, or one setting beside another source, takes long; TICKBRIDGE_WHOLE_SESSIONS=1 runs it");
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            source.setUp(namespace);
            final Path killed = GatewayFiles.prepare(
                    directory.resolve("killed"), Session.configuration(source, FIRST));
            try (GatewayProcess gateway = GatewayProcess.startIn(namespace, killed, source.javaOptions())) {
                gateway.port();
                send(Session.CME, BEFORE_THE_KILL, namespace, gateway, source);
                gateway.kill();
            }
            // What the dead gateway had taken to itself goes to the kernel's own stack again.
            PortionedReplay.sendToTheKernel(namespace, SENDABLE.get(Session.CME), BEFORE_THE_KILL);
            assertSignalsEqual(FIRST, namespace, directory.resolve("after-a-kill"), source);
            assertSignalsEqual(List.of(source.deep()), namespace, directory.resolve("after-a-stop"), source);
        }
    }

    private static void assertSignalsEqual(final List<Session> sessions, final NetworkNamespace namespace, final Path place,
            final LiveSource source) throws Exception {
        GatewayFiles.prepare(place, Session.configuration(source, sessions));
        try (GatewayProcess gateway = GatewayProcess.startIn(namespace, place, source.javaOptions())) {
            gateway.port();
            for (final Session session : sessions) {
                send(session, session.packets(), namespace, gateway, source);
            }
            assertSourceIsAccountedFor(gateway.stat(), sessions);
            gateway.stop();
        }
        Signals.assertSame(EXPECTED.get(sessions), Signals.ofJournal(GatewayFiles.journal(place)), "the journal's");
    }

    /** All of a session from the file that the device itself reads: the gateway alone says how fast. */
    @Test
    void signalsOfAFileThatNetPcapPlaysEqualThoseOfTheFilePath() throws Exception {
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            final List<Session> sessions = List.of(Session.DEEP);
            // A device that never waits can be faster than a disk: the journal's ring holds the session.
            GatewayFiles.prepare(directory, GatewayText.changed(Session.configuration(
                    "{source: dpdk, dpdk: {device: \"net_pcap0,rx_pcap=" + SENDABLE.get(Session.DEEP)
                            + "\", huge-pages: never}}", sessions), "ring: 16MiB", "ring: 64MiB"));
            try (GatewayProcess gateway = GatewayProcess.startIn(namespace, directory)) {
                gateway.awaitCount("feed.deep.datagrams", datagrams -> datagrams == Session.DEEP.packets());
                assertSourceIsAccountedFor(gateway.stat(), sessions);
                gateway.stop();
            }
            Signals.assertSame(EXPECTED.get(sessions), Signals.ofJournal(GatewayFiles.journal(directory)), "the journal's");
        }
    }

    /** Nothing may be lost on the way: neither by the kernel's queue nor in the buffers of the source. */
    private static void send(final Session session, final int packets, final NetworkNamespace namespace,
            final GatewayProcess gateway, final LiveSource source) throws IOException, InterruptedException {
        final int portion = Math.min(source.holds(), PortionedReplay.PORTION);
        final long before = namespace.packetsOfTheKernel();
        PortionedReplay.send(namespace, SENDABLE.get(session), packets, portion, sent -> {
            if (sent % source.holds() == 0 || sent == packets) {
                gateway.awaitCount("feed." + session.feed() + ".datagrams", datagrams -> datagrams == sent);
            } else {
                PortionedReplay.awaitInTheKernel(namespace, before + sent);
            }
        });
    }

    /** What came is bursts of frames, each of which was delivered to a feed or is counted under a reason. */
    private static void assertSourceIsAccountedFor(final Map<String, Object> stat, final List<Session> sessions) {
        final long sent = sessions.stream().mapToLong(Session::packets).sum();
        final long filtered = stat.entrySet().stream().filter(figure -> figure.getKey().startsWith("filter.dropped."))
                .mapToLong(figure -> ((Number) figure.getValue()).longValue()).sum();
        assertEquals(sent + filtered, ((Number) stat.get("source.received")).longValue());
        final long bursts = ((Number) stat.get("source.bursts")).longValue();
        assertTrue(bursts > 0 && bursts <= sent + filtered, () -> bursts + " bursts");
        assertTrue(((Number) stat.get("source.empty-polls")).longValue() > 0, "never an empty poll");
        assertEquals(1, stat.entrySet().stream().filter(figure -> figure.getKey().startsWith("source.timestamps."))
                .mapToLong(figure -> ((Number) figure.getValue()).longValue()).sum(), "clocks");
        assertTrue(stat.keySet().stream().anyMatch(name -> name.startsWith("source.lost.")), "no reason for losses");
    }
}
