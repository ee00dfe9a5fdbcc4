package io.tickbridge.integration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.SourceCounts;
import io.tickbridge.gateway.capture.TimestampSource;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.FeedCounter;
import io.tickbridge.gateway.pipeline.FeedFactory;
import io.tickbridge.gateway.pipeline.Pipeline;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import io.tickbridge.gateway.recovery.FeedRecovery;
import io.tickbridge.gateway.recovery.RecoveringSource;
import io.tickbridge.gateway.recovery.RecoveryCounter;
import io.tickbridge.gateway.recovery.RecoveryServer;
import io.tickbridge.gateway.recovery.RecoverySettings;
import io.tickbridge.integration.exchange.RecordedRun;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;

/** A pipeline that is given frames, and asks servers over real sockets for what they lack. */
final class RecoveredRun {
    /** When each frame arrives. */
    static final long ARRIVAL = 1_700_000_000_000_000_000L;

    static FeedRecovery recovery(final GatewayConfig config) {
        final FeedConfig feed = config.feeds().get(0);
        return new FeedRecovery(new RecoverySettings("iex", feed.recovery().servers().stream().map(server ->
                        new RecoveryServer(server.transport() == FeedConfig.ServerTransport.TCP, server.host(), server.port()))
                .collect(Collectors.toList()), feed.recovery().delay(), feed.recovery().timeout(),
                feed.recovery().largestGap(), RecoveryLine.address(0), RecoveryLine.PORT),
                FeedFactory.gapFill(feed), () -> ARRIVAL + 1);
    }

    /** Plays frames, waits until every hole has come to an end, and plays what was recovered. */
    static Pipeline play(
            final GatewayConfig config, final FeedRecovery recovery, final List<UnsafeBuffer> frames, final RecordedRun run) {
        final Pipeline pipeline = new Pipeline(config, run::record, List.of(run::signal), List.of(),
                (buffer, offset, length, receiveTime, port) -> { }, feed -> recovery.watch());
        try (recovery; PacketSource source = new RecoveringSource(new Frames(frames), List.of(recovery))) {
            recovery.start();
            while (!source.isExhausted()) {
                source.poll(pipeline, 7);
            }
            Await.until("an end of every hole", () -> ended(recovery) == recovery.counts().get(RecoveryCounter.HOLES),
                    () -> describe(recovery));
            while (source.poll(pipeline, 7) > 0) {
                assertTrue(source.isLive());
            }
            pipeline.onEndOfInput();
        }
        return pipeline;
    }

    private static long ended(final FeedRecovery recovery) {
        return recovery.counts().get(RecoveryCounter.RECOVERED) + recovery.counts().get(RecoveryCounter.NOT_RECOVERED)
                + recovery.counts().get(RecoveryCounter.MENDED) + recovery.counts().get(RecoveryCounter.TOO_LARGE);
    }

    static String describe(final FeedRecovery recovery) {
        final StringBuilder text = new StringBuilder();
        for (final RecoveryCounter counter : RecoveryCounter.values()) {
            text.append(counter.label()).append(' ').append(recovery.counts().get(counter)).append(' ');
        }
        return text.toString();
    }

    static String describe(final Pipeline pipeline) {
        final StringBuilder text = new StringBuilder();
        for (final FeedCounter counter : FeedCounter.values()) {
            text.append(counter.label()).append(' ').append(pipeline.feedCounts(0).get(counter)).append(' ');
        }
        return text.append("recovered datagrams ").append(pipeline.lineCounts(0).recovered()).toString();
    }

    /** A live source that has all its frames at once. */
    private static final class Frames implements PacketSource {
        private final List<UnsafeBuffer> frames;
        private final SourceCounts counts = new SourceCounts();
        private int next;

        Frames(final List<UnsafeBuffer> frames) {
            this.frames = frames;
        }

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            int handed = 0;
            while (handed < limit && next < frames.size()) {
                final UnsafeBuffer frame = frames.get(next++);
                handler.onFrame(frame, 0, frame.capacity(), ARRIVAL, 0);
                handed++;
            }
            return handed;
        }

        @Override
        public boolean isExhausted() {
            return next == frames.size();
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public String describe() {
            return "frames of a test";
        }

        @Override
        public TimestampSource timestampSource() {
            return TimestampSource.BURST;
        }

        @Override
        public SourceCounts counts() {
            return counts;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
