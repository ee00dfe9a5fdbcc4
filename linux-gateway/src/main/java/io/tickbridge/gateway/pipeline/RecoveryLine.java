package io.tickbridge.gateway.pipeline;

import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The destination of what is recovered for a feed. It is a loopback address (RFC 1122, 3.2.1.3), which no frame of a
 * network bears, and follows from the feed's place in the configuration, so that a replay knows it too.
 */
public final class RecoveryLine {
    /** Of all recovery lines. */
    public static final int PORT = 7412;
    /** Of all snapshot lines; their addresses are those of the recovery lines. */
    public static final int SNAPSHOT_PORT = 7413;
    /** 127.84.66.0, "TB"; the feed's number is added. */
    private static final int BASE = 127 << 24 | 'T' << 16 | 'B' << 8;
    private static final int OCTET = 0xff;

    private RecoveryLine() {
    }

    /**
     * Address of a feed's recovery line.
     *
     * @param feed its place in the configuration, from 0
     * @return first octet highest
     */
    public static int address(final int feed) {
        return BASE + feed;
    }

    /**
     * The same address as text.
     *
     * @param feed its place in the configuration, from 0
     * @return dotted decimal
     */
    public static String text(final int feed) {
        final int address = address(feed);
        return (address >>> 24) + "." + (address >>> 16 & OCTET) + "." + (address >>> 8 & OCTET) + "." + (address & OCTET);
    }

    /**
     * Feeds that have one.
     *
     * @param config the configuration
     * @return their places, in the order in which their recovery lines are numbered behind all other lines
     */
    public static List<Integer> feeds(final GatewayConfig config) {
        return IntStream.range(0, config.feeds().size())
                .filter(feed -> config.feeds().get(feed).recovery().enabled()).boxed().toList();
    }

    /**
     * Feeds that have a snapshot line.
     *
     * @param config the configuration
     * @return their places, in the order in which their snapshot lines are numbered behind all recovery lines
     */
    public static List<Integer> snapshotFeeds(final GatewayConfig config) {
        return IntStream.range(0, config.feeds().size())
                .filter(feed -> config.feeds().get(feed).recovery().snapshots().enabled()).boxed().toList();
    }

    /** Who may send: those configured, if any, and the servers that answer. */
    static List<String> senders(final GatewayConfig config) {
        return config.filter().sources().isEmpty() ? List.of() : Stream.concat(config.filter().sources().stream(),
                config.feeds().stream().map(FeedConfig::recovery).flatMap(recovery ->
                        Stream.concat(recovery.servers().stream(), recovery.snapshots().servers().stream()))
                        .map(FeedConfig.Server::host)).distinct().toList();
    }
}
