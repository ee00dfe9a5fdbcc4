package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.Requirement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whichever way a gateway receives, real sessions that come off a wire give the signals of the file path, and neither a
 * stop nor a kill leaves anything behind.
 */
final class SourcesIT {
    @TempDir
    private Path directory;

    static Stream<Arguments> everySessionThroughEverySource() {
        return Stream.of(Session.values()).flatMap(session ->
                Stream.of(LiveSource.values()).map(source -> Arguments.of(session, source)));
    }

    @ParameterizedTest
    @MethodSource("everySessionThroughEverySource")
    void signalsEqualThoseOfTheFilePath(final Session session, final LiveSource source) throws Exception {
        Requirement.program("tcpreplay");
        final String configuration = session.configuration(source);
        final Path sendable = session.sendable(directory);
        final List<String> expected = Signals.ofFile(configuration, sendable, session.packets());
        assertTrue(expected.size() > session.manySignals(), () -> "only " + expected.size() + " signals");
        GatewayFiles.prepare(directory, configuration);
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            source.setUp(namespace);
            try (GatewayProcess gateway = GatewayProcess.startIn(namespace, directory, source.javaOptions())) {
                gateway.port();
                session.send(namespace, sendable);
                session.awaitIn(gateway);
                assertSourceIsAccountedFor(gateway.stat(), session.packets());
                gateway.stop();
            }
        }
        Signals.assertSame(expected, Signals.ofJournal(GatewayFiles.journal(directory)), "the journal's");
    }

    /** What came is bursts of frames, each of which was delivered to the feed or is counted under a reason. */
    private static void assertSourceIsAccountedFor(final Map<String, Object> stat, final int packets) {
        final long filtered = stat.entrySet().stream().filter(figure -> figure.getKey().startsWith("filter.dropped."))
                .mapToLong(figure -> ((Number) figure.getValue()).longValue()).sum();
        assertEquals(packets + filtered, ((Number) stat.get("source.received")).longValue());
        final long bursts = ((Number) stat.get("source.bursts")).longValue();
        assertTrue(bursts > 0 && bursts <= packets + filtered, () -> bursts + " bursts");
        assertTrue(((Number) stat.get("source.empty-polls")).longValue() > 0, "never an empty poll");
        assertEquals(1, stat.entrySet().stream().filter(figure -> figure.getKey().startsWith("source.timestamps."))
                .mapToLong(figure -> ((Number) figure.getValue()).longValue()).sum(), "clocks");
        assertTrue(stat.keySet().stream().anyMatch(name -> name.startsWith("source.lost.")), "no reason for losses");
    }

    @ParameterizedTest
    @EnumSource(LiveSource.class)
    void theInterfaceWorksAfterAKill(final LiveSource source) throws Exception {
        Requirement.program("tcpreplay");
        final Path capture = Session.CME.sendable(directory);
        try (NetworkNamespace namespace = NetworkNamespace.create(directory)) {
            source.setUp(namespace);
            receiveAll(namespace, capture, "killed", source, true);
            receiveAll(namespace, capture, "next", source, false);
            receiveAll(namespace, capture, "kernel", LiveSource.UDP, false);
        }
    }

    private void receiveAll(final NetworkNamespace namespace, final Path capture, final String name, final LiveSource source,
            final boolean kill) throws Exception {
        final Path place = GatewayFiles.prepare(directory.resolve(name), Session.CME.configuration(source));
        try (GatewayProcess gateway = GatewayProcess.startIn(namespace, place, source.javaOptions())) {
            gateway.port();
            Session.CME.send(namespace, capture);
            Session.CME.awaitIn(gateway);
            if (kill) {
                gateway.kill();
            } else {
                gateway.stop();
            }
        }
    }
}
