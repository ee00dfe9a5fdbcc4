package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.config.ConfigException;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.feed.GapWatch;
import io.tickbridge.gateway.feed.SnapshotFault;
import io.tickbridge.gateway.pipeline.FeedFactory;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import io.tickbridge.gateway.recovery.FeedRecovery;
import io.tickbridge.gateway.recovery.FeedSnapshots;
import io.tickbridge.gateway.recovery.RecoveringSource;
import io.tickbridge.gateway.recovery.Recovery;
import io.tickbridge.gateway.recovery.RecoveryServer;
import io.tickbridge.gateway.recovery.RecoverySettings;
import io.tickbridge.gateway.recovery.SnapshotSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochNanoClock;

/** The recoveries of all feeds that have one, by place in the configuration. A file has nobody to ask. */
final class Recoveries implements AutoCloseable {
    private final Map<Integer, FeedRecovery> byFeed = new TreeMap<>();
    private final Map<Integer, FeedSnapshots> snapshotsByFeed = new TreeMap<>();

    Recoveries(final GatewayConfig config, final boolean live, final EpochNanoClock clock) {
        if (live) {
            RecoveryLine.feeds(config).forEach(feed -> byFeed.put(feed, recovery(config.feeds().get(feed), feed, clock)));
            RecoveryLine.snapshotFeeds(config).forEach(feed -> snapshotsByFeed.put(feed, snapshots(config, feed, clock)));
        }
    }

    private static FeedRecovery recovery(final FeedConfig feed, final int number, final EpochNanoClock clock) {
        final FeedConfig.Recovery recovery = feed.recovery();
        return new FeedRecovery(new RecoverySettings(feed.name(), servers(recovery.servers()), recovery.delay(),
                recovery.timeout(), recovery.largestGap(), recovery.requestsPerSecond(),
                feed.protocol() == FeedConfig.Protocol.NASDAQ_ITCH50, RecoveryLine.address(number), RecoveryLine.PORT),
                FeedFactory.gapFill(feed), clock);
    }

    private static FeedSnapshots snapshots(final GatewayConfig config, final int number, final EpochNanoClock clock) {
        final FeedConfig feed = config.feeds().get(number);
        final FeedConfig.Snapshots snapshots = feed.recovery().snapshots();
        final String password;
        try {
            password = SnapshotPassword.read(snapshots.passwordFile());
        } catch (final ConfigException e) {
            final String key = "feeds[" + number + "].recovery.snapshots.password-file";
            throw new ConfigException(List.of(config.places().of(key) + ": " + key + ": " + e.getMessage()));
        }
        return new FeedSnapshots(new SnapshotSettings(feed.name(), servers(snapshots.servers()), snapshots.timeout(),
                snapshots.pause(), snapshots.attempts(), RecoveryLine.address(number), RecoveryLine.SNAPSHOT_PORT),
                FeedFactory.snapshots(snapshots.username(), password), clock);
    }

    private static List<RecoveryServer> servers(final List<FeedConfig.Server> servers) {
        return servers.stream().map(server -> new RecoveryServer(
                server.transport() == FeedConfig.ServerTransport.TCP, server.host(), server.port())).toList();
    }

    Map<Integer, FeedRecovery> byFeed() {
        return byFeed;
    }

    Map<Integer, FeedSnapshots> snapshotsByFeed() {
        return snapshotsByFeed;
    }

    /** Told of holes in a feed, and of snapshots that it wants. */
    GapWatch watch(final int feed) {
        final GapWatch holes = byFeed.containsKey(feed) ? byFeed.get(feed).watch() : GapWatch.NOBODY;
        return snapshotsByFeed.containsKey(feed)
                ? new HolesAndSnapshots(holes, snapshotsByFeed.get(feed).watch()) : holes;
    }

    private record HolesAndSnapshots(GapWatch holes, GapWatch snapshots) implements GapWatch {
        @Override
        public void onMissing(final long stream, final long session, final long from, final long to) {
            holes.onMissing(stream, session, from, to);
        }

        @Override
        public void onNext(final long number) {
            holes.onNext(number);
        }

        @Override
        public void onSnapshotWanted(final long stream, final long session) {
            snapshots.onSnapshotWanted(stream, session);
        }

        @Override
        public void onSnapshotUnusable(final SnapshotFault fault) {
            snapshots.onSnapshotUnusable(fault);
        }

        @Override
        public void onSnapshotOverdue() {
            snapshots.onSnapshotOverdue();
        }

        @Override
        public void onSnapshotSettled() {
            snapshots.onSnapshotSettled();
        }
    }

    private List<Recovery> all() {
        final List<Recovery> all = new ArrayList<>(byFeed.values());
        all.addAll(snapshotsByFeed.values());
        return all;
    }

    /** The source with what is recovered behind it. */
    PacketSource behind(final PacketSource source) {
        return all().isEmpty() ? source : new RecoveringSource(source, all());
    }

    void start() {
        all().forEach(Recovery::start);
    }

    @Override
    public void close() {
        CloseHelper.closeAll(all());
    }
}
