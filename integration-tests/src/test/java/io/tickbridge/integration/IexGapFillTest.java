package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.book.InstrumentKey;
import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import io.tickbridge.gateway.recovery.FeedRecovery;
import io.tickbridge.gateway.recovery.RecoveryCounter;
import io.tickbridge.integration.exchange.GapFillServer;
import io.tickbridge.integration.exchange.GapFillServer.Manner;
import io.tickbridge.protocol.BookState;
import io.tickbridge.protocol.Venue;
import io.tickbridge.integration.exchange.RecordedRun;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * IEX gap fill against a server of our own that speaks the exchange's side, over real sockets: what is lost on both lines
 * is there in time, and the signals are those of a day without loss; a journal of it replays to the same.
 */
class IexGapFillTest {
    private static final int PROTOCOL = 0x8005;
    private static final int CHANNEL = 1;
    private static final int SESSION = 0x43cd0000;
    private static final String[] GROUPS = {"233.215.21.8", "233.215.21.138"};
    private static final int PORT = 10378;

    private final List<byte[]> messages = new DeepPlusSession(4, 1500).messages();
    private final List<String> lossless = lossless();

    /** What both lines deliver of the session, in segments of up to three messages. */
    private static List<UnsafeBuffer> frames(final List<byte[]> messages, final long seed, final double loss) {
        final Random random = new Random(seed);
        final List<UnsafeBuffer> frames = new ArrayList<>();
        int next = 1;
        while (next <= messages.size()) {
            final int last = Math.min(messages.size(), next + random.nextInt(3));
            final boolean lost = random.nextDouble() < loss && next > 1 && last < messages.size();
            final byte[] segment = GapFillServer.segment(
                    PROTOCOL, CHANNEL, SESSION, messages, next, last, DeepPlusSession.time(last));
            for (final String group : GROUPS) {
                if (!lost) {
                    frames.add(UdpFrames.of(new InetSocketAddress(group, PORT), segment));
                }
            }
            next = last + 1;
        }
        return frames;
    }

    private static GatewayConfig config(final String servers) {
        return ConfigReader.parse("""
                capture: {source: udp}
                filter: {sources: [127.0.0.1]}
                feeds:
                  - name: iex
                    protocol: iex-deep-plus
                    reorder-window: 4096
                    reorder-timeout: 60s
                    reorder-wait: 60s
                    lines:
                      - {group: 233.215.21.8, port: 10378, interface: lo}
                      - {group: 233.215.21.138, port: 10378, interface: lo}
                    recovery: {delay: 0ns, timeout: 2s, servers: [SERVERS]}
                signals:
                  - {kind: top-of-book, parameters: {interval: 0ms}}
                link: {enabled: false}
                journal: {enabled: false}
                """.replace("SERVERS", servers), Path.of(""), "gap-fill.yaml");
    }

    private static String udp(final int port) {
        return "{transport: udp, host: 127.0.0.1, port: " + port + "}";
    }

    private static String tcp(final int port) {
        return "{transport: tcp, host: 127.0.0.1, port: " + port + "}";
    }

    private List<String> lossless() {
        final RecordedRun run = new RecordedRun();
        final Pipeline pipeline = new Pipeline(config(udp(1)), FrameRecorder.NONE, List.of(run::signal), List.of());
        frames(messages, 9, 0).forEach(frame -> pipeline.onFrame(frame, 0, frame.capacity(), RecoveredRun.ARRIVAL, 0));
        pipeline.onEndOfInput();
        assertTrue(run.signals().size() > 100, () -> "only " + run.signals().size() + " signals");
        return run.signals();
    }

    private void assertRecovers(final GatewayConfig config, final List<UnsafeBuffer> frames, final int failures) {
        final RecordedRun run = new RecordedRun();
        final FeedRecovery recovery = RecoveredRun.recovery(config);
        final Pipeline pipeline = RecoveredRun.play(config, recovery, frames, run);
        final long holes = recovery.counts().get(RecoveryCounter.HOLES);
        assertTrue(holes > 0);
        assertEquals(holes, recovery.counts().get(RecoveryCounter.RECOVERED), () -> RecoveredRun.describe(recovery) + RecoveredRun.describe(pipeline));
        assertEquals(failures * holes, recovery.counts().get(RecoveryCounter.SERVER_FAILURES));
        assertEquals(0, pipeline.feedCounts(0).get(FeedCounter.LOST));
        assertTrue(pipeline.lineCounts(0).recovered() >= holes);
        assertEquals(lossless, run.signals());
        assertEquals(BookState.TRUSTED, state(pipeline));
        assertEquals(run.signals(), run.replayed(config));
    }

    private static BookState state(final Pipeline pipeline) {
        return pipeline.books(0).find(InstrumentKey.of(Venue.IEX, "ZIEXT")).state();
    }

    @Test
    void holesAreFilledByUdp() throws IOException {
        try (GapFillServer server = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.GOOD)) {
            assertRecovers(config(udp(server.udpPort())), frames(messages, 9, 0.05), 0);
        }
    }

    @Test
    void holesAreFilledByTcp() throws IOException {
        try (GapFillServer server = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.GOOD)) {
            assertRecovers(config(tcp(server.tcpPort())), frames(messages, 9, 0.05), 0);
        }
    }

    /** More messages than one request by UDP may ask for, and than one segment by TCP or one datagram can hold. */
    @Test
    void aLargeHoleTakesSeveralRequestsByUdpAndOneByTcp() throws IOException {
        final List<UnsafeBuffer> frames = frames(messages, 9, 0);
        final List<UnsafeBuffer> holed = new ArrayList<>(frames.subList(0, 40));
        holed.addAll(frames.subList(frames.size() - 10, frames.size()));
        try (GapFillServer server = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.GOOD)) {
            assertRecovers(config(udp(server.udpPort())), holed, 0);
            assertEquals(2, server.requests());
            assertRecovers(config(tcp(server.tcpPort())), holed, 0);
            assertEquals(3, server.requests());
        }
    }

    @Test
    void theNextServerIsAskedWhenOneFails() throws IOException {
        final int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        final List<UnsafeBuffer> frames = frames(messages, 9, 0.003);
        try (GapFillServer good = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.GOOD)) {
            for (final Manner manner : List.of(Manner.SILENT, Manner.OTHER_SESSION, Manner.GARBAGE)) {
                try (GapFillServer bad = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, manner)) {
                    assertRecovers(config(tcp(nobody) + ", " + tcp(bad.tcpPort()) + ", " + udp(good.udpPort())), frames, 2);
                }
            }
            try (GapFillServer bad = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.OTHER_SESSION)) {
                assertRecovers(config(udp(bad.udpPort()) + ", " + tcp(good.tcpPort())), frames, 1);
            }
        }
    }

    @Test
    void whatOneServerHasNotTheNextOneHas() throws IOException {
        final List<UnsafeBuffer> frames = frames(messages, 9, 0);
        final List<UnsafeBuffer> holed = new ArrayList<>(frames.subList(0, 40));
        holed.addAll(frames.subList(100, frames.size()));
        try (GapFillServer half = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.HALF);
                GapFillServer good = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.GOOD)) {
            assertRecovers(config(tcp(half.tcpPort()) + ", " + udp(good.udpPort())), holed, 1);
        }
    }

    @Test
    void aHoleThatNobodyFillsIsAGapAndNoSignalComesFromItsBook() throws IOException {
        final List<UnsafeBuffer> frames = frames(messages, 9, 0.003);
        try (GapFillServer bad = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.GARBAGE)) {
            final GatewayConfig config = config(tcp(bad.tcpPort()));
            final FeedRecovery recovery = RecoveredRun.recovery(config);
            final RecordedRun run = new RecordedRun();
            final Pipeline pipeline = RecoveredRun.play(config, recovery, frames, run);
            assertEquals(recovery.counts().get(RecoveryCounter.HOLES),
                    recovery.counts().get(RecoveryCounter.NOT_RECOVERED), () -> RecoveredRun.describe(recovery));
            assertNotEquals(0, recovery.counts().get(RecoveryCounter.WRONG_ANSWERS));
            assertNotEquals(0, pipeline.feedCounts(0).get(FeedCounter.LOST));
            assertEquals(BookState.SEQUENCE_GAP, state(pipeline));
            // All that came before the first hole, and nothing after it.
            assertEquals(lossless.subList(0, run.signals().size()), run.signals());
            assertTrue(run.signals().size() < lossless.size());
            assertEquals(run.signals(), run.replayed(config));
        }
    }

    @Test
    void aHoleThatIsTooLargeIsNotAskedFor() throws IOException {
        final List<UnsafeBuffer> frames = frames(messages, 9, 0);
        final List<UnsafeBuffer> holed = new ArrayList<>(frames.subList(0, 40));
        holed.addAll(frames.subList(frames.size() - 10, frames.size()));
        try (GapFillServer server = new GapFillServer(PROTOCOL, CHANNEL, SESSION, messages, Manner.GOOD)) {
            final GatewayConfig config = ConfigReader.parse("""
                    capture: {source: udp}
                    feeds:
                      - name: iex
                        protocol: iex-deep-plus
                        lines: [{group: 233.215.21.8, port: 10378, interface: lo},
                          {group: 233.215.21.138, port: 10378, interface: lo}]
                        recovery: {largest-gap: 100, servers: [%s]}
                    link: {enabled: false}
                    journal: {enabled: false}
                    """.formatted(udp(server.udpPort())), Path.of(""), "gap-fill.yaml");
            final FeedRecovery recovery = RecoveredRun.recovery(config);
            final Pipeline pipeline = RecoveredRun.play(config, recovery, holed, new RecordedRun());
            assertEquals(1, recovery.counts().get(RecoveryCounter.TOO_LARGE));
            assertEquals(0, server.requests());
            assertNotEquals(0, pipeline.feedCounts(0).get(FeedCounter.LOST));
        }
    }

    @Test
    void nobodyIsAskedWithoutAServer() {
        assertEquals(List.of(), RecoveryLine.feeds(ConfigReader.parse("""
                capture: {source: udp}
                feeds: [{name: iex, protocol: iex-tops, lines: [{group: 233.215.21.4, port: 10378, interface: lo}]}]
                link: {enabled: false}
                journal: {enabled: false}
                """, Path.of(""), "x.yaml")));
    }
}
