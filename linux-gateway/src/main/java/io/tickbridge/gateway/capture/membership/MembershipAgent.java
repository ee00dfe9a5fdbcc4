package io.tickbridge.gateway.capture.membership;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Keeps the groups of all ports joined: hands queries to the ports' hosts and lets them send what is due. To be driven a
 * few times a second by any one thread that is not the receive thread; leaving may be another's.
 */
public final class MembershipAgent {
    private final QueryTap tap;
    private final EpochNanoClock clock;
    private final MembershipCounts counts;
    /** By port; ports with one Ethernet address, queues of one device, share a host. */
    private final Map<Integer, MembershipHost> hosts = new LinkedHashMap<>();
    private final List<IgmpSender> senders = new ArrayList<>();
    private long missed;

    /**
     * An agent that has joined nothing yet.
     *
     * @param tap    holds the queries
     * @param counts what is said and heard
     * @param clock  must not step
     */
    public MembershipAgent(final QueryTap tap, final MembershipCounts counts, final EpochNanoClock clock) {
        this.tap = tap;
        this.counts = counts;
        this.clock = clock;
    }

    /**
     * Adds a port.
     *
     * @param port    its number in the source
     * @param groups  to be delivered there
     * @param source  who its reports come from
     * @param highest version of IGMP
     * @param sender  sends on the source's ports
     */
    public synchronized void add(
            final int port, final List<JoinedGroup> groups, final ReportSource source, final IgmpVersion highest,
            final FrameSender sender) {
        final IgmpSender messages = new IgmpSender(port, source, sender, counts);
        senders.add(messages);
        // The Ethernet address is what differs between hosts: it makes their delays differ, and repeatable.
        hosts.put(port, new MembershipHost(groups, highest, source.ethernet() + port, messages));
    }

    /** Joins all groups on all ports; first reports go out at once. */
    public synchronized void join() {
        final long now = clock.nanoTime();
        hosts.values().forEach(host -> {
            host.join(now);
            host.onTime(now);
        });
    }

    /** Answers what has been asked and sends what is due. */
    public synchronized void doWork() {
        final long now = clock.nanoTime();
        tap.drain((type, buffer, index, length) -> onQuery(type - 1, buffer, index, length, now));
        if (counts.missed() != missed) {
            missed = counts.missed();
            hosts.values().forEach(host -> host.onMissedQuery(now));
        }
        hosts.values().forEach(host -> host.onTime(now));
    }

    private void onQuery(
            final int port, final MutableDirectBuffer buffer, final int index, final int length, final long now) {
        IgmpQuery.read(buffer, index, length).ifPresentOrElse(query -> {
            counts.querySeen();
            final MembershipHost host = hosts.get(port);
            if (host != null) {
                host.onQuery(query, now);
            } else {
                // A queue without an address of its own: its device's host is one of these.
                hosts.values().forEach(other -> other.onQuery(query, now));
            }
        }, counts::queryIgnored);
    }

    /** Leaves all groups, while the source can still send. */
    public synchronized void leave() {
        final long now = clock.nanoTime();
        senders.forEach(IgmpSender::last);
        hosts.values().forEach(host -> host.leave(now));
    }

    /**
     * What was said and heard.
     *
     * @return the same object for the life of the agent
     */
    public MembershipCounts counts() {
        return counts;
    }
}
