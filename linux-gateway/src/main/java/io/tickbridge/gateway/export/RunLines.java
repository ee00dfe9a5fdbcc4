package io.tickbridge.gateway.export;

import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.filter.UdpGroup;
import io.tickbridge.gateway.inspect.FeedKind;
import io.tickbridge.gateway.inspect.InspectedFeed;
import io.tickbridge.gateway.pipeline.RecoveryLine;
import java.util.ArrayList;
import java.util.List;

/** The lines of a run by number, in the order of the pipeline: all feeds' lines, recovery lines, snapshot lines. */
final class RunLines {
    private final List<String> names = new ArrayList<>();
    private final List<Integer> feeds = new ArrayList<>();
    private final List<UdpGroup> groups = new ArrayList<>();
    private final List<String> feedNames = new ArrayList<>();
    private final List<InspectedFeed> kinds = new ArrayList<>();

    /** Lines of a run; null when its configuration is not known, and then no line has a name. */
    RunLines(final GatewayConfig config) {
        if (config == null) {
            return;
        }
        for (int feed = 0; feed < config.feeds().size(); feed++) {
            final FeedConfig of = config.feeds().get(feed);
            feedNames.add(of.name());
            kinds.add(kind(of.protocol()).feed());
            for (int line = 0; line < of.lines().size(); line++) {
                add(feed, of.name() + " " + (char) ('A' + line), of.lines().get(line).group(), of.lines().get(line).port());
            }
        }
        RecoveryLine.feeds(config).forEach(feed ->
                add(feed, feedNames.get(feed) + " recovery", RecoveryLine.text(feed), RecoveryLine.PORT));
        RecoveryLine.snapshotFeeds(config).forEach(feed ->
                add(feed, feedNames.get(feed) + " snapshots", RecoveryLine.text(feed), RecoveryLine.SNAPSHOT_PORT));
    }

    private void add(final int feed, final String name, final String address, final int port) {
        names.add(name);
        feeds.add(feed);
        groups.add(UdpGroup.of(address, port));
    }

    private static FeedKind kind(final FeedConfig.Protocol protocol) {
        return switch (protocol) {
            case CME_MDP3 -> FeedKind.CME;
            case IEX_TOPS, IEX_DEEP, IEX_DEEP_PLUS -> FeedKind.IEX;
            case NASDAQ_ITCH50 -> FeedKind.ITCH;
        };
    }

    boolean knows(final int line) {
        return line < names.size();
    }

    /** "cme A", or the number alone when there is no configuration that names it. */
    String name(final int line) {
        return knows(line) ? names.get(line) : "line " + line;
    }

    /** Place of the line's feed in the configuration. */
    int feed(final int line) {
        return feeds.get(line);
    }

    String feedName(final int feed) {
        return feedNames.get(feed);
    }

    InspectedFeed kind(final int feed) {
        return kinds.get(feed);
    }

    int feedCount() {
        return kinds.size();
    }

    List<UdpGroup> groups() {
        return groups;
    }
}
