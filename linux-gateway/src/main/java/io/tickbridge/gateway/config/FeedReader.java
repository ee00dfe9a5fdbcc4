package io.tickbridge.gateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads {@code feeds}, and what only shows when they are looked at together. */
final class FeedReader {
    private static final String CHANNEL = "channel";
    private static final int FIRST_MULTICAST = 224; // RFC 5771: 224.0.0.0 to 239.255.255.255
    private static final int LAST_MULTICAST = 239;

    private static final Set<FeedConfig.Protocol> RECOVERABLE = EnumSet.of(
            FeedConfig.Protocol.CME_MDP3, FeedConfig.Protocol.IEX_TOPS, FeedConfig.Protocol.IEX_DEEP,
            FeedConfig.Protocol.IEX_DEEP_PLUS, FeedConfig.Protocol.NASDAQ_ITCH50);

    private final CaptureConfig.Source source;
    private final Path base;
    private final ChannelReader channels;
    private final Set<String> names = new HashSet<>();
    private final Set<String> groups = new HashSet<>();

    /**
     * A reader for a configuration.
     *
     * @param source where its frames come from; null when that is wrong
     * @param base   directory that paths are relative to
     */
    FeedReader(final CaptureConfig.Source source, final Path base) {
        this.source = source;
        this.base = base;
        this.channels = new ChannelReader(base, source == CaptureConfig.Source.UDP);
    }

    List<FeedConfig> read(final Section top) {
        final List<FeedConfig> feeds = new ArrayList<>();
        for (final Section section : top.atLeastOne("feeds", "feed")) {
            feeds.add(feed(section));
        }
        return List.copyOf(feeds);
    }

    private FeedConfig feed(final Section section) {
        final String name = section.get(Keys.Feed.NAME);
        if (name != null && !names.add(name)) {
            section.refuse(Keys.Feed.NAME, "found \"" + name + "\" twice, allowed: a name of its own for each feed");
        }
        final FeedConfig.Protocol protocol = section.get(Keys.Feed.PROTOCOL);
        final Integer depth = section.get(Keys.Feed.MARKET_DEPTH);
        final boolean follows = Boolean.TRUE.equals(section.get(Keys.Feed.ORDERS));
        if (follows && protocol != null && protocol != FeedConfig.Protocol.CME_MDP3) {
            section.refuse(Keys.Feed.ORDERS, "found true, allowed with `protocol: cme-mdp3` alone; the books of iex-deep-plus and "
                    + "nasdaq-itch50 are made of orders anyhow");
        }
        final Integer orders = section.get(Keys.Feed.MAX_ORDERS);
        final Long staleAfter = section.get(Keys.Feed.STALE_AFTER);
        final Integer window = section.get(Keys.Feed.REORDER_WINDOW);
        final Long timeout = section.get(Keys.Feed.REORDER_TIMEOUT);
        final Long wait = section.get(Keys.Feed.REORDER_WAIT);
        final List<FeedConfig.Line> lines = section.hasSections(CHANNEL)
                ? channel(section, protocol, follows) : lines(section, protocol);
        final FeedConfig.Recovery recovery = recovery(section.section("recovery"), protocol);
        if (recovery.enabled() && wait != null && wait <= recovery.delay()) {
            section.refuse(Keys.Feed.REORDER_WAIT, "found " + wait + " ns, allowed with recovery servers: more than "
                    + "`recovery.delay` of " + recovery.delay() + " ns, or nobody would wait for the answer");
        }
        section.close();
        return new FeedConfig(name, protocol, List.copyOf(lines), Absent.or(depth, 0), follows, Absent.or(orders, 0),
                Absent.or(staleAfter, 0), Absent.or(window, 0), Absent.or(timeout, 0), Absent.or(wait, 0), recovery);
    }

    private List<FeedConfig.Line> channel(
            final Section section, final FeedConfig.Protocol protocol, final boolean orders) {
        if (section.hasSections("lines")) {
            section.refuse(CHANNEL, "found beside `lines`, allowed: one of the two");
            section.sections("lines");
        }
        if (protocol != null && protocol != FeedConfig.Protocol.CME_MDP3) {
            section.refuse(CHANNEL, "found with another protocol, allowed with `protocol: cme-mdp3` alone");
        }
        final Section channel = section.section(CHANNEL);
        final List<FeedConfig.Line> lines = channels.read(channel, orders);
        for (final FeedConfig.Line line : lines) {
            if (!groups.add(line.group() + ":" + line.port())) {
                section.refuse(CHANNEL, "found " + line.group() + " port " + line.port()
                        + " twice, allowed: one line for each group and port");
            }
        }
        return lines;
    }

    private List<FeedConfig.Line> lines(final Section section, final FeedConfig.Protocol protocol) {
        final List<FeedConfig.Line> lines = new ArrayList<>();
        final List<Section> sections = section.atLeastOne("lines", "line");
        for (final Section line : sections) {
            lines.add(line(line, protocol));
        }
        if (!lines.isEmpty() && lines.stream().allMatch(FeedReader::isRepeated)) {
            sections.get(0).refuse(Keys.Line.CARRIES, "found no line that carries the increments, allowed: at least one line "
                    + "with `carries: incremental`");
        }
        return lines;
    }

    private FeedConfig.Recovery recovery(final Section section, final FeedConfig.Protocol protocol) {
        final Long delay = section.get(Keys.Recovery.DELAY);
        final Long timeout = section.get(Keys.Recovery.TIMEOUT);
        final Integer largest = section.get(Keys.Recovery.LARGEST_GAP);
        final Integer number = section.get(Keys.Recovery.CHANNEL);
        final FeedConfig.Logon logon = new FeedConfig.Logon(Absent.or(number, 0),
                section.get(Keys.Recovery.USER), section.get(Keys.Recovery.PASSWORD));
        final Integer requests = section.get(Keys.Recovery.REQUESTS_PER_SECOND);
        final List<FeedConfig.Server> servers = new ArrayList<>();
        for (final Section server : section.sections("servers")) {
            final FeedConfig.ServerTransport transport = server.get(Keys.RecoveryServer.TRANSPORT);
            final String host = server.get(Keys.RecoveryServer.HOST);
            final Integer port = server.get(Keys.RecoveryServer.PORT);
            if (servers.isEmpty() && protocol != null && !RECOVERABLE.contains(protocol)) {
                server.refuse(Keys.RecoveryServer.TRANSPORT, "found a server, allowed with `protocol` cme-mdp3, iex-tops, "
                        + "iex-deep, iex-deep-plus and nasdaq-itch50 alone");
            }
            if (protocol == FeedConfig.Protocol.CME_MDP3 && transport == FeedConfig.ServerTransport.UDP) {
                server.refuse(Keys.RecoveryServer.TRANSPORT, "found udp, allowed with `protocol: cme-mdp3`: tcp");
            }
            if (transport == FeedConfig.ServerTransport.TCP && protocol == FeedConfig.Protocol.NASDAQ_ITCH50) {
                server.refuse(Keys.RecoveryServer.TRANSPORT, "found tcp, allowed with `protocol: nasdaq-itch50`: udp, by which "
                        + "MoldUDP64 is asked");
            }
            server.close();
            servers.add(new FeedConfig.Server(transport, host, Absent.or(port, 0)));
        }
        if (!servers.isEmpty() && protocol == FeedConfig.Protocol.CME_MDP3 && logon.channel() == 0) {
            section.refuse(Keys.Recovery.CHANNEL, "missing, CME's servers need it: the channel's number, from 1 to 65535");
        }
        final FeedConfig.Snapshots snapshots = snapshots(section.section("snapshots"), protocol);
        section.close();
        return new FeedConfig.Recovery(List.copyOf(servers), Absent.or(delay, 0), Absent.or(timeout, 0),
                Absent.or(largest, 0), Absent.or(requests, 0), logon, snapshots);
    }

    private FeedConfig.Snapshots snapshots(final Section section, final FeedConfig.Protocol protocol) {
        final boolean hasUsername = section.has(Keys.Snapshots.USERNAME);
        final boolean hasPassword = section.has(Keys.Snapshots.PASSWORD_FILE);
        final String username = section.get(Keys.Snapshots.USERNAME);
        final String passwordFile = section.get(Keys.Snapshots.PASSWORD_FILE);
        final Long timeout = section.get(Keys.Snapshots.TIMEOUT);
        final Long pause = section.get(Keys.Snapshots.PAUSE);
        final Integer attempts = section.get(Keys.Snapshots.ATTEMPTS);
        final Long buffer = section.get(Keys.Snapshots.BUFFER);
        final List<FeedConfig.Server> servers = new ArrayList<>();
        for (final Section server : section.sections("servers")) {
            final String host = server.get(Keys.SnapshotServer.HOST);
            final Integer port = server.get(Keys.SnapshotServer.PORT);
            if (servers.isEmpty() && protocol != null && protocol != FeedConfig.Protocol.NASDAQ_ITCH50) {
                server.refuse(Keys.SnapshotServer.HOST, "found a server, allowed with `protocol: nasdaq-itch50` alone");
            }
            server.close();
            servers.add(new FeedConfig.Server(FeedConfig.ServerTransport.TCP, host, Absent.or(port, 0)));
        }
        if (!servers.isEmpty() && !hasUsername) {
            section.refuse(Keys.Snapshots.USERNAME, "missing, servers of snapshots need it: the user name that the exchange "
                    + "gave you");
        }
        if (!servers.isEmpty() && !hasPassword) {
            section.refuse(Keys.Snapshots.PASSWORD_FILE, "missing, servers of snapshots need it: a file that holds the password");
        }
        section.close();
        return servers.isEmpty() ? FeedConfig.Snapshots.NONE : new FeedConfig.Snapshots(List.copyOf(servers), username,
                base.resolve(passwordFile == null ? "" : passwordFile), Absent.or(timeout, 0), Absent.or(pause, 0),
                Absent.or(attempts, 0), (int) Absent.or(buffer, 0));
    }

    private static boolean isRepeated(final FeedConfig.Line line) {
        return line.carries() != null && line.carries() != FeedConfig.Carries.INCREMENTAL;
    }

    private FeedConfig.Line line(final Section section, final FeedConfig.Protocol protocol) {
        final String group = section.get(Keys.Line.GROUP);
        final Integer port = section.get(Keys.Line.PORT);
        if (source == CaptureConfig.Source.UDP) {
            checkMulticast(section, group);
        }
        if (source == CaptureConfig.Source.UDP || source == CaptureConfig.Source.AFXDP) {
            checkInterface(section);
        }
        final String networkInterface = section.get(Keys.Line.INTERFACE);
        if (group != null && port != null && !groups.add(group + ":" + port)) {
            section.refuse(Keys.Line.GROUP, "found " + group + " port " + port
                    + " twice, allowed: one line for each group and port");
        }
        final FeedConfig.Carries carries = section.get(Keys.Line.CARRIES);
        final FeedConfig.Line line = new FeedConfig.Line(group, Absent.or(port, 0), networkInterface, carries);
        if (isRepeated(line) && protocol != null && protocol != FeedConfig.Protocol.CME_MDP3) {
            section.refuse(Keys.Line.CARRIES, "found a line that is not `incremental`, allowed with `protocol: cme-mdp3` alone");
        }
        section.close();
        return line;
    }

    private static void checkMulticast(final Section section, final String group) {
        if (group != null && !isMulticast(group)) {
            section.refuse(Keys.Line.GROUP, "found \"" + group + "\", allowed with `capture.source: udp`: "
                    + "224.0.0.0 to 239.255.255.255");
        }
    }

    private void checkInterface(final Section section) {
        if (!section.has(Keys.Line.INTERFACE) && section.isWellFormed()) {
            section.refuse(Keys.Line.INTERFACE, "missing, `capture.source: " + source.name().toLowerCase(Locale.ROOT)
                    + "` needs it: name of the network interface");
        }
    }

    private static boolean isMulticast(final String group) {
        final int first = Integer.parseInt(group.substring(0, group.indexOf('.')));
        return first >= FIRST_MULTICAST && first <= LAST_MULTICAST;
    }
}
