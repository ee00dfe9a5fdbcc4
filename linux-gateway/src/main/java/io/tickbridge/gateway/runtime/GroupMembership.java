package io.tickbridge.gateway.runtime;

import io.tickbridge.gateway.capture.FrameHandler;
import io.tickbridge.gateway.capture.PacketSource;
import io.tickbridge.gateway.capture.burst.BurstSource;
import io.tickbridge.gateway.capture.membership.IgmpVersion;
import io.tickbridge.gateway.capture.membership.JoinedGroup;
import io.tickbridge.gateway.capture.membership.MembershipAgent;
import io.tickbridge.gateway.capture.membership.MembershipCounts;
import io.tickbridge.gateway.capture.membership.QueryTap;
import io.tickbridge.gateway.capture.membership.ReportSource;
import io.tickbridge.gateway.config.FeedConfig;
import io.tickbridge.gateway.config.GatewayConfig;
import io.tickbridge.gateway.config.MembershipConfig;
import io.tickbridge.gateway.filter.Ipv4Address;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the configured groups for sources whose ports the kernel does not see. Of another source it keeps away: there
 * the kernel does it. Joined by the receive thread when it opens the source, kept up by the status thread.
 */
final class GroupMembership implements Agent {
    private static final Logger LOG = LoggerFactory.getLogger(GroupMembership.class);

    private final GatewayConfig config;
    private final boolean isNeeded;
    private final MembershipCounts counts = new MembershipCounts();
    private final QueryTap tap;
    private final MembershipAgent agent;

    GroupMembership(final GatewayConfig config, final EpochNanoClock clock) {
        this.config = config;
        this.isNeeded = config.membership().enabled() && switch (config.capture().source()) {
            case DPDK -> true;
            // AF_XDP and ef_vi leave the interface with the kernel: their backends have it join, as for any socket.
            case PCAP, UDP, AFXDP, EFVI -> false;
        };
        this.tap = isNeeded ? new QueryTap(counts) : null;
        this.agent = isNeeded ? new MembershipAgent(tap, counts, clock) : null;
    }

    /** Takes frames that are no UDP, on the receive thread. */
    FrameHandler otherProtocols() {
        return isNeeded ? tap : (buffer, offset, length, receiveTime, port) -> { };
    }

    /** The source is open. */
    void join(final PacketSource opened) {
        if (!isNeeded || !(opened instanceof BurstSource source)) {
            return;
        }
        final MembershipConfig membership = config.membership();
        final List<String> ports = source.ethernetAddresses();
        for (int port = 0; port < ports.size(); port++) {
            final List<JoinedGroup> groups = groups(port, ports.size());
            agent.add(port, groups,
                    ReportSource.of(ports.get(port), Ipv4Address.parse(membership.address()), membership.vlan()),
                    membership.version() == MembershipConfig.Version.V2 ? IgmpVersion.V2 : IgmpVersion.V3, source::send);
            LOG.info("joining {} groups on port {} ({})", groups.size(), port, ports.get(port));
        }
        if (ports.isEmpty()) {
            LOG.warn("{} has no Ethernet address: groups are not joined, and a switch must be told by hand to deliver them",
                    source.describe());
        }
        agent.join();
    }

    /** Where lines name as many interfaces as there are ports, each group on its own port; otherwise all on all. */
    private List<JoinedGroup> groups(final int port, final int ports) {
        final List<String> interfaces = lines().map(FeedConfig.Line::networkInterface).filter(Objects::nonNull)
                .distinct().toList();
        final List<Integer> senders = config.filter().sources().stream().map(Ipv4Address::parse).toList();
        return lines().filter(line -> interfaces.size() != ports || line.networkInterface() == null
                        || line.networkInterface().equals(interfaces.get(port)))
                .map(line -> Ipv4Address.parse(line.group())).distinct().filter(JoinedGroup::isReported)
                .map(group -> new JoinedGroup(group, senders)).toList();
    }

    private Stream<FeedConfig.Line> lines() {
        return config.feeds().stream().flatMap(feed -> feed.lines().stream());
    }

    @Override
    public int doWork() {
        if (isNeeded) {
            agent.doWork();
        }
        return 0;
    }

    /** Before the source is closed: afterwards nothing can be sent. */
    void leave() {
        if (isNeeded) {
            agent.leave();
        }
    }

    boolean isNeeded() {
        return isNeeded;
    }

    MembershipCounts counts() {
        return counts;
    }

    @Override
    public String roleName() {
        return "membership";
    }
}
