package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.config.ConfigReader;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.pipeline.FrameRecorder;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.recovery.FeedRecovery;
import io.tickbridge.gateway.recovery.RecoveryCounter;
import io.tickbridge.integration.exchange.ReplayServer;
import io.tickbridge.integration.exchange.ReplayServer.Manner;
import io.tickbridge.integration.exchange.SessionPackets;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * CME's TCP replay against a server of our own that speaks the exchange's side, over real sockets: small holes are filled in
 * time, and the signals are those of a day without loss; a journal of it replays to the same. What cannot be had is a gap.
 */
class CmeReplayTest {
    private static final int CHANNEL = 310;
    private static final String[] GROUPS = {"224.0.31.1", "224.0.32.1"};
    private static final int PORT = 14310;

    private final List<byte[]> packets = SessionPackets.of(4, 2_600);
    private final List<String> lossless = lossless();

    /** What both lines deliver, but for some packets. */
    private List<UnsafeBuffer> frames(final long seed, final double loss) {
        final Random random = new Random(seed);
        final List<UnsafeBuffer> frames = new ArrayList<>();
        for (int i = 0; i < packets.size(); i++) {
            if (i == 0 || i == packets.size() - 1 || random.nextDouble() >= loss) {
                frames.addAll(frames(i, i + 1));
            }
        }
        return frames;
    }

    private List<UnsafeBuffer> frames(final int from, final int to) {
        final List<UnsafeBuffer> frames = new ArrayList<>();
        for (final byte[] packet : packets.subList(from, to)) {
            for (final String group : GROUPS) {
                frames.add(UdpFrames.of(new InetSocketAddress(group, PORT), packet));
            }
        }
        return frames;
    }

    private static GatewayConfig config(final String servers) {
        return ConfigReader.parse("""
                capture: {source: udp}
                filter: {sources: [127.0.0.1]}
                feeds:
                  - name: cme
                    protocol: cme-mdp3
                    reorder-window: 4096
                    reorder-timeout: 60s
                    reorder-wait: 60s
                    lines:
                      - {group: 224.0.31.1, port: 14310, interface: lo}
                      - {group: 224.0.32.1, port: 14310, interface: lo}
                    recovery: {delay: 0ns, timeout: 2s, channel: 310, servers: [SERVERS]}
                signals:
                  - {kind: top-of-book, parameters: {interval: 0ms}}
                link: {enabled: false}
                journal: {enabled: false}
                """.replace("SERVERS", servers), Path.of(""), "replay.yaml");
    }

    private static String at(final int port) {
        return "{transport: tcp, host: 127.0.0.1, port: " + port + "}";
    }

    private ReplayServer server(final Manner manner) throws IOException {
        return new ReplayServer(CHANNEL, ReplayServer.of(packets), manner);
    }

    private List<String> lossless() {
        final RecordedRun run = new RecordedRun();
        final Pipeline pipeline = new Pipeline(config(at(1)), FrameRecorder.NONE, List.of(run::signal), List.of());
        frames(0, packets.size())
                .forEach(frame -> pipeline.onFrame(frame, 0, frame.capacity(), RecoveredRun.ARRIVAL, 0));
        pipeline.onEndOfInput();
        assertTrue(run.signals().size() > 100, () -> "only " + run.signals().size() + " signals");
        return run.signals();
    }

    private FeedRecovery assertRecovers(final GatewayConfig config, final List<UnsafeBuffer> frames) {
        final RecordedRun run = new RecordedRun();
        final FeedRecovery recovery = RecoveredRun.recovery(config);
        final Pipeline pipeline = RecoveredRun.play(config, recovery, frames, run);
        final long holes = recovery.counts().get(RecoveryCounter.HOLES);
        assertTrue(holes > 0);
        assertEquals(holes, recovery.counts().get(RecoveryCounter.RECOVERED),
                () -> RecoveredRun.describe(recovery) + RecoveredRun.describe(pipeline));
        assertEquals(0, pipeline.feedCounts(0).get(FeedCounter.LOST));
        assertTrue(pipeline.lineCounts(0).recovered() >= holes);
        assertEquals(lossless, run.signals());
        assertEquals(run.signals(), run.replayed(config));
        return recovery;
    }

    @ParameterizedTest
    @EnumSource(value = Manner.class, names = {"GOOD", "CHATTY"})
    void smallHolesAreFilledEachByAConnectionOfItsOwn(final Manner manner) throws IOException {
        try (ReplayServer server = server(manner)) {
            final FeedRecovery recovery = assertRecovers(config(at(server.port())), frames(9, 0.02));
            assertEquals(recovery.counts().get(RecoveryCounter.HOLES), server.logons());
            assertEquals(server.logons(), server.requests());
            assertEquals(0, recovery.counts().get(RecoveryCounter.SERVER_FAILURES));
            assertEquals(0, recovery.counts().get(RecoveryCounter.REFUSALS));
        }
    }

    @Test
    void serversTakeTurns() throws IOException {
        try (ReplayServer one = server(Manner.GOOD); ReplayServer two = server(Manner.GOOD); ReplayServer three = server(Manner.GOOD)) {
            final FeedRecovery recovery = assertRecovers(
                    config(at(one.port()) + ", " + at(two.port()) + ", " + at(three.port())), frames(9, 0.02));
            final long holes = recovery.counts().get(RecoveryCounter.HOLES);
            assertEquals((holes + 2) / 3, one.requests());
            assertEquals((holes + 1) / 3, two.requests());
            assertEquals(holes / 3, three.requests());
        }
    }

    @ParameterizedTest
    @EnumSource(value = Manner.class, names = {"GOOD", "CHATTY"}, mode = EnumSource.Mode.EXCLUDE)
    void theNextServerIsAskedForTheRestWhenOneFails(final Manner manner) throws IOException {
        final List<UnsafeBuffer> frames = frames(0, 300);
        frames.addAll(frames(340, packets.size()));
        try (ReplayServer bad = server(manner); ReplayServer good = server(Manner.GOOD)) {
            final FeedRecovery recovery = assertRecovers(config(at(bad.port()) + ", " + at(good.port())), frames);
            assertEquals(1, recovery.counts().get(RecoveryCounter.SERVER_FAILURES));
            final boolean refuses = manner == Manner.REFUSES_LOGON || manner == Manner.REFUSES_REQUEST || manner == Manner.HALF;
            assertEquals(refuses ? 1 : 0, recovery.counts().get(RecoveryCounter.REFUSALS));
            final boolean wrong = manner == Manner.OTHER_NUMBERS || manner == Manner.GARBAGE;
            assertEquals(wrong ? 1 : 0, recovery.counts().get(RecoveryCounter.WRONG_ANSWERS));
            // What the first one sent before it failed, the second is not asked for again.
            assertEquals(40, recovery.counts().get(RecoveryCounter.ANSWERS));
        }
    }

    @Test
    void aServerThatIsNotThereIsPassedOver() throws IOException {
        final int nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = socket.getLocalPort();
        }
        try (ReplayServer good = server(Manner.GOOD)) {
            assertRecovers(config(at(nobody) + ", " + at(good.port())), frames(9, 0.003));
        }
    }

    /** CME answers for 2,000 packets at most. */
    @Test
    void aHoleOfTwoThousandIsAskedForAndOneMoreIsNot() throws IOException {
        try (ReplayServer server = server(Manner.GOOD)) {
            final List<UnsafeBuffer> frames = frames(0, 300);
            frames.addAll(frames(2300, packets.size()));
            assertRecovers(config(at(server.port())), frames);
            assertEquals(1, server.requests());

            final List<UnsafeBuffer> holed = frames(0, 300);
            holed.addAll(frames(2301, packets.size()));
            final FeedRecovery recovery = RecoveredRun.recovery(config(at(server.port())));
            final RecordedRun run = new RecordedRun();
            final Pipeline pipeline = RecoveredRun.play(config(at(server.port())), recovery, holed, run);
            assertEquals(1, recovery.counts().get(RecoveryCounter.TOO_LARGE));
            assertEquals(1, server.requests());
            assertEquals(2001, pipeline.feedCounts(0).get(FeedCounter.LOST));
            assertEquals(run.signals(), run.replayed(config(at(server.port()))));
        }
    }

    @Test
    void aHoleThatNobodyFillsIsAGapAndWhatIsSignalledAfterItIsStillTrue() throws IOException {
        try (ReplayServer bad = server(Manner.REFUSES_REQUEST)) {
            final GatewayConfig config = config(at(bad.port()));
            final FeedRecovery recovery = RecoveredRun.recovery(config);
            final RecordedRun run = new RecordedRun();
            final Pipeline pipeline = RecoveredRun.play(config, recovery, frames(9, 0.01), run);
            assertEquals(recovery.counts().get(RecoveryCounter.HOLES),
                    recovery.counts().get(RecoveryCounter.NOT_RECOVERED), () -> RecoveredRun.describe(recovery));
            assertEquals(recovery.counts().get(RecoveryCounter.HOLES), recovery.counts().get(RecoveryCounter.REFUSALS));
            assertNotEquals(0, pipeline.feedCounts(0).get(FeedCounter.LOST));
            assertTrue(run.signals().size() < lossless.size());
            assertEquals(run.signals(), run.replayed(config));
        }
    }
}
