package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.pipeline.FeedFactory;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import io.tickbridge.gateway.recovery.FeedRecovery;
import io.tickbridge.gateway.recovery.RecoveringSource;
import io.tickbridge.gateway.recovery.RecoveryServer;
import io.tickbridge.gateway.recovery.RecoverySettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochNanoClock;

/** The recoveries of all feeds that have one, by place in the configuration. A file has nobody to ask. */
final class Recoveries implements AutoCloseable {
    private final Map<Integer, FeedRecovery> byFeed = new TreeMap<>();

    Recoveries(final GatewayConfig config, final boolean live, final EpochNanoClock clock) {
        if (live) {
            RecoveryLine.feeds(config).forEach(feed -> byFeed.put(feed, recovery(config.feeds().get(feed), feed, clock)));
        }
    }

    private static FeedRecovery recovery(final FeedConfig feed, final int number, final EpochNanoClock clock) {
        final FeedConfig.Recovery recovery = feed.recovery();
        final List<RecoveryServer> servers = recovery.servers().stream().map(server -> new RecoveryServer(
                server.transport() == FeedConfig.ServerTransport.TCP, server.host(), server.port())).toList();
        return new FeedRecovery(new RecoverySettings(feed.name(), servers, recovery.delay(), recovery.timeout(),
                recovery.largestGap(), RecoveryLine.address(number), RecoveryLine.PORT),
                FeedFactory.gapFill(feed), clock);
    }

    Map<Integer, FeedRecovery> byFeed() {
        return byFeed;
    }

    /** Told of holes in a feed. */
    GapWatch watch(final int feed) {
        final FeedRecovery recovery = byFeed.get(feed);
        return recovery == null ? GapWatch.NOBODY : recovery.watch();
    }

    /** The source with what is recovered behind it. */
    PacketSource behind(final PacketSource source) {
        return byFeed.isEmpty() ? source : new RecoveringSource(source, new ArrayList<>(byFeed.values()));
    }

    void start() {
        byFeed.values().forEach(FeedRecovery::start);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(byFeed.values());
    }
}
